package io.github.twatcache.testkit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a cache stands before: each run of it ends when the test says so, whether its caller waits or holds a stage. */
final class Source {
    private final LinkedBlockingQueue<CompletableFuture<@Nullable String>> begun = new LinkedBlockingQueue<>();
    private final AtomicInteger runs = new AtomicInteger();

    /** Begins a run, for functions that answer with a stage. */
    CompletableFuture<@Nullable String> begin() {
        CompletableFuture<@Nullable String> run = new CompletableFuture<>();
        runs.incrementAndGet();
        begun.add(run);
        return run;
    }

    /** Begins a run and waits for its end, for functions that answer with a value. */
    @Nullable String await() throws Exception {
        try {
            return begin().get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) failed.getCause();
        }
    }

    /** The next run that has begun, in the order in which they begin; waits for it. */
    CompletableFuture<@Nullable String> next() {
        try {
            CompletableFuture<@Nullable String> run = begun.poll(Actor.PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
            if (run == null) {
                throw new AssertionError("no run of the function began within " + Actor.PATIENCE);
            }
            return run;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the test was interrupted", e);
        }
    }

    /** A run that has begun and that nobody has taken; {@code null} for none. */
    @Nullable CompletableFuture<@Nullable String> poll() {
        return begun.poll();
    }

    int runs() {
        return runs.get();
    }
}
