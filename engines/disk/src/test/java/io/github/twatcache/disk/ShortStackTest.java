package io.github.twatcache.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.Maintenance;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack that ends within an operation leaves all connections in the pool, and none of them with anything half-done. */
final class ShortStackTest {
    private static final int ROUNDS = 30;
    private static final long STACK_BYTES = 256 * 1024;

    /** How many frames in a row call an operation, from the end of the stack backwards. */
    private static final int EDGE = 80;

    private static final int KEYS = 20;

    @TempDir
    Path directory;

    private int next;
    private int left;

    @Test
    void operation_atTheEndOfTheStack_leavesTheDatabaseUsable() throws Exception {
        try (Opened here = new Opened(directory)) {
            Cache<String, Integer> cache = here.cache(Integer.class, builder -> builder.set(DiskSettings.FRONT, false));
            for (int i = 0; i < 1_000; i++) {
                operate(cache);
            }
            // Operations are interpreted in the first rounds and compiled in the last: frames of several sizes.
            for (int round = 0; round < ROUNDS; round++) {
                left = EDGE;
                inThread(() -> descend(cache));
                int number = round;
                inThread(() -> {
                    for (int i = 0; i < KEYS; i++) {
                        cache.put("k" + i, number);
                        assertThat(cache.getIfPresent("k" + i)).isEqualTo(number);
                    }
                });
            }
            assertThat(Maintenance.of(cache).check()).isEmpty();
        }
    }

    private void descend(Cache<String, Integer> cache) {
        try {
            if (left > 0) {
                descend(cache);
            }
        } catch (StackOverflowError e) {
            // the way back begins
        }
        if (left > 0) {
            left--;
            try {
                operate(cache);
            } catch (StackOverflowError e) {
                // the next try has a frame more to itself
            }
        }
    }

    /** Mostly look-ups, so that connections come to hold snapshots. */
    private void operate(Cache<String, Integer> cache) {
        int number = next++;
        String key = "k" + number % KEYS;
        if (number % 30 == 0) {
            cache.put(key, number);
        } else if (number % 31 == 0) {
            cache.remove(key);
        } else {
            cache.getIfPresent(key);
        }
    }

    /** Runs something to its end on a thread with a short stack, within a time that only a lost connection takes. */
    private static void inThread(Runnable action) throws Exception {
        FutureTask<Void> task = new FutureTask<>(action, null);
        Thread thread = new Thread(null, task, "short stack", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        task.get(30, TimeUnit.SECONDS);
    }
}
