package io.github.twatcache.testkit;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An executor that runs nothing until the test says so, on the test's own thread. */
final class Tasks implements Executor {
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Error> broken = new AtomicReference<>();
    private volatile boolean full;

    @Override
    public void execute(Runnable task) {
        Error thrown = broken.getAndSet(null);
        if (thrown != null) {
            throw thrown;
        }
        if (full) {
            throw new RejectedExecutionException("full");
        }
        waiting.add(task);
    }

    /** Takes no more from now on, or does again. */
    void full(boolean now) {
        full = now;
    }

    /** Throws this the next time it is given something, as where there are no more threads to be had. */
    void breaks(Error once) {
        broken.set(once);
    }

    int waiting() {
        return waiting.size();
    }

    /** Takes out the one that has waited longest, to be run by whoever asks. */
    Runnable take() {
        return waiting.remove();
    }

    /** Runs all that waits; returns how many ran. */
    int run() {
        int ran = 0;
        for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
            task.run();
            ran++;
        }
        return ran;
    }
}
