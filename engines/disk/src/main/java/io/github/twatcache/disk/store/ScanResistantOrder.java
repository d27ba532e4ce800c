package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The queues of S3-FIFO (Yang, Zhang, Qiu, Yue, Rashmi: FIFO queues are all you need for cache eviction, SOSP 2023) with the
 * test of LIRS (Jiang, Zhang: LIRS, SIGMETRICS 2002) between them.
 *
 * <p><b>Queues.</b> A newcomer waits in the small queue, a tenth of the limit, and leaves from its end unless it is used
 * there. The rest is the main queue, whose entries go round as long as they are used. Whoever leaves is remembered as a
 * ghost for a while, with the time of its last coming.
 *
 * <p><b>The test.</b> An entry that is wanted again, while it waits in the small queue or as a ghost, goes to the main queue
 * if it came to where it is after the last entry of the main queue came to its place there: then the time from one use of it to
 * the next is shorter than that which the other has been without any. The main queue's last entry makes room for it, and
 * waits in the small queue once more. So a scan of entries wanted once passes through the small queue and drives nobody
 * out. A loop over more entries than there is room for leaves those in peace that were there first, for each of the others is
 * as long away as they are unused. And what was hot once goes, since everything is younger than it.
 *
 * <p><b>Cost.</b> It fits a database that processes share: a use moves nothing. Whether there was any, and neither when nor
 * how many, must be known when the entry's turn comes. An eviction moves {@value #MOST_MOVES} entries at most, and an insertion
 * as many where a ghost comes back.
 */
final class ScanResistantOrder extends Order {
    private static final int SMALL = 0;
    private static final int MAIN = 1;
    private static final int SMALL_PART = 10;

    /** Then one that was used must leave: the others were as well, as far as this has looked. */
    private static final int MOST_MOVES = 16;

    /** Of how many evictions the ghosts remain, for each entry that is there. */
    private static final int GHOSTS = 3;

    private static final String TAIL = "INDEXED BY entry_place WHERE life = ?1 AND id <> ?2 AND queue = ";
    private static final String NEXT = " AND place IS NOT NULL ORDER BY place LIMIT 1";
    private static final String OF_SMALL = COLUMNS + TAIL + SMALL + NEXT;

    /** Entries in higher queues come from another policy, which counted uses: those with the fewest are the main queue's end. */
    private static final String OF_MAIN = COLUMNS + TAIL
            + "ifnull((SELECT queue FROM entry INDEXED BY entry_place WHERE life = ?1 AND queue > " + MAIN
            + " AND place IS NOT NULL ORDER BY queue LIMIT 1), " + MAIN + ")" + NEXT;

    private final Ghosts ghosts = new Ghosts();

    ScanResistantOrder(Uses uses) {
        super(uses);
    }

    @Override
    int most() {
        return 1;
    }

    @Override
    Place newcomer(Link link, Account account, long id, long find) throws SQLException {
        long left = ghosts.take(find);
        boolean main = hasRoom(account) || (left != Ghosts.NONE && outlives(link, account, left));
        return new Place(main ? MAIN : SMALL, uses.stamp(), 0);
    }

    /** Whether one more goes to the main queue untested, as long as there is room for all. */
    private static boolean hasRoom(Account account) {
        return account.used() < account.limits.maximum() && main(account) < mainPart(account);
    }

    /** Whether one that came then passes the test; makes the main queue's last entries that were used go round for it. */
    private boolean outlives(Link link, Account account, long since) throws SQLException {
        for (int moves = 0; ; moves++) {
            Row last = end(link, OF_MAIN, account, 0);
            if (last == null) {
                return true;
            }
            if (!used(last)) {
                return since > last.place();
            }
            if (moves == MOST_MOVES) {
                return false;
            }
            move(link, account, last, MAIN);
        }
    }

    @Override
    void replaced(Link link, Account account, Row row) {
        uses.note(uses.tab(row.id()), 0, this);
    }

    @Override
    void settle(Link link, Account account, Row row, Uses.Use use) throws SQLException {
        if (row.uses() == 0) {
            Rows.used(link, row.id(), 1);
        }
    }

    @Override
    void evicted(Account account, Row row) {
        if (row.place() != 0) {
            ghosts.add(row.find(), row.place(), GHOSTS * account.entries);
        }
    }

    @Override
    @Nullable Row victim(Link link, Account account, long keep) throws SQLException {
        for (int moves = 0; ; moves++) {
            if (moves == MOST_MOVES || !shortened(link, account, keep)) {
                Row row = last(link, account, keep);
                if (row == null || moves == MOST_MOVES || !used(row)) {
                    return row;
                }
                again(link, account, row, keep);
            }
        }
    }

    /** Whose turn it is. Those that came before there was a limit stand where the main queue's entries would. */
    private static @Nullable Row last(Link link, Account account, long keep) throws SQLException {
        Row row = account.small > smallPart(account) ? null : unplaced(link, account, keep);
        row = row != null ? row : end(link, OF_SMALL, account, keep);
        row = row != null ? row : unplaced(link, account, keep);
        return row != null ? row : end(link, OF_MAIN, account, keep);
    }

    /** Takes an entry from the end of a main queue that is too long, unless it was used; says whether there was one. */
    private boolean shortened(Link link, Account account, long keep) throws SQLException {
        if (account.unplaced > 0 || main(account) <= mainPart(account)) {
            return false;
        }
        Row last = end(link, OF_MAIN, account, keep);
        if (last == null) {
            return false;
        }
        move(link, account, last, used(last) ? MAIN : SMALL);
        return true;
    }

    /** Gives an entry that was used another place; or another one first, where that stands in the way of knowing which. */
    private void again(Link link, Account account, Row row, long keep) throws SQLException {
        if (row.place() == 0) {
            move(link, account, row, SMALL);
        } else if (row.queue() != SMALL) {
            move(link, account, row, MAIN);
        } else {
            Row last = end(link, OF_MAIN, account, keep);
            if (last != null && used(last)) {
                move(link, account, last, MAIN);
            } else {
                move(link, account, row, last == null || row.place() > last.place() ? MAIN : SMALL);
            }
        }
    }

    /** How much of the limit is taken by what is not in the small queue. */
    private static long main(Account account) {
        return account.used() - account.small;
    }

    private static long mainPart(Account account) {
        return account.limits.maximum() - smallPart(account);
    }

    private static long smallPart(Account account) {
        return Math.max(1, account.limits.maximum() / SMALL_PART);
    }

    private boolean used(Row row) {
        Uses.Use use = row.uses() > 0 ? null : uses.of(row.id());
        return row.uses() > 0 || (use != null && use.moves());
    }

    /** Puts an entry at the beginning of a queue, as if it had not been used. */
    private void move(Link link, Account account, Row row, int queue) throws SQLException {
        uses.take(row.id());
        if (row.place() == 0) {
            account.placed(row);
        }
        if (row.queue() != SMALL && queue == SMALL) {
            account.demoted(row);
        } else if (row.queue() == SMALL && queue != SMALL) {
            account.promoted(row);
        }
        Rows.move(link, row.id(), queue, uses.stamp(), 0);
    }
}
