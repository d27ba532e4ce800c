package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.twatcache.Cache;
import io.github.twatcache.Counters;
import io.github.twatcache.Keep;
import io.github.twatcache.error.ValueException;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.CacheStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Counting is one atomic step, defined at the ends of the range, and leaves a counter's lifetime alone. */
@Contract("§3 counters")
public abstract class CountersContract extends EngineContract {
    /** Makes a contract. */
    protected CountersContract() {}

    private Cache<String, Long> longs() {
        return cache().types(String.class, Long.class).build();
    }

    private boolean refused() {
        return refuses(Trait.COUNTERS, () -> Counters.of(longs()));
    }

    @Test
    void add_absent_countsFromTheInitialValue() {
        if (refused()) {
            return;
        }
        Cache<String, Long> cache = longs();
        Counters<String> counters = Counters.of(cache);
        assertThat(counters.increment("a")).isEqualTo(1);
        assertThat(counters.increment("a")).isEqualTo(2);
        assertThat(counters.decrement("b")).isEqualTo(-1);
        assertThat(counters.add("c", 5, 100)).isEqualTo(105);
        assertThat(counters.add("c", 5, 100)).isEqualTo(110);
        assertThat(counters.add("d", 0)).isZero();
        assertThat(cache.getIfPresent("a")).isEqualTo(2);
        assertThat(cache.getIfPresent("c")).isEqualTo(110);
        assertThat(cache.size()).isEqualTo(4);
    }

    @Test
    void addIfPresent_absent_changesNothing() {
        if (refused()) {
            return;
        }
        Cache<String, Long> cache = longs();
        Counters<String> counters = Counters.of(cache);
        assertThat(counters.addIfPresent("a", 3)).isEmpty();
        assertThat(cache.contains("a")).isFalse();
        cache.put("a", 40L);
        assertThat(counters.addIfPresent("a", 2)).isEqualTo(OptionalLong.of(42));
        cache.remove("a");
        assertThat(counters.addIfPresent("a", 2)).isEmpty();
    }

    @Test
    void add_null_refused() {
        if (refused()) {
            return;
        }
        Cache<String, Long> cache = longs();
        Counters<String> counters = Counters.of(cache);
        assertThatNullPointerException().isThrownBy(() -> counters.increment(nothing()));
        cache.put("a", nothing());
        assertThatExceptionOfType(ValueException.class).isThrownBy(() -> counters.increment("a"));
        assertThat(cache.peek("a").present()).isTrue();
        assertThat(cache.getIfPresent("a")).isNull();
    }

    @Test
    void add_beyondTheRange_throwsAndLeavesTheCounter() {
        if (refused()) {
            return;
        }
        Cache<String, Long> cache = longs();
        Counters<String> counters = Counters.of(cache);
        cache.put("secret key", Long.MAX_VALUE - 1);
        assertThat(counters.increment("secret key")).isEqualTo(Long.MAX_VALUE);
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> counters.increment("secret key"))
                .withMessageContaining(cache.name())
                .withMessageNotContaining("secret");
        assertThat(cache.getIfPresent("secret key")).isEqualTo(Long.MAX_VALUE);
        assertThat(counters.add("secret key", Long.MIN_VALUE)).isEqualTo(-1);
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> counters.addIfPresent("secret key", Long.MIN_VALUE));
        assertThat(cache.getIfPresent("secret key")).isEqualTo(-1);
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> counters.add("new", 1, Long.MAX_VALUE));
        assertThat(cache.contains("new")).isFalse();
    }

    @Test
    void add_byManyThreads_sumIsExact() {
        if (refused()) {
            return;
        }
        Cache<String, Long> cache = longs();
        List<Actor<Long>> actors = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int delta = t + 1;
            actors.add(Actor.start(() -> {
                Counters<String> counters = Counters.of(cache);
                long last = 0;
                for (int i = 0; i < 500; i++) {
                    last = counters.add("n", delta);
                }
                return last;
            }));
        }
        long greatest = actors.stream().mapToLong(Actor::result).max().orElseThrow();
        assertThat(cache.getIfPresent("n")).isEqualTo(500 * (1 + 2 + 3 + 4));
        assertThat(greatest).as("the last to add sees the sum").isEqualTo(5_000);
    }

    @Test
    void add_lifetime_keptAndThenAnew() {
        if (refused() || !claims(Trait.PER_ENTRY_EXPIRY)) {
            return;
        }
        Cache<String, Long> cache =
                cache().perEntryExpiry().types(String.class, Long.class).build();
        Counters<String> counters = Counters.of(cache);
        cache.put("a", 7L, Keep.lasting(Duration.ofMinutes(10)));
        ticker.advance(Duration.ofMinutes(4));
        assertThat(counters.increment("a")).isEqualTo(8);
        assertThat(cache.expiresIn("a")).contains(Duration.ofMinutes(6));
        ticker.advance(Duration.ofMinutes(6));
        assertThat(counters.addIfPresent("a", 1)).isEmpty();
        assertThat(counters.increment("a")).isEqualTo(1);
        assertThat(cache.expiresIn("a")).isEmpty();
    }

    @Test
    void add_lifetimeOfTheCache_endsWhenItWasSaidTo() {
        if (refused() || !claims(Trait.EXPIRE_AFTER_WRITE)) {
            return;
        }
        Cache<String, Long> cache = cache().expireAfterWrite(Duration.ofMinutes(1))
                .types(String.class, Long.class)
                .build();
        Counters<String> counters = Counters.of(cache);
        for (int second = 0; second < 60; second++) {
            assertThat(counters.increment("in this minute")).isEqualTo(second + 1);
            ticker.advance(Duration.ofSeconds(1));
        }
        assertThat(counters.increment("in this minute")).isEqualTo(1);
    }

    @Test
    void add_whileALoadRuns_theLoadIsNotStored() {
        if (refused()) {
            return;
        }
        Cache<String, Long> cache = longs();
        Gate gate = new Gate();
        Actor<Long> owner = Actor.start(() -> cache.get("n", key -> gate.pass(1_000L)));
        gate.awaitLoader();
        assertThat(Counters.of(cache).increment("n")).isEqualTo(1);
        assertThat(cache.get("n", key -> 77L)).isEqualTo(1);
        gate.open();
        assertThat(owner.result()).isEqualTo(1_000);
        assertThat(cache.getIfPresent("n")).isEqualTo(1);
    }

    @Test
    void add_statistics_addUp() {
        if (refused() || !claims(Trait.REMOVALS)) {
            return;
        }
        Cache<String, Long> cache =
                cache().statistics().types(String.class, Long.class).build();
        Counters<String> counters = Counters.of(cache);
        for (int i = 0; i < 30; i++) {
            counters.increment("k" + i % 10);
        }
        counters.addIfPresent("absent", 1);
        CacheStats stats = cache.stats();
        assertThat(stats.puts() - stats.removalCount()).isEqualTo(cache.size());
    }

    @Test
    void add_afterClose_illegalState() {
        if (refused()) {
            return;
        }
        Cache<String, Long> cache = longs();
        Counters<String> counters = Counters.of(cache);
        cache.close();
        assertThatIllegalStateException().isThrownBy(() -> counters.increment("a"));
        assertThatIllegalStateException().isThrownBy(() -> Counters.of(cache));
    }
}
