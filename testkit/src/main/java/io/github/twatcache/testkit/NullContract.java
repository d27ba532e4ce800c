package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.twatcache.Cache;
import io.github.twatcache.Cached1;
import io.github.twatcache.Cached2;
import io.github.twatcache.Keep;
import io.github.twatcache.Lookup;
import io.github.twatcache.function.AsyncFn1;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.spi.Trait;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Contract 4.4: null is a value, found and kept like any other; the map view, as maps demand, does not see it. */
@Contract("4.4 null is a value")
@SuppressWarnings("NullAway") // it does not see that a type argument is nullable, which is what this contract is about
public abstract class NullContract extends EngineContract {
    private final AtomicInteger runs = new AtomicInteger();

    /** Makes a contract. */
    protected NullContract() {}

    private Cache<String, @Nullable String> cacheOfNulls() {
        return cache().build();
    }

    private @Nullable String none() {
        runs.incrementAndGet();
        return null;
    }

    @Test
    void put_null_found() {
        Cache<String, @Nullable String> cache = cacheOfNulls();
        cache.put("k", null);
        assertThat(cache.getIfPresent("k")).isNull();
        assertThat(cache.peek("k")).isEqualTo(Lookup.found(null));
        assertThat(cache.peek("other").present()).isFalse();
        assertThat(cache.size()).isEqualTo(1);
        assertThat(cache.getAllPresent(List.of("k", "other"))).containsOnlyKeys("k");
    }

    @Test
    void get_loaderReturnsNull_loadedOnce() {
        Cache<String, @Nullable String> cache = cacheOfNulls();
        assertThat(cache.get("k", key -> none())).isNull();
        assertThat(cache.get("k", key -> none())).isNull();
        assertThat(runs).hasValue(1);
    }

    @Test
    void memoize_resultNull_computedOnce() {
        Cached1<String, @Nullable String, RuntimeException> function = cache().memoize((String key) -> none());
        assertThat(function.apply("k")).isNull();
        assertThat(function.apply("k")).isNull();
        assertThat(function.isCached("k")).isTrue();
        assertThat(runs).hasValue(1);
    }

    @Test
    void memoize_argumentNull_aKeyLikeAnyOther() {
        Cached1<@Nullable String, String, RuntimeException> one =
                cache().memoize((@Nullable String key) -> "got " + key);
        assertThat(one.apply(null)).isEqualTo("got null");
        assertThat(one.apply("null")).isEqualTo("got null");
        assertThat(one.size()).isEqualTo(2);
        assertThat(one.invalidate(null)).isTrue();
        assertThat(one.isCached("null")).isTrue();
        Cached2<@Nullable String, @Nullable String, String, RuntimeException> two =
                cache("two").memoize((@Nullable String a, @Nullable String b) -> a + "," + b);
        assertThat(two.apply(null, "x")).isEqualTo("null,x");
        assertThat(two.apply("x", null)).isEqualTo("x,null");
        assertThat(two.apply(null, null)).isEqualTo("null,null");
        assertThat(two.size()).isEqualTo(3);
    }

    /** A loader is no value: whether one is refused must not depend on what is stored. */
    @Test
    void get_nullLoader_refusedThoughTheValueIsThere() {
        Cache<String, String> cache = cache().types(String.class, String.class).build();
        Fn1<String, String, RuntimeException> none = null;
        AsyncFn1<String, String> noStage = null;
        for (String key : List.of("absent", "there")) {
            assertThatNullPointerException()
                    .isThrownBy(() -> cache.get(key, none))
                    .withMessage("loader");
            assertThatNullPointerException()
                    .isThrownBy(() -> cache.async().get(key, noStage))
                    .withMessage("loader");
            cache.put("there", "v");
        }
        if (claims(Trait.PER_ENTRY_EXPIRY)) {
            Cache<String, String> kept = cache("kept")
                    .perEntryExpiry()
                    .types(String.class, String.class)
                    .build();
            kept.put("k", "v");
            assertThatNullPointerException()
                    .isThrownBy(() -> kept.get("k", Keep.lasting(Duration.ofMinutes(1)), none))
                    .withMessage("loader");
        }
    }

    @Test
    void compareAndSet_null_comparedLikeAnyOther() {
        Cache<String, @Nullable String> cache = cacheOfNulls();
        cache.put("k", null);
        assertThat(cache.putIfAbsent("k", "x")).isFalse();
        assertThat(cache.replace("k", "not this", "x")).isFalse();
        assertThat(cache.replace("k", null, "x")).isTrue();
        assertThat(cache.replace("k", "x", null)).isTrue();
        assertThat(cache.remove("k", "x")).isFalse();
        assertThat(cache.remove("k", null)).isTrue();
        assertThat(cache.replace("k", null)).isFalse();
    }

    @Test
    void compute_null_toldFromAbsent() {
        Cache<String, @Nullable String> cache = cacheOfNulls();
        assertThat(cache.compute("k", (key, now) -> Lookup.found(null))).isEqualTo(Lookup.found(null));
        assertThat(cache.compute("k", (key, now) -> now.present() ? Lookup.absent() : Lookup.found("wrong"))
                        .present())
                .isFalse();
        assertThat(cache.size()).isZero();
    }

    @Test
    void mapView_nullValue_invisible() {
        Cache<String, @Nullable String> cache = cacheOfNulls();
        cache.put("k", null);
        assertThat(cache.asMap().containsKey("k")).isFalse();
        assertThat(cache.asMap().get("k")).isNull();
        assertThat(cache.asMap().entrySet()).isEmpty();
        assertThat(cache.asMap().putIfAbsent("k", "x")).isNull();
        assertThat(cache.getIfPresent("k")).isEqualTo("x");
        assertThatNullPointerException().isThrownBy(() -> cache.asMap().put("k", null));
    }
}
