package io.github.twatcache.disk.sqlite;

import java.sql.SQLException;

/** A part of a transaction, which is undone by itself where it fails, whatever is made of that further out. */
final class Part {
    private Part() {}

    /** What is done. */
    interface Step<R> {
        R run() throws SQLException;
    }

    /** Does something between a savepoint and its release; the statements are constants. */
    static <R> R of(Link link, String begin, String back, String end, Step<R> step) throws SQLException {
        Transaction transaction = link.current();
        transaction.requireSound();
        Transaction.Place place = transaction.here();
        link.run(begin);
        boolean whole = false;
        try {
            R result = step.run();
            whole = true;
            return result;
        } finally {
            if (whole || undone(link, transaction, place, back)) {
                link.run(end);
            }
        }
    }

    private static boolean undone(Link link, Transaction transaction, Transaction.Place place, String back) {
        // Until it is known to be undone, nothing of this transaction may be committed.
        transaction.doubted(true);
        transaction.back(place);
        try {
            link.run(back);
        } catch (SQLException allIsUndone) {
            // Some failures make SQLite undo all at once; what the step has thrown says why.
            return false;
        }
        transaction.doubted(false);
        transaction.undone(place);
        return true;
    }
}
