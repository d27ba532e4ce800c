package io.github.twatcache.examples;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.github.twatcache.TwatCache;
import io.github.twatcache.config.OnFailure;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.spi.StoreCall;
import io.github.twatcache.spi.StoreInterceptor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What if the engine fails while the program runs? */
public final class FailingEngine {
    private static final AtomicInteger RUNS = new AtomicInteger();
    private static volatile boolean down;

    private static final StoreInterceptor BROKEN = new StoreInterceptor() {
        @Override
        public void before(StoreCall call) {
            if (down) {
                throw new EngineException("the server is gone");
            }
        }
    };

    private FailingEngine() {}

    static int twice(int n) {
        RUNS.incrementAndGet();
        return 2 * n;
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        AtomicLong clock = new AtomicLong();
        try (TwatCache twat = TwatCache.builder().ticker(clock::get).open()) {
            var plain = twat.memory("plain")
                    .intercept(BROKEN)
                    .operationTimeout(ofMillis(200))
                    .memoize(FailingEngine::twice);
            down = true;
            Claim.that("a call computes", plain.apply(1) == 2);
            try {
                plain.invalidate(1);
                throw new IllegalStateException("must have thrown");
            } catch (EngineException e) {
                Claim.that("a change tells that it is not made: " + e.getMessage(), true);
            }
            down = false;

            var twice = twat.cache("twice")
                    .engine("heap")
                    .intercept(BROKEN)
                    .onFailure(OnFailure.SERVE)
                    .breaker(2, ofSeconds(10))
                    .fallback("caffeine")
                    .memoize(FailingEngine::twice);
            RUNS.set(0);
            down = true;
            Claim.that("while it is down another serves", twice.apply(1) == 2 && RUNS.getAndSet(0) == 1);
            Claim.that("and keeps what it computes", twice.apply(1) == 2 && RUNS.get() == 0);
            down = false;
            clock.addAndGet(ofSeconds(10).toNanos());
            Claim.that("then it hands back", twice.apply(1) == 2 && RUNS.get() == 1);
            Claim.that("and it is counted", twice.stats().fallbacks() == 1);
            System.out.println(twat.stats());
        }
    }
}
