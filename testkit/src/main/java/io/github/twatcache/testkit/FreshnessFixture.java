package io.github.twatcache.testkit;

import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Cached1;
import io.github.twatcache.TwatCache;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.spi.ContextCarrier;
import io.github.twatcache.stats.CacheStats;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** What the contracts of freshness share: a background that runs when the test says so, and a function that counts its calls. */
abstract class FreshnessFixture extends EngineContract {
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Duration HOUR = Duration.ofHours(1);
    static final Duration TICK = Duration.ofNanos(1);

    final Tasks tasks = new Tasks();
    final AtomicInteger calls = new AtomicInteger();
    volatile @Nullable Exception failure;
    double chance;
    private @Nullable TwatCache instance;

    FreshnessFixture() {}

    final TwatCache instance() {
        if (instance == null) {
            instance = builder().executor(tasks).chance(() -> chance).open();
        }
        return instance;
    }

    /** Has the instance, which is still to be opened, carry a context. */
    final void with(ContextCarrier carrier) {
        instance = builder().executor(tasks).context(carrier).open();
    }

    @AfterEach
    final void closeInstance() {
        if (instance != null) {
            instance.close();
        }
    }

    final CacheBuilder fresh() {
        return cacheIn(instance(), "fresh").statistics();
    }

    /** What is computed: a number that tells how often; or the failure. */
    final String next(String key) throws Exception {
        int call = calls.incrementAndGet();
        Exception thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        return key + call;
    }

    final Cached1<String, String, Exception> memoized(CacheBuilder builder) {
        Fn1<String, String, Exception> function = this::next;
        return builder.memoize(function);
    }

    final CacheStats stats() {
        return instance().stats().total();
    }

    final String took(Duration time) {
        ticker.advance(time);
        return "v";
    }
}
