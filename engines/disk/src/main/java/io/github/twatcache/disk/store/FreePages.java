package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import java.sql.SQLException;

/**
 * Gives pages that hold nothing any more back to the file system. Those that come free by eviction are filled again by the
 * next entries, so writes give some back only where more than a quarter of the file is free.
 */
final class FreePages {
    private static final int FEW = 64;

    private FreePages() {}

    /** Gives back some pages, if there are many, and says so; within a transaction that writes. */
    static boolean giveBackIfMany(Link link, int most) throws SQLException {
        long free = link.number("PRAGMA freelist_count", 0);
        boolean many = free > FEW && free * 4 > link.number("PRAGMA page_count", 0);
        if (many) {
            giveBack(link, most);
        }
        return many;
    }

    /** Gives back some pages, and says whether any are left. */
    static boolean giveBack(Link link, int most) throws SQLException {
        long free = link.number("PRAGMA freelist_count", 0);
        if (free > 0) {
            link.runToTheEnd("PRAGMA incremental_vacuum(" + most + ")");
        }
        return free > most;
    }
}
