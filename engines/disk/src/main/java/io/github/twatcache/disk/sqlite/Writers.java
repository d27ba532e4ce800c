package io.github.twatcache.disk.sqlite;

import io.github.twatcache.error.LockTimeoutException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits works in groups. Works queue; whoever finds no leader leads: takes what is queued, runs it all in one transaction
 * on its own connection, commits once, and wakes the others. While one group commits, the next one gathers, so that the
 * groups grow with the load and a single writer waits for nobody.
 *
 * <p>Where one work of a group fails, whatever it throws, the group is rolled back and each is run in a transaction of its
 * own: every caller gets its own outcome. Where the leader's stack is too short for the work of another, that one's own
 * thread runs it.
 *
 * <p>Nobody waits longer than the lock's time-out for those who write before him: whose work has been taken by no leader by
 * then takes it back.
 */
final class Writers {
    private static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.disk");

    private static final int LARGEST_GROUP = 256;

    private static final long LONGEST_LINGER = TimeUnit.MICROSECONDS.toNanos(200);

    private final Database database;
    private final Committing committing;
    private final ConcurrentLinkedQueue<Pending<?>> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock leader = new ReentrantLock();

    /** How many were in the group before, and how long they took. For the leader. */
    private int lastGroup;

    private long lastNanos;

    Writers(Database database, Committing committing) {
        this.database = database;
        this.committing = committing;
    }

    <R> R write(Work<R> work) {
        Pending<R> mine = new Pending<>(work);
        queue.add(mine);
        try {
            await(mine);
        } finally {
            if (!mine.done()) {
                withdrawn(mine);
            }
        }
        return mine.outcome(database::thrown);
    }

    private void await(Pending<?> mine) {
        boolean interrupted = false;
        long deadline = 0;
        try {
            while (!mine.done()) {
                if (leader.tryLock()) {
                    try {
                        while (!mine.done()) {
                            lead();
                        }
                    } finally {
                        leader.unlock();
                        wakeNext();
                    }
                } else {
                    long now = System.nanoTime();
                    deadline = deadline == 0 ? now + patience() : deadline;
                    if (now - deadline < 0) {
                        LockSupport.parkNanos(this, deadline - now);
                    } else if (withdrawn(mine)) {
                        throw busy();
                    } else {
                        // A leader has taken it, whose own patience ends.
                        LockSupport.park(this);
                    }
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Takes back a work that no leader has taken; says whether that is so. */
    private boolean withdrawn(Pending<?> mine) {
        boolean back = queue.remove(mine);
        // It may have been the one that was woken to lead next.
        wakeNext();
        return back;
    }

    /**
     * Runs a work by itself, if nobody writes.
     *
     * @return whether it was run
     */
    boolean writeAtOnce(Work<Boolean> work) {
        if (!leader.tryLock()) {
            return false;
        }
        Pending<Boolean> mine = new Pending<>(work);
        try {
            if (!committing.runAtOnce(link -> run(link, List.of(mine)), mine::commit)) {
                return false;
            }
        } catch (SQLException fault) {
            mine.fail(fault);
        } finally {
            leader.unlock();
            wakeNext();
        }
        mine.outcome(database::thrown);
        return true;
    }

    /** Runs something alone, with no group of this process beside it. */
    <R> @Nullable R alone(Database.Alone<R> body) throws SQLException {
        lockLeader();
        try {
            return body.run();
        } finally {
            leader.unlock();
            wakeNext();
        }
    }

    private void lockLeader() {
        boolean interrupted = false;
        long deadline = System.nanoTime() + patience();
        try {
            while (true) {
                try {
                    if (leader.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        return;
                    }
                    throw busy();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private long patience() {
        return database.options().lockTimeout().toNanos();
    }

    private LockTimeoutException busy() {
        return new LockTimeoutException("the writers of the database " + database.file() + " were busy for more than "
                + database.options().lockTimeout().toMillis()
                + " ms; end a transaction that hangs there, or allow more time (lock-timeout)");
    }

    /** Who has queued after the leader looked last leads next. */
    private void wakeNext() {
        Pending<?> next = queue.peek();
        if (next != null) {
            next.wake();
        }
    }

    private void lead() {
        // Before anybody's work is taken: who ends here fails alone.
        Stack.probe();
        List<Pending<?>> group = new ArrayList<>();
        long began = System.nanoTime();
        try {
            gather(group);
            began = System.nanoTime();
            if (group.size() == 1 || !together(group)) {
                group.forEach(this::single);
            }
        } finally {
            lastNanos = System.nanoTime() - began;
            for (Pending<?> pending : group) {
                if (pending.takenBack()) {
                    queue.add(pending);
                } else {
                    pending.settle();
                }
            }
        }
    }

    /**
     * Takes what is queued. Those of the group before were woken just now, and come again one after the other: whoever came first
     * would commit alone, and all the others sleep behind him. So he lets as many come again as there were, for no longer
     * than they have taken.
     */
    @SuppressWarnings("ThreadPriorityCheck") // who waits for others on as few processors lets them have this one
    private void gather(List<Pending<?>> group) {
        long began = 0;
        while (true) {
            for (Pending<?> next = queue.poll(); next != null; next = queue.poll()) {
                group.add(next);
                if (group.size() == LARGEST_GROUP) {
                    return;
                }
            }
            if (group.size() >= lastGroup) {
                break;
            }
            long now = System.nanoTime();
            if (began == 0) {
                began = now;
            } else if (now - began > Math.min(LONGEST_LINGER, lastNanos)) {
                break;
            }
            Thread.yield();
        }
        lastGroup = group.size();
    }

    /** All in one transaction, or, where one fails, none. */
    private boolean together(List<Pending<?>> group) {
        try {
            commit(group);
            return true;
        } catch (Throwable oneOfThem) {
            return committed(group.get(0), oneOfThem);
        }
    }

    private void single(Pending<?> pending) {
        try {
            commit(List.of(pending));
        } catch (Throwable why) {
            if (committed(pending, why)) {
                return;
            }
            if (why instanceof StackOverflowError && !pending.mine()) {
                pending.giveBack();
            } else {
                pending.fail(why);
            }
        }
    }

    private void commit(List<Pending<?>> group) throws SQLException {
        committing.run(link -> run(link, group), () -> group.forEach(Pending::commit));
    }

    private static boolean run(Link link, List<? extends Pending<?>> group) throws SQLException {
        for (Pending<?> pending : group) {
            pending.run(link);
            pending.then(link.current().takeAfterwards());
        }
        return true;
    }

    /** Whether what has thrown was committed all the same: that it is to be run again, or has failed, nobody may be told. */
    private boolean committed(Pending<?> pending, Throwable thrown) {
        if (pending.committed()) {
            LOG.warn(
                    "what follows a commit to the database {} failed; what was committed stands",
                    database.file(),
                    thrown);
        }
        return pending.committed();
    }
}
