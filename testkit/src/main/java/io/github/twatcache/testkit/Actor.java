package io.github.twatcache.testkit;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread of a test, whose every wait is bounded. Tests order what happens by latches and by {@link #awaitWaiting}, not
 * by time: nothing here sleeps.
 *
 * @param <T> the type of what it returns
 */
public final class Actor<T extends @Nullable Object> {
    /** How long a test waits for what must happen before it is called hung. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long POLL_NANOS = 100_000;

    /** What a thread that waits has on top of its stack. */
    private static final Set<String> WAITS = Set.of("park", "wait", "wait0", "sleep", "sleep0");

    private final FutureTask<T> task;
    private final Thread thread;

    private Actor(Callable<T> role) {
        task = new FutureTask<>(role);
        thread = new Thread(task, "actor");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Starts a thread.
     *
     * @param <T> the type of what it returns
     * @param role what it does
     * @return the running actor
     */
    public static <T extends @Nullable Object> Actor<T> start(Callable<T> role) {
        return new Actor<>(role);
    }

    /**
     * Waits until the thread waits for another one (or has ended, which a test of waiting will notice).
     *
     * @return this
     */
    public Actor<T> awaitWaiting() {
        until("the actor waits", () -> switch (thread.getState()) {
            case WAITING, TIMED_WAITING -> !pausesBetweenAttempts();
            case BLOCKED, TERMINATED -> true;
            case NEW, RUNNABLE -> false;
        });
        return this;
    }

    /** Whether it waits for nobody, but pauses before it asks a failing engine again; running, it pauses next, perhaps. */
    private boolean pausesBetweenAttempts() {
        StackTraceElement[] stack = thread.getStackTrace();
        return Arrays.stream(stack).anyMatch(frame -> frame.getClassName().startsWith("dev.failsafe."))
                || Arrays.stream(stack).limit(3).noneMatch(frame -> WAITS.contains(frame.getMethodName()));
    }

    /**
     * Interrupts the thread.
     *
     * @return this
     */
    public Actor<T> interrupt() {
        thread.interrupt();
        return this;
    }

    /**
     * Whether the role is over.
     *
     * @return whether it has returned or thrown
     */
    public boolean isDone() {
        return task.isDone();
    }

    /**
     * What the role returned.
     *
     * @return its result
     * @throws AssertionError when it threw, or did not end in time
     */
    public T result() {
        try {
            return task.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("the actor threw " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw hung("the actor ends", thread);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the test was interrupted", e);
        }
    }

    /**
     * What the role threw.
     *
     * @return the same instance
     * @throws AssertionError when it returned, or did not end in time
     */
    public Throwable failure() {
        try {
            T result = task.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
            throw new AssertionError("the actor was to throw, but returned " + result);
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        } catch (TimeoutException e) {
            throw hung("the actor ends", thread);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the test was interrupted", e);
        }
    }

    /**
     * Waits for a latch.
     *
     * @param latch the latch
     * @throws AssertionError when it does not open in time
     */
    public static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw hung("a latch opens", Thread.currentThread());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a latch", e);
        }
    }

    /**
     * Waits until something holds.
     *
     * @param what the condition in words
     * @param condition the condition
     * @throws AssertionError when it does not hold in time
     */
    public static void until(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw hung(what, Thread.currentThread());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static AssertionError hung(String what, Thread where) {
        AssertionError error = new AssertionError("waited " + PATIENCE.toSeconds() + " s until " + what);
        error.setStackTrace(where.getStackTrace());
        return error;
    }
}
