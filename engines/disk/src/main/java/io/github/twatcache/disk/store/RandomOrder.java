package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Any entry leaves. Numbers between the lowest and the highest are drawn until one of them is an entry, so that each has the
 * same chance; after many draws in vain, the next one above is taken.
 */
final class RandomOrder extends Order {
    private static final int DRAWS = 64;
    private static final String LOWEST = COLUMNS
            + "INDEXED BY entry_place WHERE life = ? AND id <> ? AND place IS NOT NULL ORDER BY queue, place LIMIT 1";
    private static final String HIGHEST = COLUMNS
            + "INDEXED BY entry_place WHERE life = ? AND id <> ? AND place IS NOT NULL ORDER BY queue DESC, place DESC LIMIT 1";
    private static final String ABOVE = COLUMNS
            + "INDEXED BY entry_place WHERE life = ? AND id <> ? AND queue = 0 AND place IS NOT NULL AND place >= ?"
            + " ORDER BY queue, place LIMIT 1";

    RandomOrder(Uses uses) {
        super(uses);
    }

    @Override
    Place newcomer(Link link, Account account, long id, long find) {
        return new Place(0, id, 0);
    }

    @Override
    @Nullable Row victim(Link link, Account account, long keep) throws SQLException {
        Row lowest = end(link, LOWEST, account, keep);
        Row highest = end(link, HIGHEST, account, keep);
        if (lowest == null || highest == null) {
            return unplaced(link, account, keep);
        }
        long drawn = lowest.id();
        for (int i = 0; i < DRAWS; i++) {
            drawn = ThreadLocalRandom.current().nextLong(lowest.id(), highest.id() + 1);
            Row row = drawn == keep ? null : Rows.byId(link, drawn, false);
            if (row != null && row.life() == account.life) {
                return row;
            }
        }
        Prepared above = link.prepared(ABOVE);
        above.setLong(1, account.life);
        above.setLong(2, keep);
        above.setLong(3, drawn);
        Row row = Rows.one(above);
        return row == null ? lowest : row;
    }
}
