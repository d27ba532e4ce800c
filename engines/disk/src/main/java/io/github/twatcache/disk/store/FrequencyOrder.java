package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The entry with the fewest uses leaves first; among these, the one whose last use lies furthest back. The queue of an
 * entry is the number of its uses. A storing is a use, and the one being stored is never the victim.
 */
final class FrequencyOrder extends Order {
    private static final String FIRST = COLUMNS
            + "INDEXED BY entry_place WHERE life = ? AND id <> ? AND place IS NOT NULL ORDER BY queue, place LIMIT 1";

    FrequencyOrder(Uses uses) {
        super(uses);
    }

    @Override
    int most() {
        return Integer.MAX_VALUE;
    }

    @Override
    boolean recency() {
        return true;
    }

    @Override
    Place newcomer(Link link, Account account, long id, long find) {
        return new Place(1, uses.stamp(), 0);
    }

    @Override
    void replaced(Link link, Account account, Row row) throws SQLException {
        Uses.Use use = uses.take(row.id());
        move(link, account, row, 1 + (use == null ? 0 : use.count()), uses.stamp());
    }

    @Override
    void settle(Link link, Account account, Row row, Uses.Use use) throws SQLException {
        move(link, account, row, use.count(), use.stamp());
    }

    @Override
    @Nullable Row victim(Link link, Account account, long keep) throws SQLException {
        while (true) {
            Row first = unplaced(link, account, keep);
            first = first != null ? first : end(link, FIRST, account, keep);
            Uses.Use use = first == null ? null : uses.take(first.id());
            if (first == null || use == null) {
                return first;
            }
            settle(link, account, first, use);
        }
    }

    private static void move(Link link, Account account, Row row, int more, long stamp) throws SQLException {
        if (row.place() == 0) {
            account.placed(row);
        }
        // One that came before there was a limit was stored at least once.
        int before = Math.max(1, row.queue());
        Rows.move(link, row.id(), (int) Math.min(Integer.MAX_VALUE, (long) before + more), stamp, 0);
    }
}
