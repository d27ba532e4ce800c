package io.github.twatcache.testkit;

import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Cached1;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.OnFailure;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.stats.CacheStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Threads call, refresh and invalidate while the engine fails in every way. Whatever it does: no call gets what was
 * computed before an invalidation that had returned when the call began, and the function runs exactly as often as calls,
 * hits, joined calls and refreshes say.
 */
@Contract("3 chaos")
public abstract class ChaosContract extends EngineContract {
    private static final int KEYS = 16;
    private static final int THREADS = 4;

    /** Of all operations, so many fail. */
    private static final double RATE = 0.3;

    /** By the test's clock: whoever hangs moves it so far. */
    private static final Duration LIMIT = ofSeconds(1);

    private final Chaos chaos = new Chaos(Seed.value());
    private final AtomicLong runs = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();

    /** What the function reads: the truth, which only ever grows. */
    private final AtomicIntegerArray truth = new AtomicIntegerArray(KEYS);

    /** For each key, the truth at the last change that has returned. */
    private final AtomicIntegerArray floor = new AtomicIntegerArray(KEYS);

    /** The changes in words, for who looks for a mistake. */
    private final AtomicReferenceArray<String> last = new AtomicReferenceArray<>(KEYS);

    /** Makes a contract. */
    protected ChaosContract() {}

    private void storm(UnaryOperator<CacheBuilder> settings) {
        chaos.whenHanging(() -> ticker.advance(LIMIT));
        Engine engine = ChaosEngine.around(engine() instanceof ChaosEngine other ? other.inner() : engine(), chaos);
        try (TwatCache twat = builder(engine).open()) {
            Cached1<Integer, Integer, RuntimeException> function = settings.apply(twat.cache("storm")
                            .engine(engine.name())
                            .statistics()
                            .retry(2, ofNanos(1), ofSeconds(1)))
                    .memoize((Integer n) -> {
                        runs.incrementAndGet();
                        return truth.get(n);
                    });
            List<Actor<Integer>> actors = new ArrayList<>();
            AtomicInteger left = new AtomicInteger(THREADS);
            int steps = fewer(1_000, 300);
            for (int t = 0; t < THREADS; t++) {
                SplittableRandom random = new SplittableRandom(Seed.value() + t);
                actors.add(Actor.start(() -> {
                    try {
                        for (int i = 0; i < steps; i++) {
                            step(function, random);
                        }
                        return 0;
                    } finally {
                        left.decrementAndGet();
                    }
                }));
            }
            // What hangs is let go by nobody else, some before its caller gives up and some after.
            AtomicInteger looks = new AtomicInteger();
            Actor.until("the storm is over", () -> {
                if (looks.incrementAndGet() % 4 == 0) {
                    chaos.release();
                }
                return left.get() == 0;
            });
            double rate = (double) chaos.struck() / chaos.operations();
            actors.forEach(Actor::result);
            chaos.end();
            ticker.advance(ofSeconds(60));
            for (int n = 0; n < KEYS; n++) {
                call(function, n);
            }
            CacheStats stats = function.stats();
            assertThat(runs.get())
                    .as("seed %s: %s", Seed.value(), stats)
                    .isEqualTo(calls.get() - stats.hits() - stats.joined() + stats.refreshes());
            assertThat(stats.hits() + stats.missCount()).as("%s", stats).isEqualTo(calls.get());
            assertThat(stats.engineFailures()).as("%s", stats).isPositive();
            assertThat(stats.hits()).as("%s", stats).isPositive();
            assertThat(rate).as("of %s operations", chaos.operations()).isBetween(RATE / 2, RATE + 0.1);
        }
    }

    private void step(Cached1<Integer, Integer, RuntimeException> function, SplittableRandom random) {
        int n = random.nextInt(KEYS);
        switch (random.nextInt(12)) {
            case 0 -> {
                int seen = truth.incrementAndGet(n);
                if (taken(() -> function.invalidate(n))) {
                    raise(n, seen, "invalidated");
                }
            }
            case 1 -> {
                int least = truth.get(n);
                int fresh = function.refresh(n);
                assertThat(fresh).as("computed after the call began").isGreaterThanOrEqualTo(least);
                raise(n, fresh, "refreshed");
            }
            case 2 -> ticker.advance(ofSeconds(3));
            case 3 -> {
                if (random.nextInt(20) == 0) {
                    int[] seen = new int[KEYS];
                    for (int k = 0; k < KEYS; k++) {
                        seen[k] = truth.get(k);
                    }
                    if (taken(function::clear)) {
                        for (int k = 0; k < KEYS; k++) {
                            raise(k, seen[k], "cleared");
                        }
                    }
                }
            }
            default -> call(function, n);
        }
    }

    private void raise(int n, int least, String how) {
        last.set(n, how + " at " + least);
        floor.accumulateAndGet(n, least, Math::max);
    }

    private void call(Cached1<Integer, Integer, RuntimeException> function, int n) {
        int least = floor.get(n);
        calls.incrementAndGet();
        assertThat(function.apply(n))
                .as("seed %s: %s was changed before this call began: %s", Seed.value(), n, last.get(n))
                .isGreaterThanOrEqualTo(least);
    }

    private static boolean taken(Runnable change) {
        try {
            change.run();
            return true;
        } catch (EngineException toldSo) {
            return false;
        }
    }

    @Test
    void errors_thirtyPercent() {
        chaos.errors(RATE);
        storm(builder -> builder);
    }

    @Test
    void errors_thirtyPercent_serving() {
        chaos.errors(RATE);
        storm(builder -> builder.onFailure(OnFailure.SERVE));
    }

    @Test
    void errors_thirtyPercent_withFallback() {
        chaos.errors(RATE);
        storm(builder -> builder.breaker(2, ofSeconds(5)).fallback("heap"));
    }

    @Test
    void transientErrors_thirtyPercent() {
        chaos.transientErrors(RATE);
        storm(builder -> builder);
    }

    @Test
    void corruptReads_thirtyPercent() {
        chaos.corruptReads(RATE).errors(0.01);
        storm(builder -> builder);
    }

    @Test
    void hangs_thirtyPercent() {
        chaos.hangs(RATE);
        storm(ChaosContract::limited);
    }

    @Test
    void hangs_thirtyPercent_serving() {
        chaos.hangs(RATE);
        storm(builder -> limited(builder).onFailure(OnFailure.SERVE));
    }

    @Test
    void errorsHangsAndCorruptReads_thirtyPercent() {
        everything();
        storm(ChaosContract::limited);
    }

    @Test
    void errorsHangsAndCorruptReads_thirtyPercent_serving() {
        everything();
        storm(builder -> limited(builder).onFailure(OnFailure.SERVE));
    }

    @Test
    void errorsHangsAndCorruptReads_thirtyPercent_withFallback() {
        everything();
        storm(builder -> limited(builder).breaker(2, ofSeconds(5)).fallback("heap"));
    }

    private void everything() {
        chaos.errors(RATE / 3).hangs(RATE / 3).corruptReads(RATE / 3);
    }

    private static CacheBuilder limited(CacheBuilder builder) {
        return builder.operationTimeout(LIMIT);
    }
}
