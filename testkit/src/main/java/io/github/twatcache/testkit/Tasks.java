package io.github.twatcache.testkit;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** An executor that runs nothing until the test says so, on the test's own thread. */
final class Tasks implements Executor {
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean full;

    @Override
    public void execute(Runnable task) {
        if (full) {
            throw new RejectedExecutionException("full");
        }
        waiting.add(task);
    }

    /** Takes no more from now on, or does again. */
    void full(boolean now) {
        full = now;
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
