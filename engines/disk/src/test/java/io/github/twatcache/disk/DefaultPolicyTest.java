package io.github.twatcache.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Maintenance;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Sources;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who leaves a full cache that was given no policy. */
class DefaultPolicyTest {
    @TempDir
    Path directory;

    private TwatCache open() {
        return TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none())
                .directory(directory)
                .open();
    }

    private static Cache<Long, Integer> cache(TwatCache twat, UnaryOperator<CacheBuilder> settings) {
        return settings.apply(twat.disk("policy"))
                .types(Long.class, Integer.class)
                .build();
    }

    /** Asks for a key, and stores it where it is not there; says whether it was. */
    private static boolean hit(Cache<Long, Integer> cache, long key) {
        if (cache.getIfPresent(key) != null) {
            return true;
        }
        cache.put(key, 1);
        return false;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anySequence_asTheModel(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int maximum = List.of(1, 2, 7, 10, 25, 64, 100, 150).get((int) seed - 1);
        DefaultPolicyModel model = new DefaultPolicyModel(maximum);
        for (int opened = 0; opened < 3; opened++) {
            try (TwatCache twat = open()) {
                Cache<Long, Integer> cache = cache(twat, builder -> builder.maximumSize(maximum));
                for (int i = 0; i < 1_200; i++) {
                    long key = key(random, i, maximum);
                    int what = random.nextInt(40);
                    if (what == 0) {
                        cache.remove(key);
                        model.remove(key);
                    } else if (what == 1) {
                        cache.put(key, 1);
                        model.put(key, 1);
                    } else {
                        boolean expected = model.get(key);
                        assertThat(hit(cache, key))
                                .as("step %s, key %s", i, key)
                                .isEqualTo(expected);
                        if (!expected) {
                            model.put(key, 1);
                        }
                    }
                }
                assertThat(keys(cache)).isEqualTo(model.keys());
                assertThat(Maintenance.of(cache).check()).isEmpty();
            }
            model.forget();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void anyWeights_asTheModel(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DefaultPolicyModel model = new DefaultPolicyModel(200);
        try (TwatCache twat = open()) {
            Cache<Long, Integer> cache = twat.disk("policy")
                    .maximumWeight(200)
                    .types(Long.class, Integer.class)
                    .weigher((key, value) -> value)
                    .build();
            for (int i = 0; i < 1_500; i++) {
                long key = key(random, i, 60);
                boolean expected = model.get(key);
                assertThat(cache.getIfPresent(key) != null)
                        .as("step %s, key %s", i, key)
                        .isEqualTo(expected);
                if (!expected || random.nextInt(20) == 0) {
                    int weight = random.nextInt(30) == 0 ? 1 + random.nextInt(150) : 1 + random.nextInt(6);
                    cache.put(key, weight);
                    model.put(key, weight);
                }
                assertThat(cache.weight()).isLessThanOrEqualTo(200);
            }
            assertThat(keys(cache)).isEqualTo(model.keys());
            assertThat(Maintenance.of(cache).check()).isEmpty();
        }
    }

    /** Some keys more than others, then a loop, then keys that are wanted once. */
    private static long key(SplittableRandom random, int i, int maximum) {
        return switch (i / 150 % 3) {
            case 0 -> (long) (maximum * 3 * Math.pow(random.nextDouble(), 3));
            case 1 -> i % (maximum + maximum / 4 + 1);
            default -> random.nextInt(3) == 0 ? random.nextInt(maximum + 1) : 1_000_000 + i;
        };
    }

    private static Set<Long> keys(Cache<Long, Integer> cache) {
        Set<Long> keys = new HashSet<>();
        for (Map.Entry<Long, Integer> entry : cache) {
            keys.add(entry.getKey());
        }
        return keys;
    }

    @Test
    void scan_drivesOutNothingThatIsUsed() {
        try (TwatCache twat = open()) {
            Cache<Long, Integer> cache = cache(twat, builder -> builder.maximumSize(100));
            for (long key = 0; key < 200; key++) {
                hit(cache, 500_000 + key); // fills the cache with what nobody wants again
            }
            for (int round = 0; round < 3; round++) {
                for (long key = 0; key < 80; key++) {
                    hit(cache, key);
                }
            }
            for (long key = 0; key < 2_000; key++) {
                hit(cache, 1_000_000 + key);
            }
            for (long key = 0; key < 80; key++) {
                assertThat(hit(cache, key)).as("key %s", key).isTrue();
            }
        }
    }

    /** LRU answers nothing of it. */
    @Test
    void loopOverMoreThanFits_stillHits() {
        try (TwatCache twat = open()) {
            Cache<Long, Integer> cache = cache(twat, builder -> builder.maximumSize(100));
            int hits = 0;
            for (int i = 0; i < 12 * 120; i++) {
                hits += hit(cache, i % 120) ? 1 : 0;
            }
            // 89 of 120 in each round but the first: a main queue's worth, but for the one that was tried instead.
            assertThat(hits).isGreaterThan(11 * 85);
        }
    }

    @Test
    void anotherHotSet_takesThePlaceOfTheOld() {
        try (TwatCache twat = open()) {
            Cache<Long, Integer> cache = cache(twat, builder -> builder.maximumSize(100));
            for (int i = 0; i < 10 * 90; i++) {
                hit(cache, i % 90);
            }
            int hits = 0;
            for (int i = 0; i < 10 * 90; i++) {
                hits += hit(cache, 1_000 + i % 90) ? 1 : 0;
            }
            assertThat(hits).isGreaterThan(6 * 90);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LFU", "LRU", "FIFO", "RR", "NONE"})
    void afterAnotherPolicy_theLimitIsKept(String before) {
        fill(builder -> builder.maximumSize(100).policy(Policy.valueOf(before)), 0, 60);
        fill(builder -> builder.maximumSize(50).set(DiskSettings.OVERRIDE_SETTINGS, true), 1_000, 200);
        try (TwatCache twat = open()) {
            assertThat(cache(twat, builder -> builder.maximumSize(50)).size()).isEqualTo(50);
        }
    }

    @Test
    void limitThatComesLater_isKeptAndNewOnesMayStay() {
        fill(builder -> builder, 0, 120);
        fill(builder -> builder.maximumSize(50).set(DiskSettings.OVERRIDE_SETTINGS, true), 1_000, 20);
        try (TwatCache twat = open()) {
            Cache<Long, Integer> cache = cache(twat, builder -> builder.maximumSize(50));
            assertThat(cache.size()).isEqualTo(50);
            assertThat(keys(cache).stream().filter(key -> key >= 1_000)).hasSizeGreaterThanOrEqualTo(5);
        }
    }

    private void fill(UnaryOperator<CacheBuilder> settings, long from, int count) {
        try (TwatCache twat = open()) {
            Cache<Long, Integer> cache = cache(twat, settings);
            for (long key = from; key < from + count; key++) {
                hit(cache, key);
                hit(cache, key);
                hit(cache, from + key % 3);
            }
        }
    }
}
