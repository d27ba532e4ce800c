package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.Cache;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.CacheStats;
import io.github.twatcache.stats.MissReason;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Contract 4.7: a value that has expired is served only where computing it fails, as long as it is kept. */
@Contract("4.7 the source is down")
public abstract class FailSafeContract extends FreshnessFixture {
    /** Makes a contract. */
    protected FailSafeContract() {}

    @Test
    void failSafe_expired_computingFails_staleServed_throttled() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        var cached = memoized(fresh().expireAfterWrite(MINUTE).failSafe(HOUR).failSafeThrottle(Duration.ofSeconds(5)));
        cached.apply("k");
        ticker.advance(MINUTE);
        assertThat(cached.peek("k").present()).isFalse();
        failure = new IOException("down");
        assertThat(cached.apply("k")).isEqualTo("k1");
        assertThat(calls).hasValue(2);
        ticker.advance(Duration.ofSeconds(5).minus(TICK));
        assertThat(cached.apply("k")).isEqualTo("k1");
        assertThat(calls).hasValue(2);
        ticker.advance(TICK);
        assertThat(cached.apply("k")).isEqualTo("k1");
        assertThat(calls).hasValue(3);
        failure = null;
        ticker.advance(Duration.ofSeconds(5));
        assertThat(cached.apply("k")).isEqualTo("k4");
        assertThat(cached.peek("k").value()).isEqualTo("k4");
        assertThat(tasks.waiting()).isZero();
        CacheStats stats = stats();
        assertThat(stats.staleServed()).isEqualTo(3);
        assertThat(stats.loadFailures()).isEqualTo(2);
        assertThat(stats.missCount(MissReason.EXPIRED)).isEqualTo(3);
        assertThat(stats.hits()).isEqualTo(1);
    }

    @Test
    void failSafe_keptNoLongerThanAsked() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        var cached = memoized(fresh().expireAfterWrite(MINUTE).failSafe(HOUR));
        cached.apply("k");
        failure = new IOException("down");
        ticker.advance(MINUTE.plus(HOUR).minus(TICK));
        assertThat(cached.apply("k")).isEqualTo("k1");
        ticker.advance(TICK);
        assertThatThrownBy(() -> cached.apply("k")).isSameAs(failure);
    }

    @Test
    void failSafe_nothingKept_exceptionAsItIs() {
        if (refuses(Trait.STALE)) {
            return;
        }
        var cached = memoized(fresh().expireAfterWrite(MINUTE).failSafe(HOUR));
        failure = new IOException("down");
        assertThatThrownBy(() -> cached.apply("k")).isSameAs(failure);
        assertThat(stats().staleServed()).isZero();
    }

    @Test
    void failSafe_error_isThrown() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache = fresh().expireAfterWrite(MINUTE)
                .failSafe(HOUR)
                .types(String.class, String.class)
                .build();
        cache.put("k", "v");
        ticker.advance(MINUTE);
        assertThatThrownBy(() -> cache.get("k", key -> {
                    throw new AssertionError("a bug");
                }))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void failSafe_removedWhileComputing_staleIsNoAnswer() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        CountDownLatch computing = new CountDownLatch(1);
        CountDownLatch removed = new CountDownLatch(1);
        Cache<String, String> cache = fresh().expireAfterWrite(MINUTE)
                .failSafe(HOUR)
                .types(String.class, String.class)
                .build();
        cache.put("k", "old");
        ticker.advance(MINUTE);
        Actor<String> owner = Actor.start(() -> cache.get("k", key -> {
            computing.countDown();
            Actor.await(removed);
            throw new IOException("down");
        }));
        Actor.await(computing);
        cache.remove("k");
        removed.countDown();
        assertThat(owner.failure()).isInstanceOf(IOException.class);
        assertThat(cache.get("k", key -> "new")).isEqualTo("new");
    }

    @Test
    void failSafe_whoWaitsForTheFailingLoad_getsTheStaleValueToo() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        Gate gate = new Gate();
        Cache<String, String> cache = fresh().expireAfterWrite(MINUTE)
                .failSafe(HOUR)
                .types(String.class, String.class)
                .build();
        cache.put("k", "old");
        ticker.advance(MINUTE);
        Fn1<String, String, IOException> failing = key -> {
            gate.pass("");
            throw new IOException("down");
        };
        Actor<String> owner = Actor.start(() -> cache.get("k", failing));
        gate.awaitLoader();
        Actor<String> joined = Actor.start(() -> cache.get("k", failing)).awaitWaiting();
        gate.open();
        assertThat(owner.result()).isEqualTo("old");
        assertThat(joined.result()).isEqualTo("old");
        assertThat(gate.runs()).isEqualTo(1);
    }

    @Test
    void failSafe_whoWaitsForAFailingRefresh_getsTheStaleValueToo() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Gate gate = new Gate();
        Cache<String, String> cache = fresh().refreshAfterWrite(MINUTE)
                .expireAfterWrite(HOUR)
                .failSafe(HOUR)
                .types(String.class, String.class)
                .build();
        cache.put("k", "old");
        ticker.advance(MINUTE);
        Fn1<String, String, IOException> failing = key -> {
            gate.pass("");
            throw new IOException("down");
        };
        Actor<String> first = Actor.start(() -> cache.get("k", failing));
        assertThat(first.result()).isEqualTo("old");
        Actor<Integer> background = Actor.start(tasks::run);
        gate.awaitLoader();
        ticker.advance(HOUR);
        Actor<String> joined = Actor.start(() -> cache.get("k", failing)).awaitWaiting();
        gate.open();
        background.result();
        assertThat(joined.result()).isEqualTo("old");
        assertThat(gate.runs()).isEqualTo(1);
    }

    @Test
    void failSafe_putEndsTheThrottle() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache = fresh().expireAfterWrite(MINUTE)
                .failSafe(HOUR)
                .failSafeThrottle(HOUR)
                .types(String.class, String.class)
                .build();
        cache.put("k", "1");
        ticker.advance(MINUTE);
        failure = new IOException("down");
        assertThat(cache.get("k", this::next)).isEqualTo("1");
        cache.put("k", "2");
        ticker.advance(MINUTE);
        failure = null;
        assertThat(cache.get("k", this::next)).isEqualTo("k2");
    }

    @Test
    void failSafe_withCachedFailures_staleIsServed() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        var cached = memoized(fresh().expireAfterWrite(MINUTE)
                .failSafe(HOUR)
                .failSafeThrottle(TICK)
                .cacheFailures(IOException.class, MINUTE));
        cached.apply("k");
        ticker.advance(MINUTE);
        failure = new IOException("down");
        assertThat(cached.apply("k")).isEqualTo("k1");
        ticker.advance(TICK);
        assertThat(cached.apply("k")).isEqualTo("k1");
        assertThat(calls).hasValue(2);
    }

    @Test
    void expireAfterAccess_withAnyOfThem_refusedNamingBoth() {
        if (refuses(Trait.STALE)) {
            return;
        }
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> memoized(fresh().expireAfterAccess(HOUR).failSafe(HOUR)))
                .withMessageContaining("fail-safe")
                .withMessageContaining("expire-after-access");
    }
}
