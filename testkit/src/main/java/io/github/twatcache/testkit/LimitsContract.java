package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.Cache;
import io.github.twatcache.Cached1;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Settings;
import io.github.twatcache.config.Sources;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.ValueException;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.RemovalCause;
import io.github.twatcache.stats.Unstored;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Contract 4.6: a limit is kept exactly, no more is evicted than needed, and what is too heavy is not stored. */
@Contract("4.6 limits")
public abstract class LimitsContract extends EngineContract {
    private final RecordingContext<Object> context = new RecordingContext<>(true);

    /** Makes a contract. */
    protected LimitsContract() {}

    private void openWith(UnaryOperator<CacheSpec> settings) {
        use(context, settings);
    }

    private void openSized(long maximum) {
        openWith(spec -> spec.with(Settings.MAXIMUM_SIZE, maximum, "test"));
    }

    private void openWeighted(long maximum) {
        openWith(spec -> spec.with(Settings.MAXIMUM_WEIGHT, maximum, "test"));
    }

    private Outcome put(Object key, int weight) {
        return store().put(key, "value of " + key, Terms.PLAIN.weighing(weight), Guard.ANY);
    }

    /** As heavy as it is long: some engines go by the weight that they are told, others know the bytes. */
    private Outcome putBytes(Object key, int bytes) {
        return store().put(key, new byte[bytes], Terms.PLAIN.weighing(bytes), Guard.ANY);
    }

    private Set<Object> keys() {
        Set<Object> keys = new HashSet<>();
        try (Cursor<Object> cursor = store().entries()) {
            while (cursor.advance()) {
                keys.add(cursor.key());
            }
        }
        return keys;
    }

    @Test
    void policy_withoutMaximum_refusedAsOneThatHasNoEffect() {
        if (refuses(Trait.POLICY) || refuses(Trait.MAXIMUM_SIZE)) {
            return;
        }
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> cache("unbounded")
                        .policy(Policy.LRU)
                        .types(String.class, String.class)
                        .build())
                .withMessageContaining(
                        "policy = LRU (from code) of cache 'unbounded' has no effect without maximum-size");
        assertThat(twat().caches()).doesNotContain("unbounded");
        Cache<String, String> bounded = cache("bounded")
                .policy(Policy.LRU)
                .maximumSize(3)
                .types(String.class, String.class)
                .build();
        bounded.put("k", "v");
        assertThat(bounded.getIfPresent("k")).isEqualTo("v");
    }

    @Test
    void policy_meantForManyCaches_isSkippedWithoutMaximum() {
        Properties properties = new Properties();
        properties.setProperty("twat.cache.defaults.policy", "fifo");
        try (TwatCache own = builder()
                .configuration(Sources.none().systemProperties(properties))
                .open()) {
            Cache<String, String> cache =
                    cacheIn(own, "many").types(String.class, String.class).build();
            cache.put("k", "v");
            assertThat(cache.getIfPresent("k")).isEqualTo("v");
            assertThat(cache.explain().settings()).doesNotContainKey("policy");
            assertThat(cache.explain().notes())
                    .anyMatch(note -> note.contains("policy = FIFO (from system property") && note.contains("skipped"));
        }
    }

    @Test
    void maximumSize_afterEachWrite_kept() {
        if (refuses(Trait.MAXIMUM_SIZE)) {
            return;
        }
        openSized(10);
        for (int i = 0; i < 1_000; i++) {
            assertThat(put(i, 1)).isEqualTo(Outcome.STORED);
            long size = store().size();
            assertThat(size).isEqualTo(Math.min(i + 1, 10)).isEqualTo(keys().size());
            if (!claims(Trait.ADMISSION)) {
                assertThat(store().get(i)).as("the value just stored").isNotNull();
            }
        }
    }

    @Test
    void maximumSize_exactLimit_neverAboveEvenUntold() {
        if (refuses(Trait.EXACT_LIMIT)) {
            return;
        }
        openSized(10);
        for (int i = 0; i < 1_000; i++) {
            put(i, 1);
            assertThat(keys()).hasSizeLessThanOrEqualTo(10);
        }
    }

    @Test
    void maximumSize_one_holdsOne() {
        if (refuses(Trait.MAXIMUM_SIZE)) {
            return;
        }
        openSized(1);
        for (int i = 0; i < 20; i++) {
            put(i, 1);
            assertThat(store().size()).isEqualTo(1);
        }
    }

    @Test
    void maximumSize_update_evictsNothing() {
        if (refuses(Trait.MAXIMUM_SIZE)) {
            return;
        }
        openSized(3);
        for (int i = 0; i < 300; i++) {
            put(i % 3, 1);
        }
        assertThat(store().size()).isEqualTo(3);
        assertThat(context.removed())
                .extracting(RecordingContext.Removal::cause)
                .containsOnly(RemovalCause.REPLACED);
    }

    @Test
    void maximumSize_expired_makeRoomBeforeTheLiving() {
        if (refuses(Trait.MAXIMUM_SIZE) || refuses(Trait.PER_ENTRY_EXPIRY) || claims(Trait.ADMISSION)) {
            return; // an engine with an admission policy may sweep the expired later than it evicts
        }
        openWith(spec -> spec.with(Settings.MAXIMUM_SIZE, 4L, "test").with(Settings.PER_ENTRY_EXPIRY, true, "test"));
        store().put("live 1", 1, Terms.PLAIN, Guard.ANY);
        store().put("dead 1", 1, Terms.PLAIN.lasting(5), Guard.ANY);
        store().put("live 2", 1, Terms.PLAIN, Guard.ANY);
        store().put("dead 2", 1, Terms.PLAIN.lasting(5), Guard.ANY);
        context.ticker().advance(5);
        store().put("new 1", 1, Terms.PLAIN, Guard.ANY);
        store().put("new 2", 1, Terms.PLAIN, Guard.ANY);
        assertThat(keys()).containsExactlyInAnyOrder("live 1", "live 2", "new 1", "new 2");
    }

    @Test
    void maximumWeight_afterEachWrite_kept() {
        if (refuses(Trait.MAXIMUM_WEIGHT)) {
            return;
        }
        openWeighted(100);
        SplittableRandom random = Seed.random();
        for (int i = 0; i < 2_000; i++) {
            put(random.nextInt(60), random.nextInt(30));
            assertThat(store().weight()).isLessThanOrEqualTo(100);
        }
    }

    @Test
    void maximumWeight_heavierThanAll_refusedAndNothingChanged() {
        if (refuses(Trait.MAXIMUM_WEIGHT)) {
            return;
        }
        openWeighted(100);
        put("a", 60);
        put("b", 40);
        assertThat(put("c", 101)).isEqualTo(Outcome.TOO_HEAVY);
        assertThat(put("a", Integer.MAX_VALUE)).isEqualTo(Outcome.TOO_HEAVY);
        assertThat(store().get("a")).isEqualTo("value of a");
        assertThat(store().get("c")).isNull();
        assertThat(store().weight()).isEqualTo(100);
        assertThat(context.removed()).isEmpty();
    }

    @Test
    void maximumWeight_asHeavyAsAll_taken() {
        if (refuses(Trait.MAXIMUM_WEIGHT)) {
            return;
        }
        openWeighted(100);
        assertThat(put("a", 100)).isEqualTo(Outcome.STORED);
        assertThat(store().weight()).isEqualTo(100);
        assertThat(store().get("a")).isEqualTo("value of a");
    }

    @Test
    void maximumWeight_zero_evictsNobody() {
        if (refuses(Trait.MAXIMUM_WEIGHT)) {
            return;
        }
        openWeighted(10);
        put("heavy", 10);
        for (int i = 0; i < 100; i++) {
            assertThat(put(i, 0)).isEqualTo(Outcome.STORED);
        }
        assertThat(store().size()).isEqualTo(101);
        assertThat(store().weight()).isEqualTo(10);
    }

    @Test
    void maximumWeight_lighterAndHeavierUpdate_counted() {
        if (refuses(Trait.MAXIMUM_WEIGHT)) {
            return;
        }
        openWeighted(100);
        put("a", 50);
        put("b", 30);
        put("a", 5);
        assertThat(store().weight()).isEqualTo(35);
        put("a", 70);
        assertThat(store().weight()).isEqualTo(100);
        assertThat(store().size()).isEqualTo(2);
        store().remove("b", Guard.ANY);
        assertThat(store().weight()).isEqualTo(70);
    }

    @Test
    void maximumBytes_isAWeight_kept() {
        if (refuses(Trait.MAXIMUM_WEIGHT)) {
            return;
        }
        openWith(spec -> spec.with(Settings.MAXIMUM_BYTES, 1_000L, "test"));
        for (int i = 0; i < 100; i++) {
            assertThat(putBytes(i, 300)).isEqualTo(Outcome.STORED);
            assertThat(store().weight()).isBetween(300L, 1_000L);
        }
        assertThat(putBytes("x", 1_001)).isEqualTo(Outcome.TOO_HEAVY);
    }

    @Test
    void eviction_reported_eachOnceAsSize() {
        if (refuses(Trait.REMOVALS) || refuses(Trait.MAXIMUM_SIZE)) {
            return;
        }
        openSized(10);
        for (int i = 0; i < 500; i++) {
            put(i, 1);
        }
        assertThat(store().size()).isEqualTo(10);
        List<Object> seen = new ArrayList<>(keys());
        assertThat(context.removed())
                .hasSize(490)
                .extracting(RecordingContext.Removal::cause)
                .containsOnly(RemovalCause.SIZE);
        context.removed().forEach(removal -> seen.add(removal.key()));
        assertThat(seen).doesNotHaveDuplicates().hasSize(500);
    }

    @Test
    void maximumSize_writtenByManyThreads_keptAndAccounted() {
        if (refuses(Trait.MAXIMUM_SIZE) || refuses(Trait.REMOVALS)) {
            return;
        }
        // A write to a file costs a hundred times one to the heap.
        int each = claims(Trait.PERSISTENT) ? 1_000 : 5_000;
        openSized(50);
        List<Actor<Void>> actors = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int base = t * 100_000;
            actors.add(Actor.start(() -> {
                for (int i = 0; i < each; i++) {
                    put(base + i, 1);
                }
                return null;
            }));
        }
        actors.forEach(Actor::result);
        assertThat(store().size()).isEqualTo(50);
        assertThat(context.removed()).hasSize(4 * each - 50);
        assertThat(new HashSet<>(context.removed())).hasSize(4 * each - 50);
    }

    @Test
    void memoize_heavierThanAll_returnedAndNotStored() {
        if (refuses(Trait.MAXIMUM_WEIGHT)) {
            return;
        }
        Cached1<Integer, Integer, RuntimeException> heavy = cache().maximumWeight(10)
                .memoize((Integer n) -> n, options -> options.weigher((key, result) -> result));
        assertThat(heavy.apply(10)).isEqualTo(10);
        assertThat(heavy.apply(11)).isEqualTo(11);
        assertThat(heavy.isCached(10)).isTrue();
        assertThat(heavy.isCached(11)).isFalse();
        assertThat(heavy.stats().unstored()).containsEntry(Unstored.TOO_HEAVY, 1L);
    }

    @Test
    void put_heavierThanAll_refusedAndOldOneStays() {
        if (refuses(Trait.MAXIMUM_WEIGHT)) {
            return;
        }
        Cache<String, Integer> cache = cache().maximumWeight(10)
                .types(String.class, Integer.class)
                .weigher((key, value) -> value)
                .build();
        cache.put("k", 4);
        assertThatExceptionOfType(ValueException.class)
                .isThrownBy(() -> cache.put("k", 11))
                .withMessageContaining("maximum-weight");
        assertThat(cache.getIfPresent("k")).isEqualTo(4);
        assertThat(cache.weight()).isEqualTo(4);
    }

    @Test
    void maximumBytes_ofArrays_bounded() {
        if (refuses(Trait.MAXIMUM_WEIGHT)) {
            return;
        }
        Cached1<Integer, byte[], RuntimeException> blocks =
                cache().maximumBytes(100_000).memoize((Integer n) -> new byte[1_000]);
        for (int i = 0; i < 500; i++) {
            assertThat(blocks.apply(i)).hasSize(1_000);
        }
        assertThat(blocks.size()).isBetween(50L, 99L);
    }
}
