package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The entry whose last use lies furthest back leaves first, or the one used last. A use that the database does not know of
 * is written when the entry's turn comes: it gets the place that the use has earned, and another one is looked at.
 */
final class RecencyOrder extends Order {
    private static final String OLDEST = COLUMNS
            + "INDEXED BY entry_place WHERE life = ? AND id <> ? AND place IS NOT NULL ORDER BY queue, place LIMIT 1";
    private static final String NEWEST = COLUMNS
            + "INDEXED BY entry_place WHERE life = ? AND id <> ? AND place IS NOT NULL ORDER BY queue DESC, place DESC"
            + " LIMIT 1";

    private final boolean newestLeaves;

    RecencyOrder(Uses uses, boolean newestLeaves) {
        super(uses);
        this.newestLeaves = newestLeaves;
    }

    @Override
    int most() {
        return 1;
    }

    @Override
    boolean recency() {
        return true;
    }

    @Override
    Place newcomer(Link link, Account account, long id, long find) {
        return new Place(0, uses.stamp(), 0);
    }

    @Override
    void replaced(Link link, Account account, Row row) throws SQLException {
        uses.take(row.id());
        if (row.place() == 0) {
            account.placed(row);
        }
        Rows.move(link, row.id(), 0, uses.stamp(), 0);
    }

    @Override
    @Nullable Row victim(Link link, Account account, long keep) throws SQLException {
        if (newestLeaves) {
            // The order of the last uses decides at once: all of them must be known.
            for (long id : uses.some(Integer.MAX_VALUE)) {
                Uses.Use use = uses.take(id);
                Row row = use == null ? null : Rows.byId(link, id, false);
                if (use != null && row != null && row.life() == account.life) {
                    settle(link, account, row, use);
                }
            }
            Row newest = end(link, NEWEST, account, keep);
            return newest != null ? newest : unplaced(link, account, keep);
        }
        while (true) {
            Row first = unplaced(link, account, keep);
            first = first != null ? first : end(link, OLDEST, account, keep);
            Uses.Use use = first == null ? null : uses.take(first.id());
            if (first == null || use == null) {
                return first;
            }
            settle(link, account, first, use);
        }
    }

    @Override
    void settle(Link link, Account account, Row row, Uses.Use use) throws SQLException {
        if (use.stamp() > row.place()) {
            if (row.place() == 0) {
                account.placed(row);
            }
            Rows.move(link, row.id(), 0, use.stamp(), 0);
        }
    }
}
