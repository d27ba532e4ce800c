package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Database;
import io.github.twatcache.spi.MaintenanceStore;
import java.util.List;

/**
 * Puts a store in order while it is in use: in steps, so that nobody waits for the write lock for longer than a few hundred
 * rows take.
 */
final class Upkeep implements MaintenanceStore {
    private static final int STEP = 256;

    private final OpenFolder folder;
    private final Database database;
    private final Entries<?> entries;
    private final Damage damage;
    private final Runnable wrote;

    Upkeep(OpenFolder folder, Entries<?> entries, Damage damage, Runnable wrote) {
        this.folder = folder;
        this.database = folder.database();
        this.entries = entries;
        this.damage = damage;
        this.wrote = wrote;
    }

    /**
     * Examines the whole folder, all key spaces of it: see {@link Check} for the faults and what it costs.
     */
    @Override
    public List<Fault> check(boolean fix) {
        List<Fault> faults = new Check(folder, damage, fix).faults();
        wrote.run();
        return faults;
    }

    /** Also takes away what cleared generations have left, and gives free pages back to the file system. */
    @Override
    public long cull() {
        long removed = expired();
        long some;
        do {
            some = database.write(link -> entries.cull(link, STEP));
            removed += some;
        } while (some > 0);
        tidy();
        return removed;
    }

    @Override
    public long expire() {
        long removed = expired();
        tidy();
        return removed;
    }

    private long expired() {
        long removed = 0;
        while (true) {
            long some = database.write(link -> entries.expire(link, STEP));
            if (some < 0) {
                return removed;
            }
            removed += some;
        }
    }

    private void tidy() {
        while (database.write(link -> entries.reclaim(link, STEP))) {
            // Until no cleared generation is left, but for those that somebody reports one by one.
        }
        while (database.write(link -> FreePages.giveBack(link, STEP))) {
            // Until the file has no page too many.
        }
        wrote.run();
    }

    /** Adds up the lengths of the database's files, and asks it for those of the value files; reads no value. */
    @Override
    public long volume() {
        return folder.footprint().measured().bytes();
    }
}
