package io.github.twatcache.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.AsyncCache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.spi.StoreCall;
import io.github.twatcache.spi.StoreInterceptor;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A bulk load of futures whose caller gives up before the function has begun, while its loads are being announced. */
class BulkGivenUpTest {
    private static final int FIRST_LOOKS = 2;

    /** Stops the first look-up that comes after the loads were announced. */
    private static final class Door implements StoreInterceptor {
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch open = new CountDownLatch(1);
        private final AtomicInteger looks = new AtomicInteger();

        @Override
        public void before(StoreCall call) {
            if (call.operation() == StoreCall.Operation.GET && looks.incrementAndGet() == FIRST_LOOKS + 1) {
                reached.countDown();
                await(open);
            }
        }

        static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    @Timeout(60)
    void cancelledWhileAnnounced_functionIsNotRun_andNobodyWaitsForIt() throws Exception {
        Door door = new Door();
        AtomicInteger runs = new AtomicInteger();
        ExecutorService background = Executors.newCachedThreadPool();
        Queue<CompletableFuture<Void>> begun = new ConcurrentLinkedQueue<>();
        Executor remembering = task -> begun.add(CompletableFuture.runAsync(task, background));
        try (TwatCache twat = TwatCache.builder().executor(remembering).open()) {
            AsyncCache<String, String> cache = twat.cache("bulk")
                    .engine("heap")
                    .maxConcurrentLoads(1)
                    .intercept(door)
                    .types(String.class, String.class)
                    .build()
                    .async();
            CompletableFuture<Map<String, String>> all = cache.getAll(List.of("a", "b"), keys -> {
                runs.incrementAndGet();
                return CompletableFuture.completedFuture(Map.of("a", "1", "b", "2"));
            });
            Door.await(door.reached);
            all.cancel(true);
            door.open.countDown();
            // Who asks before the bulk has given its loads up joins them, and is right to: the function then runs for
            // them.
            CompletableFuture.allOf(begun.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
            assertThat(cache.get("a", key -> CompletableFuture.completedFuture("own"))
                            .get(30, TimeUnit.SECONDS))
                    .isEqualTo("own");
            assertThat(cache.get("b", key -> CompletableFuture.completedFuture("own"))
                            .get(30, TimeUnit.SECONDS))
                    .isEqualTo("own");
        } finally {
            background.shutdown();
            assertThat(background.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(runs).hasValue(0);
    }
}
