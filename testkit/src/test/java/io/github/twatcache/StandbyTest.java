package io.github.twatcache;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.error.EngineException;
import io.github.twatcache.heap.HeapEngine;
import io.github.twatcache.spi.StoreCall;
import io.github.twatcache.spi.StoreCall.Operation;
import io.github.twatcache.spi.StoreInterceptor;
import io.github.twatcache.testkit.Actor;
import io.github.twatcache.testkit.Chaos;
import io.github.twatcache.testkit.ChaosEngine;
import io.github.twatcache.testkit.FakeTicker;
import io.github.twatcache.testkit.Seed;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** An engine that is to take over, and cannot, or comes too late. */
final class StandbyTest {
    private final FakeTicker ticker = new FakeTicker();
    private final Chaos chaos = new Chaos(Seed.value());
    private final LastingEngine standby = new LastingEngine("standby", -1);

    private TwatCache open() {
        return TwatCache.builder()
                .engine(ChaosEngine.around(new HeapEngine(), chaos))
                .engine(standby)
                .ticker(ticker)
                .open();
    }

    private static CacheBuilder guarded(TwatCache twat) {
        return twat.cache("guarded")
                .engine("chaos-heap")
                .statistics()
                .breaker(1, ofSeconds(10))
                .fallback("standby");
    }

    @Test
    void fallback_failsToOpen_isTriedAgainAfterEachProbeThatFails() {
        try (TwatCache twat = open()) {
            Cache<String, String> cache =
                    guarded(twat).types(String.class, String.class).build();
            standby.failing("the place is not ready");
            chaos.down(true);
            assertThat(cache.get("k", key -> "first")).isEqualTo("first");
            assertThat(cache.get("k", key -> "second")).as("nobody keeps it").isEqualTo("second");
            standby.notOpened = null;
            ticker.advance(ofSeconds(11));
            assertThat(cache.get("k", key -> "third")).as("the probe fails").isEqualTo("third");
            assertThat(cache.get("k", key -> "fourth"))
                    .as("the standby keeps it")
                    .isEqualTo("third");
            assertThat(cache.stats().fallbacks()).isEqualTo(1);
        }
    }

    @Test
    void fallback_probeFailsWhileAnOperationHangsInIt_answersOthers() {
        Chaos slow = new Chaos(Seed.value());
        try (TwatCache twat = TwatCache.builder()
                .engine(ChaosEngine.around(new HeapEngine(), chaos))
                .engine(ChaosEngine.around(standby, slow))
                .ticker(ticker)
                .open()) {
            Cache<String, String> cache = twat.cache("guarded")
                    .engine("chaos-heap")
                    .breaker(1, ofSeconds(10))
                    .fallback("chaos-standby")
                    .types(String.class, String.class)
                    .build();
            chaos.down(true);
            assertThat(cache.get("k", key -> "kept")).isEqualTo("kept");
            assertThat(cache.get("k", key -> "again")).as("it has taken over").isEqualTo("kept");
            slow.hangs(1);
            Actor<String> hanging = Actor.start(() -> cache.getIfPresent("k"));
            Actor.until("a look-up hangs in the standby", () -> slow.hanging() == 1);
            slow.hangs(0);
            ticker.advance(ofSeconds(11));
            Actor<String> probing = Actor.start(() -> cache.getIfPresent("k"));
            try {
                Actor.until("the probe has failed, and the standby answered", probing::isDone);
            } finally {
                slow.release();
            }
            assertThat(probing.result()).isEqualTo("kept");
            assertThat(hanging.result()).isEqualTo("kept");
        }
    }

    /** An interceptor that holds one look-up until it is told to fail. */
    private static final class Late implements StoreInterceptor {
        private final CountDownLatch held = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public void before(StoreCall call) {
            if (call.operation() == Operation.GET) {
                held.countDown();
                Actor.await(goOn);
                throw new EngineException("the server is gone");
            }
        }
    }

    @Test
    void fallback_firstFailureComesAfterTheCacheWasClosed_isNotOpened() {
        Late late = new Late();
        try (TwatCache twat = open()) {
            Cache<String, String> cache = guarded(twat)
                    .intercept(late)
                    .types(String.class, String.class)
                    .build();
            Actor<String> caller = Actor.start(() -> cache.getIfPresent("k"));
            Actor.await(late.held);
            cache.close();
            late.goOn.countDown();
            assertThat(caller.failure()).isInstanceOf(IllegalStateException.class);
            assertThat(standby.opened).hasValue(0);
        }
    }
}
