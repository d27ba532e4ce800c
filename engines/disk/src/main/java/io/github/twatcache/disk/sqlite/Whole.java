package io.github.twatcache.disk.sqlite;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A body on its way through a transaction: what it has thrown or brought about, for its caller. For one thread. */
final class Whole<R extends @Nullable Object, X extends Exception> {
    private final Body<R, X> body;
    private @Nullable R result;
    private @Nullable Exception thrown;
    private List<Runnable> afterwards = List.of();

    Whole(Body<R, X> body) {
        this.body = body;
    }

    /** Ends a transaction whose body has thrown. */
    static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Undone() {
            super(null, null, false, false);
        }
    }

    /** Runs the body as all of a transaction that has begun. */
    boolean outermost(Link link) throws SQLException {
        Transaction transaction = link.current();
        run();
        transaction.requireSound();
        afterwards = transaction.takeAfterwards();
        return true;
    }

    /** Runs the body as a part of a transaction, undone by itself where it throws. */
    boolean inner(Link link) throws SQLException {
        return Part.of(link, "SAVEPOINT body", "ROLLBACK TO body", "RELEASE body", () -> {
            run();
            return true;
        });
    }

    private void run() {
        try {
            result = body.run();
        } catch (Exception why) {
            thrown = why;
            throw new Undone();
        }
    }

    /** What the body returned; does what is to be done after the commit. */
    @SuppressWarnings("NullAway") // the body has returned it: an R, which may be null only where R may
    R outcome() {
        Transaction.runAll(afterwards);
        return result;
    }

    // A body throws its X, or what is unchecked.
    @SuppressWarnings("unchecked")
    X thrown() {
        Exception what = thrown;
        if (what == null) {
            throw new IllegalStateException("a transaction was undone for no reason");
        }
        if (what instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return (X) what;
    }
}
