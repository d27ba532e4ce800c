package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.Cache;
import io.github.twatcache.Cached1;
import io.github.twatcache.Keep;
import io.github.twatcache.Lookup;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.RemovalCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Contract 4.10: what every engine decides alike. An update starts a new life, a load counts as a put, listeners run
 * outside all locks and their exceptions go no further, what was not asked for is an error that names the setting.
 */
@Contract("4.10 decided once")
public abstract class DecidedOnceContract extends EngineContract {
    private static final Duration LIFE = Duration.ofSeconds(10);
    private static final Duration HALF = Duration.ofSeconds(5);
    private static final Duration TICK = Duration.ofNanos(1);

    /** Makes a contract. */
    protected DecidedOnceContract() {}

    @Test
    void update_ofAnyKind_startsNewLife() {
        if (refuses(Trait.EXPIRE_AFTER_WRITE)) {
            return;
        }
        Cache<String, String> cache =
                cache().expireAfterWrite(LIFE).types(String.class, String.class).build();
        List<Runnable> updates = List.of(
                () -> cache.put("k", "v"),
                () -> cache.replace("k", "v"),
                () -> cache.replace("k", "v", "v"),
                () -> cache.compute("k", (key, now) -> now),
                () -> cache.asMap().put("k", "v"),
                () -> cache.asMap().merge("k", "v", (a, b) -> b));
        for (int i = 0; i < updates.size(); i++) {
            cache.put("k", "v");
            ticker.advance(HALF);
            updates.get(i).run();
            ticker.advance(LIFE.minus(TICK));
            assertThat(cache.getIfPresent("k")).as("update %s", i).isEqualTo("v");
            assertThat(cache.expiresIn("k")).contains(TICK);
            ticker.advance(TICK);
            assertThat(cache.getIfPresent("k")).isNull();
            assertThat(cache.size()).isZero();
        }
    }

    @Test
    void load_countsAsPut_livesFromItsEnd() {
        if (refuses(Trait.EXPIRE_AFTER_WRITE)) {
            return;
        }
        AtomicInteger runs = new AtomicInteger();
        Cached1<String, Integer, RuntimeException> slow = cache().expireAfterWrite(LIFE)
                .memoize((String key) -> {
                    ticker.advance(HALF);
                    return runs.incrementAndGet();
                });
        assertThat(slow.apply("k")).isEqualTo(1);
        ticker.advance(LIFE.minus(TICK));
        assertThat(slow.apply("k")).isEqualTo(1);
        ticker.advance(TICK);
        assertThat(slow.peek("k").present()).isFalse();
        assertThat(slow.apply("k")).isEqualTo(2);
    }

    @Test
    @SuppressWarnings("NullAway") // it does not see that the lifetime's type argument is nullable
    void expireAfter_perResult_eachItsOwn() {
        if (refuses(Trait.PER_ENTRY_EXPIRY)) {
            return;
        }
        Cached1<Integer, Integer, RuntimeException> timed = cache().memoize(
                        (Integer seconds) -> seconds,
                        options -> options.expireAfter(
                                (seconds, result) -> seconds == 0 ? null : Duration.ofSeconds(seconds)));
        timed.apply(0);
        timed.apply(1);
        timed.apply(2);
        timed.apply(-1);
        assertThat(timed.size()).as("a lifetime of zero or less is not stored").isEqualTo(3);
        ticker.advance(Duration.ofSeconds(1));
        assertThat(timed.isCached(1)).isFalse();
        assertThat(timed.isCached(2)).isTrue();
        ticker.advance(Duration.ofDays(1));
        assertThat(timed.isCached(2)).isFalse();
        assertThat(timed.isCached(0)).isTrue();
    }

    @Test
    void keep_ownLifetime_readTouchedDropped() {
        if (refuses(Trait.PER_ENTRY_EXPIRY)) {
            return;
        }
        Cache<String, String> cache =
                cache().perEntryExpiry().types(String.class, String.class).build();
        cache.put("k", "v", Keep.lasting(LIFE));
        ticker.advance(HALF);
        assertThat(cache.expiresIn("k")).contains(HALF);
        assertThat(cache.expireIn("k", LIFE)).isTrue();
        assertThat(cache.expiresIn("k")).contains(LIFE);
        assertThat(cache.keepForEver("k")).isTrue();
        assertThat(cache.expiresIn("k")).isEmpty();
        ticker.advance(Duration.ofDays(10_000));
        assertThat(cache.getIfPresent("k")).isEqualTo("v");
        assertThat(cache.expireIn("other", LIFE)).isFalse();
        assertThat(cache.keepForEver("other")).isFalse();
    }

    @Test
    void jitter_shortensWithinItsFraction() {
        if (refuses(Trait.PER_ENTRY_EXPIRY) || refuses(Trait.EXPIRE_AFTER_WRITE)) {
            return;
        }
        Cache<Integer, Integer> cache = cache().expireAfterWrite(LIFE)
                .expiryJitter(0.5)
                .types(Integer.class, Integer.class)
                .build();
        for (int i = 0; i < 200; i++) {
            cache.put(i, i);
        }
        List<Duration> lives = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            lives.add(cache.expiresIn(i).orElseThrow());
        }
        assertThat(lives).allSatisfy(life -> assertThat(life).isBetween(HALF, LIFE));
        assertThat(Set.copyOf(lives)).hasSizeGreaterThan(100);
        assertThat(lives).anyMatch(life -> life.compareTo(LIFE.multipliedBy(7).dividedBy(10)) < 0);
    }

    @Test
    void notAskedFor_namesTheSetting() {
        Cache<String, String> cache = cache().types(String.class, String.class).build();
        cache.put("k", "v");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> cache.put("k", "w", Keep.lasting(LIFE)))
                .withMessageContaining("per-entry-expiry");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> cache.expireIn("k", LIFE))
                .withMessageContaining("per-entry-expiry");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> cache.put("k", "w", Keep.under("tag")))
                .withMessageContaining("tags");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> cache.invalidateTag("tag"))
                .withMessageContaining("tags");
        assertThat(cache.getIfPresent("k")).isEqualTo("v");
    }

    @Test
    void listener_eachRemoval_toldOnceWithCause() {
        if (!claims(Trait.REMOVALS)) {
            return;
        }
        List<String> told = new CopyOnWriteArrayList<>();
        Cache<String, String> cache = cache().types(String.class, String.class)
                .onRemoval((key, value, cause) -> told.add(key + "=" + value + " " + cause))
                .build();
        cache.put("a", "1");
        cache.put("a", "2");
        cache.remove("a");
        cache.put("b", "3");
        cache.clear();
        assertThat(told)
                .containsExactly(
                        "a=1 " + RemovalCause.REPLACED, "a=2 " + RemovalCause.EXPLICIT, "b=3 " + RemovalCause.EXPLICIT);
    }

    @Test
    void listener_usesTheCacheFromAnotherThread_noLockIsHeld() {
        if (!claims(Trait.REMOVALS)) {
            return;
        }
        List<Cache<String, String>> self = new CopyOnWriteArrayList<>();
        AtomicInteger told = new AtomicInteger();
        Cache<String, String> cache = cache().types(String.class, String.class)
                .onRemoval((key, value, cause) -> {
                    if (told.incrementAndGet() == 1) {
                        Cache<String, String> same = self.get(0);
                        Actor<String> other = Actor.start(() -> {
                            same.put(key, "other");
                            same.clear();
                            return same.get(key, missing -> "loaded");
                        });
                        assertThat(other.result()).isEqualTo("loaded");
                    }
                })
                .build();
        self.add(cache);
        cache.put("k", "first");
        cache.put("k", "second");
        assertThat(told.get()).isGreaterThanOrEqualTo(2);
        assertThat(cache.getIfPresent("k")).isEqualTo("loaded");
    }

    @Test
    void listener_throws_theRemovalIsDone() {
        if (!claims(Trait.REMOVALS)) {
            return;
        }
        Cache<String, String> cache = cache().types(String.class, String.class)
                .onRemoval((key, value, cause) -> {
                    throw new IllegalStateException("listener");
                })
                .build();
        cache.put("k", "first");
        cache.put("k", "second");
        assertThat(cache.remove("k")).isTrue();
        assertThat(cache.size()).isZero();
    }

    @Test
    void compute_byManyThreads_noUpdateLost() {
        Cache<String, Integer> cache =
                cache().types(String.class, Integer.class).build();
        // A write to a file costs a hundred times one to the heap.
        int each = claims(Trait.PERSISTENT) ? 500 : 2_000;
        cache.put("n", 0);
        List<Actor<Integer>> actors = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            boolean view = t % 2 == 0;
            actors.add(Actor.start(() -> {
                for (int i = 0; i < each; i++) {
                    if (view) {
                        cache.asMap().merge("n", 1, Integer::sum);
                    } else {
                        cache.compute("n", (key, now) -> Lookup.found(now.value() + 1));
                    }
                }
                return 1;
            }));
        }
        actors.forEach(Actor::result);
        assertThat(cache.getIfPresent("n")).isEqualTo(4 * each);
    }

    @Test
    void iteration_live_andImmutable() {
        Cache<String, Integer> cache =
                cache().types(String.class, Integer.class).build();
        cache.putAll(Map.of("a", 1, "b", 2, "c", 3));
        assertThat(cache.asMap()).isEqualTo(Map.of("a", 1, "b", 2, "c", 3));
        try (var entries = cache.entries()) {
            assertThat(entries.mapToInt(Map.Entry::getValue).sum()).isEqualTo(6);
        }
        int sum = 0;
        for (Map.Entry<String, Integer> entry : cache) {
            cache.remove(entry.getKey());
            sum += entry.getValue();
        }
        assertThat(sum).isEqualTo(6);
        assertThat(cache.size()).isZero();
    }

    @Test
    void storeIf_false_returnedAndNotStored() {
        Cached1<Integer, Integer, RuntimeException> even =
                cache().memoize((Integer n) -> n, options -> options.storeIf((n, result) -> result % 2 == 0));
        assertThat(even.apply(1)).isEqualTo(1);
        assertThat(even.apply(2)).isEqualTo(2);
        assertThat(even.isCached(1)).isFalse();
        assertThat(even.isCached(2)).isTrue();
        assertThat(even.stats().unstoredCount()).isEqualTo(1);
    }

    @Test
    void tags_ofEntries_takeExactlyTheirCarriers() {
        if (refuses(Trait.TAGS)) {
            return;
        }
        Cached1<Integer, Integer, RuntimeException> tagged = cache().tags("all")
                .memoize((Integer n) -> n * n, options -> options.tags((n, result) -> List.of("mod " + n % 3)));
        for (int i = 0; i < 9; i++) {
            tagged.apply(i);
        }
        assertThat(tagged.invalidateTag("mod 1")).isEqualTo(3);
        assertThat(tagged.isCached(4)).isFalse();
        assertThat(tagged.isCached(5)).isTrue();
        assertThat(tagged.invalidateTag("all")).isEqualTo(6);
        assertThat(tagged.size()).isZero();
    }

    @Test
    void pop_anEntry_takenOnce() {
        Cache<String, String> cache = cache().types(String.class, String.class).build();
        assertThat(cache.pop("k")).isEqualTo(Lookup.absent());
        cache.put("k", "v");
        assertThat(cache.contains("k")).isTrue();
        assertThat(cache.pop("k")).isEqualTo(Lookup.found("v"));
        assertThat(cache.contains("k")).isFalse();
        assertThat(cache.pop("k").present()).isFalse();
        cache.put("null", nothing());
        assertThat(cache.contains("null")).isTrue();
        assertThat(cache.pop("null")).isEqualTo(Lookup.found(nothing()));
        assertThat(cache.size()).isZero();
    }

    @Test
    void pop_byManyThreads_eachEntryToOne() {
        Cache<Integer, Integer> cache =
                cache().types(Integer.class, Integer.class).build();
        for (int i = 0; i < 100; i++) {
            cache.put(i, i);
        }
        List<Actor<Integer>> takers = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            takers.add(Actor.start(() -> {
                int taken = 0;
                for (int i = 0; i < 100; i++) {
                    taken += cache.pop(i).present() ? 1 : 0;
                }
                return taken;
            }));
        }
        assertThat(takers.stream().mapToInt(Actor::result).sum()).isEqualTo(100);
        assertThat(cache.size()).isZero();
    }

    @Test
    void pop_whileALoadRuns_theLoadIsNotStored() {
        Cache<String, String> cache = cache().types(String.class, String.class).build();
        Gate gate = new Gate();
        Actor<String> owner = Actor.start(() -> cache.get("k", key -> gate.pass("loaded")));
        gate.awaitLoader();
        assertThat(cache.putIfAbsent("k", "put")).isTrue();
        assertThat(cache.pop("k")).isEqualTo(Lookup.found("put"));
        gate.open();
        assertThat(owner.result()).isEqualTo("loaded");
        assertThat(cache.contains("k")).isFalse();
    }
}
