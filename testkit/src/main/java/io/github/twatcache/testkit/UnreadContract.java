package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.CacheStats;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Contract 4.7: a value that is due is computed anew though nobody asks for it, where that was asked for. */
@Contract("4.7 refreshed unread")
public abstract class UnreadContract extends EngineContract {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration PERIOD = Duration.ofSeconds(10);

    /** So many are begun in one round. */
    private static final int BEGUN = 64;

    private final Tasks tasks = new Tasks();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile @Nullable IOException failure;
    private @Nullable TwatCache instance;

    /** Makes a contract. */
    protected UnreadContract() {}

    @AfterEach
    final void closeInstance() {
        if (instance != null) {
            instance.close();
        }
    }

    private CacheBuilder unread() {
        if (instance == null) {
            instance = builder().executor(tasks).open();
        }
        return cacheIn(instance, "unread").statistics().refreshUnread(PERIOD);
    }

    private Cache<String, String> minutely() {
        return unread().refreshAfterWrite(MINUTE)
                .expireAfterWrite(HOUR)
                .types(String.class, String.class)
                .build();
    }

    private String next(String key) throws IOException {
        int call = calls.incrementAndGet();
        IOException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        return key + call;
    }

    private CacheStats stats() {
        return there(instance).stats().total();
    }

    /** The alarm looks at a clock that is moved by hand now and then. */
    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as("waited in vain").isNegative();
            Thread.onSpinWait();
        }
    }

    /** Lets time pass until there is a round, and runs it with all that it begins. */
    private void roundAfter(Duration time) {
        ticker.advance(time);
        await(() -> tasks.waiting() > 0);
        tasks.run();
    }

    @Test
    void due_nobodyAsks_computedAnewOnce_notBefore() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache = minutely();
        assertThat(cache.get("k", this::next)).isEqualTo("k1");
        cache.put("put by hand", "v");
        roundAfter(PERIOD);
        assertThat(calls).hasValue(1);
        // A clock that jumps brings one round, whatever it has passed over.
        roundAfter(MINUTE.plus(PERIOD.multipliedBy(3)));
        assertThat(calls).hasValue(2);
        assertThat(cache.getIfPresent("k")).isEqualTo("k2");
        assertThat(stats().earlyRefreshes()).isEqualTo(1);
        roundAfter(PERIOD);
        assertThat(calls).hasValue(2);
        roundAfter(MINUTE);
        assertThat(cache.getIfPresent("k")).isEqualTo("k3");
        assertThat(cache.peek("put by hand").value()).isEqualTo("v");
    }

    @Test
    void failing_valueStays_triedAgainAfterTheThrottle() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache = unread().refreshAfterWrite(MINUTE)
                .expireAfterWrite(HOUR)
                .failSafeThrottle(MINUTE)
                .types(String.class, String.class)
                .build();
        cache.get("k", this::next);
        failure = new IOException("down");
        roundAfter(MINUTE.plus(PERIOD));
        assertThat(calls).hasValue(2);
        assertThat(stats().backgroundFailures()).isEqualTo(1);
        assertThat(cache.peek("k").value()).isEqualTo("k1");
        failure = null;
        roundAfter(PERIOD);
        assertThat(calls).hasValue(2);
        roundAfter(MINUTE);
        assertThat(cache.getIfPresent("k")).isEqualTo("k3");
    }

    @Test
    void executorTakesNoMore_counted_triedByTheNextRound() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache = minutely();
        cache.get("k", this::next);
        tasks.full(true);
        ticker.advance(MINUTE.plus(PERIOD));
        await(() -> stats().refused() > 0);
        assertThat(calls).hasValue(1);
        tasks.full(false);
        roundAfter(PERIOD);
        assertThat(cache.getIfPresent("k")).isEqualTo("k2");
    }

    @Test
    void removed_notComputedForNobody() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache = minutely();
        cache.get("k", this::next);
        cache.get("other", this::next);
        cache.remove("k");
        roundAfter(MINUTE.plus(PERIOD));
        assertThat(cache.contains("k")).isFalse();
        assertThat(cache.getIfPresent("other")).isEqualTo("other3");
        assertThat(calls).hasValue(3);
    }

    @Test
    void manyDue_soManyInARound_theRestInTheNext() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache = minutely();
        int keys = BEGUN + 10;
        for (int i = 0; i < keys; i++) {
            cache.get("k" + i, this::next);
        }
        roundAfter(MINUTE.plus(PERIOD));
        assertThat(calls).hasValue(keys + BEGUN);
        roundAfter(PERIOD);
        assertThat(calls).hasValue(2 * keys);
    }

    @Test
    void closed_roundThatWaits_computesNothing() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        minutely().get("k", this::next);
        ticker.advance(MINUTE.plus(PERIOD));
        await(() -> tasks.waiting() > 0);
        there(instance).close();
        assertThat(tasks.run()).isEqualTo(1);
        assertThat(calls).hasValue(1);
    }

    @Test
    void nothingThatMakesValuesDue_refused() {
        if (refuses(Trait.STALE)) {
            return;
        }
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> unread().expireAfterWrite(HOUR)
                        .types(String.class, String.class)
                        .build())
                .withMessageContaining("refresh-unread")
                .withMessageContaining("refresh-after-write");
    }

    /** As where there are no more threads to be had: one round is lost, and not all that come after it. */
    @Test
    void executorThrowsAnErrorOnce_triedByTheNextRound() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache = minutely();
        cache.get("k", this::next);
        tasks.breaks(new OutOfMemoryError("unable to create native thread"));
        ticker.advance(MINUTE.plus(PERIOD));
        await(() -> stats().refused() > 0);
        roundAfter(PERIOD);
        assertThat(cache.getIfPresent("k")).isEqualTo("k2");
    }
}
