package io.github.twatcache.disk.sqlite;

import io.github.twatcache.error.EngineException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A work that waits for its commit, and the thread that waits for it. */
final class Pending<R> {
    private final Work<R> work;
    private final Thread waiter = Thread.currentThread();
    private @Nullable R result;
    private @Nullable Throwable failure;
    private boolean committed;
    private boolean back;
    private List<Runnable> afterwards = List.of();
    /** Written last, read first: what the leader has written is seen by the waiter. */
    private volatile boolean done;

    Pending(Work<R> work) {
        this.work = work;
    }

    /** Runs the work; its result counts once {@link #commit} says so. */
    void run(Link link) throws SQLException {
        result = work.run(link);
    }

    void then(List<Runnable> actions) {
        afterwards = actions;
    }

    void fail(Throwable why) {
        failure = why;
    }

    /** Notes that the transaction of which the work was a part is committed, whatever comes after that. */
    void commit() {
        committed = true;
    }

    boolean committed() {
        return committed;
    }

    /** Leaves the work to the thread that waits for it, which has a stack of its own. */
    void giveBack() {
        back = true;
    }

    /** Whether the work is to be queued anew; says so once. */
    boolean takenBack() {
        boolean was = back;
        back = false;
        return was;
    }

    /** Tells the waiter that its work is committed, or is not. */
    void settle() {
        done = true;
        wake();
    }

    void wake() {
        if (waiter != Thread.currentThread()) {
            LockSupport.unpark(waiter);
        }
    }

    boolean done() {
        return done;
    }

    boolean mine() {
        return waiter == Thread.currentThread();
    }

    /** What came of it, on the waiter's thread. */
    R outcome(Faulty faults) {
        Throwable why = failure;
        if (!committed) {
            throw why != null
                    ? faults.thrown(why)
                    : new EngineException("a thread that was to commit for others broke off before it did: nothing of"
                            + " this change is stored; make it again");
        }
        Transaction.runAll(afterwards);
        return Objects.requireNonNull(result, "result");
    }

    /** Makes of a failure what is thrown at the waiter. */
    interface Faulty {
        RuntimeException thrown(Throwable why);
    }
}
