package io.github.twatcache.failure;

import io.github.twatcache.error.EngineException;
import io.github.twatcache.spi.Ticker;
import io.github.twatcache.stats.Tally;
import java.io.Serial;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs operations on threads of its own, so that one that hangs costs its caller no more than the limit.
 *
 * <p>The threads are daemons, named, made when needed, gone after a second without work, and at most {@value #MOST}. An
 * operation that finds all of them taken waits within its limit; if its turn does not come it never begins. They are
 * platform threads: an engine that hangs in native code or in a monitor would take the carrier of a virtual thread with
 * it, and there are only as many of those as processors.
 */
final class TimeLimit implements AutoCloseable {
    static final int MOST = 32;

    /** A store in good order may take that long to let go of what it has: flushing, for one, is no look-up. */
    static final Duration LEAST_FOR_CLOSING = Duration.ofSeconds(10);

    private final String cache;
    private final Patience patience;
    private final Patience last;
    private final Tally tally;
    private final Deferral deferral;
    private final ThreadPoolExecutor threads;

    TimeLimit(String cache, Duration limit, Ticker ticker, Tally tally, Deferral deferral) {
        this.cache = cache;
        this.patience = new Patience(limit, ticker);
        this.last = limit.compareTo(LEAST_FOR_CLOSING) < 0 ? new Patience(LEAST_FOR_CLOSING, ticker) : patience;
        this.tally = tally;
        this.deferral = deferral;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(MOST, MOST, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "twat-cache-engine-" + cache + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs an operation.
     *
     * @param operation the operation
     * @param pending is told when the operation ends although nobody waits any more
     * @param abandoned is run when nobody will wait any more, before this method throws
     */
    <R extends @Nullable Object> R run(Supplier<R> operation, Pending pending, Runnable abandoned) {
        Attempt<R> attempt = new Attempt<>(operation, pending);
        long since = patience.now();
        try {
            threads.execute(attempt);
        } catch (RejectedExecutionException closed) {
            throw new EngineException("the cache is closed; open a new one", closed);
        }
        return await(attempt, patience, since, abandoned);
    }

    /**
     * Runs the last operation on a thread of its own, since all the others may hang, and gives it {@link
     * #LEAST_FOR_CLOSING} where the limit is less.
     */
    void runLast(Runnable operation) {
        Attempt<Boolean> attempt = new Attempt<>(
                () -> {
                    operation.run();
                    return true;
                },
                new Pending());
        Thread thread = new Thread(attempt, "twat-cache-engine-" + cache + "-close");
        thread.setDaemon(true);
        long since = last.now();
        thread.start();
        await(attempt, last, since, () -> {});
    }

    private <R extends @Nullable Object> R await(Attempt<R> attempt, Patience limit, long since, Runnable abandoned) {
        boolean interrupted = false;
        boolean done = false;
        try {
            done = limit.await(attempt.done, since);
        } catch (InterruptedException e) {
            interrupted = true;
            Thread.currentThread().interrupt();
        }
        if (!done) {
            if (attempt.state.compareAndSet(Attempt.WAITING, Attempt.ABANDONED)) {
                threads.remove(attempt);
                throw interrupted
                        ? new Interrupted()
                        : new TooLate("it has not begun within " + limit + " (operation-timeout), since the threads"
                                + " for it, at most " + MOST + ", are taken by operations that have not come back");
            }
            if (attempt.state.compareAndSet(Attempt.RUNNING, Attempt.ABANDONED)) {
                abandoned.run();
                throw interrupted
                        ? new Interrupted()
                        : new TooLate("it has not ended within " + limit
                                + (limit == patience ? "" : ", the least that closing is given")
                                + " (operation-timeout)");
            }
        }
        return attempt.outcome();
    }

    /** Threads that hang are left to themselves; they are daemons. */
    @Override
    public void close() {
        threads.shutdown();
    }

    /** An operation that took too long. */
    static final class TooLate extends EngineException {
        @Serial
        private static final long serialVersionUID = 1L;

        TooLate(String message) {
            super(message);
        }
    }

    /** The caller was interrupted while it waited: no fault of the engine's. */
    static final class Interrupted extends EngineException {
        @Serial
        private static final long serialVersionUID = 1L;

        Interrupted() {
            super("the thread was interrupted while it waited for the engine");
        }
    }

    private final class Attempt<R extends @Nullable Object> implements Runnable {
        static final int WAITING = 0;
        static final int RUNNING = 1;
        static final int DONE = 2;
        static final int ABANDONED = 3;

        final AtomicInteger state = new AtomicInteger(WAITING);
        final CountDownLatch done = new CountDownLatch(1);
        private final Supplier<R> operation;
        private final Pending pending;
        private @Nullable Supplier<R> outcome;
        private List<Runnable> later = List.of();
        private Tally.@Nullable Reported reported;

        Attempt(Supplier<R> operation, Pending pending) {
            this.operation = operation;
            this.pending = pending;
        }

        @Override
        public void run() {
            if (!state.compareAndSet(WAITING, RUNNING)) {
                return;
            }
            later = deferral.collect(this::operate);
            reported = tally.takeReported();
            if (state.compareAndSet(RUNNING, DONE)) {
                done.countDown();
            } else {
                pending.end();
                later.forEach(Runnable::run);
            }
        }

        private void operate() {
            try {
                R result = operation.get();
                outcome = () -> result;
            } catch (Throwable thrown) {
                outcome = () -> {
                    throw Thrown.<RuntimeException>again(thrown);
                };
            }
        }

        /** Gives the caller what the other thread has brought: removals to tell of, a reason, the outcome. */
        R outcome() {
            Supplier<R> known = outcome;
            if (known == null) {
                throw new IllegalStateException("asked for an outcome before there is one; wait for done first");
            }
            if (reported != null) {
                tally.report(reported.key(), reported.reason());
            }
            later.forEach(action -> {
                if (!deferral.takes(action)) {
                    action.run();
                }
            });
            return known.get();
        }
    }
}
