package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.Cache;
import io.github.twatcache.Keep;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.spi.Trait;
import org.junit.jupiter.api.Test;

/** Contract 4.7: a value that was made stale is nobody's but a call's that would have to compute: once more, while it is computed anew. */
@Contract("4.7 soft invalidation")
public abstract class SoftInvalidationContract extends FreshnessFixture {
    /** Makes a contract. */
    protected SoftInvalidationContract() {}

    @Test
    void invalidateSoftly_servedStale_computedOnce() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        var cached = memoized(fresh().keepStale());
        cached.apply("k");
        assertThat(cached.invalidateSoftly("k")).isTrue();
        assertThat(cached.isCached("k")).isFalse();
        assertThat(cached.peek("k").present()).isFalse();
        assertThat(cached.size()).isZero();
        assertThat(cached.apply("k")).isEqualTo("k1");
        assertThat(cached.apply("k")).isEqualTo("k1");
        assertThat(tasks.run()).isEqualTo(1);
        assertThat(cached.apply("k")).isEqualTo("k2");
        assertThat(stats().staleServed()).isEqualTo(2);
        assertThat(cached.invalidateSoftly("absent")).isFalse();
    }

    @Test
    void invalidateSoftly_duringLoad_loadIsNotStoredAsFresh() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Gate gate = new Gate();
        Cache<String, String> cache =
                fresh().keepStale().types(String.class, String.class).build();
        Actor<String> owner = Actor.start(() -> cache.get("k", key -> gate.pass("old")));
        gate.awaitLoader();
        assertThat(cache.invalidateSoftly("k")).isFalse();
        gate.open();
        assertThat(owner.result()).isEqualTo("old");
        assertThat(cache.peek("k").present()).isFalse();
        assertThat(cache.get("k", key -> "new")).isEqualTo("new");
    }

    @Test
    void invalidateSoftly_whileTheBackgroundComputes_computedOnceMore() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Gate gate = new Gate();
        Cache<String, String> cache =
                fresh().keepStale().types(String.class, String.class).build();
        cache.put("k", "1");
        cache.invalidateSoftly("k");
        assertThat(cache.get("k", key -> gate.pass("2"))).isEqualTo("1");
        Actor<Integer> background = Actor.start(tasks::run);
        gate.awaitLoader();
        cache.invalidateSoftly("k");
        gate.open();
        background.result();
        assertThat(cache.peek("k").present()).isFalse();
        assertThat(cache.get("k", key -> "3")).isEqualTo("1");
        assertThat(tasks.run()).isEqualTo(1);
        assertThat(cache.getIfPresent("k")).isEqualTo("3");
    }

    @Test
    void invalidateSoftly_byTagAndAll() {
        if (refuses(Trait.STALE) || refuses(Trait.TAGS)) {
            return;
        }
        Cache<String, String> cache =
                fresh().keepStale().tags().types(String.class, String.class).build();
        cache.put("a", "1", Keep.under("red"));
        cache.put("b", "1");
        assertThat(cache.invalidateTagSoftly("red")).isEqualTo(1);
        assertThat(cache.get("a", key -> "2")).isEqualTo("1");
        assertThat(cache.get("b", key -> "2")).isEqualTo("1");
        assertThat(tasks.run()).isEqualTo(1);
        assertThat(cache.getIfPresent("a")).isEqualTo("2");
        assertThat(cache.invalidateAllSoftly()).isEqualTo(2);
        assertThat(cache.size()).isZero();
        assertThat(cache.get("b", key -> "3")).isEqualTo("1");
        assertThat(tasks.run()).isEqualTo(1);
        assertThat(cache.getIfPresent("b")).isEqualTo("3");
    }

    @Test
    void invalidateSoftly_notAskedFor_refusedNamingTheSetting() {
        Cache<String, String> cache =
                cacheIn(instance(), "fresh").types(String.class, String.class).build();
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> cache.invalidateSoftly("k"))
                .withMessageContaining("keepStale()");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> cache.invalidateTagSoftly("t"))
                .withMessageContaining("keepStale()");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(cache::invalidateAllSoftly)
                .withMessageContaining("keepStale()");
    }
}
