package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * S3-FIFO (Yang, Zhang, Qiu, Yue, Rashmi: FIFO queues are all you need for cache eviction, SOSP 2023): a newcomer waits in a
 * small queue, and leaves from there unless it was used again; those that were move to the main queue, and go round in it as
 * long as they are used. So a scan of entries that are wanted once passes through the small queue and drives nobody else
 * out.
 *
 * <p>It fits a database that processes share: a use moves nothing, and need be known only when the entry's turn comes.
 */
final class ScanResistantOrder extends Order {
    private static final int SMALL = 0;
    private static final int MAIN = 1;
    private static final int MOST_USES = 3;
    private static final int SMALL_PART = 10;
    private static final String TAIL = "INDEXED BY entry_place WHERE life = ? AND id <> ? AND queue = ";
    private static final String NEXT = " AND place IS NOT NULL ORDER BY place LIMIT 1";
    private static final String OF_SMALL = COLUMNS + TAIL + SMALL + NEXT;
    private static final String OF_MAIN = COLUMNS + TAIL + MAIN + NEXT;

    private final Ghosts ghosts = new Ghosts();

    ScanResistantOrder(Uses uses) {
        super(uses);
    }

    @Override
    int most() {
        return MOST_USES;
    }

    @Override
    Place newcomer(Account account, long id, long find) {
        return new Place(ghosts.take(find) ? MAIN : SMALL, uses.stamp(), 0);
    }

    @Override
    void replaced(Link link, Account account, Row row) {
        uses.note(uses.tab(row.id()), 0, this);
    }

    @Override
    void settle(Link link, Account account, Row row, Uses.Use use) throws SQLException {
        int count = Math.min(MOST_USES, row.uses() + use.count());
        if (count != row.uses()) {
            Rows.used(link, row.id(), count);
        }
    }

    @Override
    void evicted(Account account, Row row) {
        if (row.queue() == SMALL) {
            ghosts.add(row.find(), account.entries);
        }
    }

    @Override
    @Nullable Row victim(Link link, Account account, long keep) throws SQLException {
        while (true) {
            boolean small = account.small > account.limits.maximum() / SMALL_PART;
            Row row = end(link, small ? OF_SMALL : OF_MAIN, account, keep);
            if (row == null) {
                row = unplaced(link, account, keep);
            }
            if (row == null) {
                row = end(link, small ? OF_MAIN : OF_SMALL, account, keep);
            }
            if (row == null || !stays(link, account, row)) {
                return row;
            }
        }
    }

    /** Gives an entry that was used another round. */
    private boolean stays(Link link, Account account, Row row) throws SQLException {
        Uses.Use use = uses.take(row.id());
        int count = Math.min(MOST_USES, row.uses() + (use == null ? 0 : use.count()));
        boolean waits = row.place() == 0 || row.queue() == SMALL;
        if (waits ? count < 2 : count == 0) {
            return false;
        }
        if (row.place() == 0) {
            account.placed(row);
        }
        if (waits) {
            account.promoted(row);
        }
        Rows.move(link, row.id(), MAIN, uses.stamp(), waits ? 0 : count - 1);
        return true;
    }
}
