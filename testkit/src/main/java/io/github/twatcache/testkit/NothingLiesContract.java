package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Cached1;
import io.github.twatcache.config.Setting;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.Unstored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Contract 4.8 as far as it means something without files: what was stored is there, whole, until somebody takes it
 * away; what could not be stored has changed nothing.
 */
@Contract("4.8 nothing is lost, nothing lies")
public abstract class NothingLiesContract extends EngineContract {
    /** Makes a contract. */
    protected NothingLiesContract() {}

    @Test
    void put_byManyThreads_allThere() {
        Cache<Integer, Integer> cache =
                cache().types(Integer.class, Integer.class).build();
        int each = fewer(10_000, 500);
        List<Actor<Integer>> actors = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int base = t * each;
            actors.add(Actor.start(() -> {
                IntStream.range(base, base + each).forEach(i -> cache.put(i, -i));
                return 1;
            }));
        }
        actors.forEach(Actor::result);
        assertThat(cache.size()).isEqualTo(4L * each);
        assertThat(IntStream.range(0, 4 * each).allMatch(i -> cache.peek(i).value() == -i))
                .isTrue();
    }

    @Test
    void randomOperations_againstPlainMap_agree() {
        Cache<Integer, Integer> cache =
                cache().types(Integer.class, Integer.class).build();
        Map<Integer, Integer> model = new HashMap<>();
        SplittableRandom random = Seed.random();
        int steps = fewer(50_000, 10_000);
        for (int i = 0; i < steps; i++) {
            int key = random.nextInt(200);
            int value = random.nextInt(5);
            String step = "seed " + Seed.value() + ", step " + i;
            switch (random.nextInt(10)) {
                case 0 -> {
                    cache.put(key, value);
                    model.put(key, value);
                }
                case 1 ->
                    assertThat(cache.putIfAbsent(key, value)).as(step).isEqualTo(model.putIfAbsent(key, value) == null);
                case 2 -> assertThat(cache.replace(key, value)).as(step).isEqualTo(model.replace(key, value) != null);
                case 3 ->
                    assertThat(cache.replace(key, value, value + 1))
                            .as(step)
                            .isEqualTo(model.replace(key, value, value + 1));
                case 4 -> assertThat(cache.remove(key)).as(step).isEqualTo(model.remove(key) != null);
                case 5 -> assertThat(cache.remove(key, value)).as(step).isEqualTo(model.remove(key, value));
                case 6 ->
                    assertThat(cache.get(key, same -> value))
                            .as(step)
                            .isEqualTo(model.computeIfAbsent(key, same -> value));
                case 7 -> {
                    assertThat(cache.asMap().merge(key, value, Integer::sum))
                            .as(step)
                            .isEqualTo(model.merge(key, value, Integer::sum));
                }
                case 8 -> {
                    if (random.nextInt(500) == 0) {
                        cache.clear();
                        model.clear();
                    }
                    assertThat(cache.size()).as(step).isEqualTo(model.size());
                }
                default -> assertThat(cache.getIfPresent(key)).as(step).isEqualTo(model.get(key));
            }
        }
        assertThat(cache.asMap()).isEqualTo(model);
    }

    @Test
    void rule_thatThrows_valueReturnedAndOldOneStays() {
        Cached1<Integer, Integer, RuntimeException> ruled = cache().memoize(
                        (Integer n) -> n,
                        options -> options.storeIf((n, result) -> {
                            throw new IllegalStateException("rule");
                        }));
        assertThat(ruled.apply(1)).isEqualTo(1);
        assertThat(ruled.isCached(1)).isFalse();
        assertThat(ruled.stats().unstored().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(1);
        assertThat(ruled.stats().unstored()).hasSize(1).doesNotContainKey(Unstored.FULL);
    }

    @Test
    void compute_functionThrows_nothingChanges() {
        Cache<Integer, Integer> cache =
                cache().types(Integer.class, Integer.class).build();
        cache.put(1, 1);
        assertThatThrownBy(() -> cache.compute(1, (key, now) -> {
                    throw new IOException("no");
                }))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> cache.asMap().compute(1, (key, now) -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(cache.getIfPresent(1)).isEqualTo(1);
        assertThat(cache.size()).isEqualTo(1);
    }

    @Test
    void manyEntries_allThere() {
        int many = fewer(1_000_000, 5_000);
        Cache<Integer, Integer> cache =
                cache().types(Integer.class, Integer.class).build();
        for (int i = 0; i < many; i++) {
            cache.put(i, i);
        }
        assertThat(cache.size()).isEqualTo(many);
        SplittableRandom random = Seed.random();
        for (int i = 0; i < 10_000; i++) {
            int key = random.nextInt(many);
            assertThat(cache.getIfPresent(key)).isEqualTo(key);
        }
        cache.clear();
        assertThat(cache.size()).isZero();
    }

    @Test
    void persistentSharedDistributed_honouredOrRefused() {
        for (Trait trait : List.of(Trait.PERSISTENT, Trait.MULTI_PROCESS, Trait.DISTRIBUTED)) {
            if (!refuses(trait)) {
                CacheBuilder builder = cache("asks for " + trait);
                for (Setting<?> setting : trait.settings()) {
                    assertThat(setting.type()).isEqualTo(Boolean.class);
                    builder = on(builder, setting);
                }
                assertThat(builder.types(String.class, String.class)
                                .build()
                                .explain()
                                .engine())
                        .isEqualTo(engine().name());
            }
        }
    }

    private static <T> CacheBuilder on(CacheBuilder builder, Setting<T> setting) {
        return builder.set(setting, setting.type().cast(true));
    }
}
