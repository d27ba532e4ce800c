package io.github.twatcache.testkit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A loader's door: who runs through it stops until the test opens it, and is counted. */
final class Gate {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);
    private final AtomicInteger runs = new AtomicInteger();

    /** What a loader does: says that it runs, waits for the door, returns. */
    <V extends @Nullable Object> V pass(V value) {
        runs.incrementAndGet();
        entered.countDown();
        Actor.await(open);
        return value;
    }

    /** Waits until a loader runs. */
    void awaitLoader() {
        Actor.await(entered);
    }

    void open() {
        open.countDown();
    }

    int runs() {
        return runs.get();
    }
}
