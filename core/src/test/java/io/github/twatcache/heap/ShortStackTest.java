package io.github.twatcache.heap;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Settings;
import io.github.twatcache.spi.Guard;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stack that ends within an operation leaves the lock free, and table, order and deadlines agreeing. */
final class ShortStackTest {
    private static final int ROUNDS = 10;
    private static final long STACK_BYTES = 256 * 1024;

    /** How many frames in a row call an operation, from the end of the stack backwards. */
    private static final int EDGE = 80;

    private int next;
    private int left;

    @ParameterizedTest
    @EnumSource(Policy.class)
    void operation_atTheEndOfTheStack_leavesTheStoreWhole(Policy policy) throws Exception {
        CacheSpec spec = Fixture.spec()
                .with(Settings.MAXIMUM_SIZE, 50L, "test")
                .with(Settings.POLICY, policy, "test")
                .with(Settings.EXPIRE_AFTER_WRITE, Duration.ofNanos(100), "test");
        Fixture<Integer> fixture = Fixture.of(spec);
        for (int i = 0; i < 1_000; i++) {
            operate(fixture);
        }
        // Operations are interpreted in the first rounds and compiled in the last: frames of several sizes.
        for (int round = 0; round < ROUNDS; round++) {
            left = EDGE;
            inThread(() -> descend(fixture));
            inThread(() -> {
                fixture.store.estimatedSize();
                fixture.check();
            });
        }
    }

    private void descend(Fixture<Integer> fixture) {
        try {
            if (left > 0) {
                descend(fixture);
            }
        } catch (StackOverflowError e) {
            // the way back begins
        }
        if (left > 0) {
            left--;
            try {
                operate(fixture);
            } catch (StackOverflowError e) {
                // the next try has a frame more to itself
            }
        }
    }

    private void operate(Fixture<Integer> fixture) {
        int key = next++;
        fixture.time.incrementAndGet();
        switch (key % 4) {
            case 0, 1 -> fixture.put(key, key);
            case 2 -> fixture.store.get(key - 200);
            default -> fixture.store.remove(key - 5, Guard.ANY);
        }
    }

    /** Runs something to its end on a thread with a short stack, within a time that only a lock never freed takes. */
    private static void inThread(Runnable action) throws Exception {
        FutureTask<Void> task = new FutureTask<>(action, null);
        Thread thread = new Thread(null, task, "short stack", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        task.get(20, TimeUnit.SECONDS);
    }
}
