package io.github.twatcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.OnUnavailable;
import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Settings;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.failure.Thrown;
import io.github.twatcache.heap.HeapEngine;
import io.github.twatcache.heap.HeapSettings;
import io.github.twatcache.heap.VictimOrder;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.RemovalCause;
import io.github.twatcache.testkit.Actor;
import io.github.twatcache.testkit.FakeTicker;
import io.github.twatcache.testkit.RecordingContext;
import io.github.twatcache.testkit.RecordingContext.Removal;
import io.github.twatcache.testkit.Seed;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One cache on two stores: where values go, and that no key is ever in both. */
class SplitTest {
    private static final String SMALL = "small";
    private static final byte[] LARGE = new byte[2_000];

    private final FakeTicker ticker = new FakeTicker();
    private final LastingEngine disk = LastingEngine.disk();
    private final LastingEngine files = LastingEngine.files();
    private final TwatCache twat =
            TwatCache.builder().engine(disk).engine(files).ticker(ticker).open();

    @AfterEach
    void close() {
        twat.close();
    }

    /** Two bare stores, and the split over them; the test looks into each. */
    private static final class Bare {
        final RecordingContext<Object> context = new RecordingContext<>(true);
        final Store<Object> small;
        final Store<Object> large;
        final Store<Object> split;

        Bare(CacheSpec spec) {
            SplitReports<Object> reports = new SplitReports<>(context);
            small = new HeapEngine().open(spec, reports);
            large = new HeapEngine().open(spec, reports);
            split = new SplitStore<>(1_000, small, large, spec, reports);
        }

        Bare() {
            this(CacheSpec.of("bare", "split"));
        }

        Outcome put(Object key, Object value) {
            return split.put(key, value, Terms.PLAIN, Guard.ANY);
        }
    }

    @Test
    void put_bySize_eachToItsStore() {
        Bare bare = new Bare();
        bare.put("a", SMALL);
        bare.put("b", LARGE);
        bare.put("c", new byte[984]); // 16 bytes of an array's own: exactly the threshold
        bare.put("d", new byte[985]);
        assertThat(bare.small.size()).isEqualTo(2);
        assertThat(bare.large.size()).isEqualTo(2);
        assertThat(bare.split.size()).isEqualTo(4);
        assertThat(bare.split.get("a")).isEqualTo(SMALL);
        assertThat(bare.split.get("b")).isEqualTo(LARGE);
    }

    @Test
    void update_acrossTheThreshold_leavesNoTwin() {
        Bare bare = new Bare();
        for (int i = 0; i < 4; i++) {
            Object value = i % 2 == 0 ? SMALL : LARGE;
            assertThat(bare.put("k", value)).isEqualTo(Outcome.STORED);
            assertThat(bare.split.get("k")).isEqualTo(value);
            assertThat(bare.small.size() + bare.large.size()).isEqualTo(1);
        }
        assertThat(bare.context.removed())
                .containsExactly(
                        new Removal("k", SMALL, RemovalCause.REPLACED),
                        new Removal("k", LARGE, RemovalCause.REPLACED),
                        new Removal("k", SMALL, RemovalCause.REPLACED));
        assertThat(bare.split.remove("k", Guard.ANY)).isTrue();
        assertThat(bare.split.get("k")).isNull();
    }

    @Test
    void guards_seeTheOtherStore() {
        Bare bare = new Bare();
        bare.put("k", LARGE);
        assertThat(bare.split.put("k", SMALL, Terms.PLAIN, Guard.ABSENT)).isEqualTo(Outcome.REFUSED);
        Entry seen = bare.split.entry("k");
        assertThat(bare.split.put("k", SMALL, Terms.PLAIN, Guard.seen(seen.mark())))
                .isEqualTo(Outcome.STORED);
        assertThat(bare.split.put("k", LARGE, Terms.PLAIN, Guard.seen(seen.mark())))
                .isEqualTo(Outcome.REFUSED);
        assertThat(bare.split.remove("k", Guard.seen(seen.mark()))).isFalse();
        assertThat(bare.split.get("k")).isEqualTo(SMALL);
        assertThat(bare.large.size()).isZero();
        assertThat(bare.split.put("k", LARGE, Terms.PLAIN, Guard.seen("foreign")))
                .isEqualTo(Outcome.REFUSED);
    }

    @Test
    void seen_expiredInTheOtherStore_refused() {
        Bare bare = new Bare(
                CacheSpec.of("bare", "split").with(Settings.EXPIRE_AFTER_WRITE, Duration.ofSeconds(1), "test"));
        bare.put("k", LARGE);
        Guard seen = Guard.seen(bare.split.entry("k").mark());
        bare.context.ticker().advance(Duration.ofSeconds(1));
        assertThat(bare.split.put("k", SMALL, Terms.PLAIN, seen)).isEqualTo(Outcome.REFUSED);
        assertThat(bare.split.put("k", SMALL, Terms.PLAIN, Guard.ABSENT)).isEqualTo(Outcome.STORED);
        assertThat(bare.split.size()).isEqualTo(1);
    }

    @Test
    void evictedInOneStore_theOtherKeepsNothingOfIt() {
        CacheSpec spec = CacheSpec.of("bare", "split")
                .with(Settings.MAXIMUM_SIZE, 2L, "test")
                .with(Settings.POLICY, Policy.FIFO, "test");
        Bare bare = new Bare(spec);
        bare.put("k", LARGE);
        bare.put("k", SMALL);
        bare.put("x", SMALL);
        bare.put("y", SMALL);
        assertThat(bare.split.get("k")).isNull();
        assertThat(bare.large.size()).isZero();
    }

    @Test
    void maximum_isKeptByEachOfTheTwo() {
        Bare bare = new Bare(CacheSpec.of("bare", "split").with(Settings.MAXIMUM_SIZE, 10L, "test"));
        for (int i = 0; i < 100; i++) {
            bare.put(i, i % 2 == 0 ? SMALL : LARGE);
        }
        assertThat(bare.small.size()).isEqualTo(10);
        assertThat(bare.large.size()).isEqualTo(10);
        assertThat(bare.split.size()).isEqualTo(20);
    }

    @Test
    void update_thatTheOtherStoreRefuses_leavesTheOldOne() {
        Bare bare = new Bare(CacheSpec.of("bare", "split").with(Settings.MAXIMUM_WEIGHT, 10L, "test"));
        bare.split.put("k", SMALL, Terms.PLAIN.weighing(1), Guard.ANY);
        assertThat(bare.split.put("k", LARGE, Terms.PLAIN.weighing(11), Guard.ANY))
                .isEqualTo(Outcome.TOO_HEAVY);
        assertThat(bare.split.get("k")).isEqualTo(SMALL);
        bare.split.put("l", LARGE, Terms.PLAIN.weighing(1), Guard.ANY);
        assertThat(bare.split.put("l", SMALL, Terms.PLAIN.weighing(11), Guard.ANY))
                .isEqualTo(Outcome.TOO_HEAVY);
        assertThat(bare.split.get("l")).isEqualTo(LARGE);
        assertThat(bare.context.removed()).isEmpty();
    }

    @Test
    void reader_whileAKeyMovesToAndFro_alwaysFindsIt() {
        Bare bare = new Bare();
        bare.put("k", SMALL);
        AtomicBoolean stop = new AtomicBoolean();
        Actor<Void> mover = Actor.start(() -> {
            for (int i = 0; !stop.get(); i++) {
                bare.put("k", i % 2 == 0 ? LARGE : SMALL);
            }
            return null;
        });
        for (int i = 0; i < 200_000; i++) {
            assertThat(bare.split.get("k") != null).isTrue();
            if (i % 8 == 0) {
                assertThat(bare.split.entry("k") != null).isTrue();
                assertThat(bare.split.size()).isEqualTo(1);
            }
        }
        stop.set(true);
        mover.result();
    }

    @Test
    void manyWriters_noKeyEndsInBoth_andRemovalsAddUp() {
        Bare bare = new Bare();
        List<Actor<Long>> actors = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            SplittableRandom random = Seed.random().split();
            actors.add(Actor.start(() -> {
                long stored = 0;
                for (int i = 0; i < 20_000; i++) {
                    Object key = random.nextInt(20);
                    Object value = random.nextBoolean() ? SMALL : LARGE;
                    Entry seen = bare.split.entry(key);
                    Guard guard = switch (random.nextInt(3)) {
                        case 0 -> Guard.ANY;
                        case 1 -> Guard.ABSENT;
                        default -> seen == null ? Guard.ABSENT : Guard.seen(seen.mark());
                    };
                    if (random.nextInt(5) == 0) {
                        bare.split.remove(key, guard);
                    } else if (bare.split.put(key, value, Terms.PLAIN, guard) == Outcome.STORED) {
                        stored++;
                    }
                }
                return stored;
            }));
        }
        long stored = actors.stream().mapToLong(Actor::result).sum();
        for (int key = 0; key < 20; key++) {
            assertThat(bare.small.get(key) != null && bare.large.get(key) != null)
                    .as("key %s in both", key)
                    .isFalse();
        }
        assertThat(stored - bare.context.removed().size()).isEqualTo(bare.split.size());
        assertThat(bare.context.removed()).extracting(Removal::cause).contains(RemovalCause.REPLACED);
    }

    @Test
    void walk_whileEveryKeyMoves_meetsEachOnce() {
        Bare bare = new Bare();
        for (int i = 0; i < 200; i++) {
            bare.put(i, i % 2 == 0 ? SMALL : LARGE);
        }
        Map<Object, Integer> met = new HashMap<>();
        SplittableRandom random = Seed.random();
        try (Cursor<Object> cursor = bare.split.entries()) {
            while (cursor.advance()) {
                met.merge(cursor.key(), 1, Integer::sum);
                assertThat(cursor.value()).isNotNull();
                for (int i = 0; i < 5; i++) {
                    bare.put(random.nextInt(200), random.nextBoolean() ? SMALL : LARGE);
                }
            }
        }
        assertThat(met)
                .hasSize(200)
                .allSatisfy((key, times) -> assertThat(times).isEqualTo(1));
    }

    @Test
    void removalOfTheOldOneFails_theNewOneIsTakenBack() {
        RecordingContext<Object> context = new RecordingContext<>(false);
        SplitReports<Object> reports = new SplitReports<>(context);
        CacheSpec spec = CacheSpec.of("bare", "split");
        Store<Object> small = new Stubborn(new HeapEngine().open(spec, reports));
        Store<Object> large = new HeapEngine().open(spec, reports);
        Store<Object> split = new SplitStore<>(1_000, small, large, spec, reports);
        split.put("k", SMALL, Terms.PLAIN, Guard.ANY);
        assertThatThrownBy(() -> split.put("k", LARGE, Terms.PLAIN, Guard.ANY)).hasMessage("no");
        assertThat(split.get("k")).isEqualTo(SMALL);
        assertThat(large.size()).isZero();
    }

    /** A store that removes nothing. */
    private record Stubborn(Store<Object> store) implements Store<Object> {
        @Override
        public Object get(Object key) {
            return store.get(key);
        }

        @Override
        public Entry entry(Object key) {
            return store.entry(key);
        }

        @Override
        public Outcome put(Object key, Object value, Terms terms, Guard guard) {
            return store.put(key, value, terms, guard);
        }

        @Override
        public boolean remove(Object key, Guard guard) {
            throw new IllegalStateException("no");
        }

        @Override
        public void clear() {
            store.clear();
        }

        @Override
        public long size() {
            return store.size();
        }

        @Override
        public Cursor<Object> entries() {
            return store.entries();
        }

        @Override
        public void close() {
            store.close();
        }
    }

    @Test
    void cache_namedEngines_oneKeySpaceOneSizeExactStatistics() {
        Cached1<Integer, Object, RuntimeException> f =
                twat.cache("c").split(1_000, "heap", "files").statistics().memoize((Integer n) -> (Object) new byte[n]);
        f.apply(10);
        f.apply(5_000);
        f.apply(10);
        f.apply(5_000);
        assertThat(f.size()).isEqualTo(2);
        assertThat(f.stats().hits()).isEqualTo(2);
        assertThat(f.stats().missCount()).isEqualTo(2);
        assertThat(f.invalidate(5_000)).isTrue();
        assertThat(f.stats().removalCount(RemovalCause.EXPLICIT)).isEqualTo(1);
        f.apply(5_000);
        f.put(5_000, "small now");
        assertThat(f.apply(5_000)).isEqualTo("small now");
        assertThat(f.size()).isEqualTo(2);
        assertThat(f.stats().puts() - f.stats().removalCount()).isEqualTo(2);
        f.clear();
        assertThat(f.size()).isZero();
        EngineChoice choice = f.explain().choice();
        assertThat(f.explain().engine()).isEqualTo("split(heap, files)");
        assertThat(choice.asked()).isEqualTo("split");
        assertThat(choice.parts()).extracting(EngineChoice::engine).containsExactly("heap", "files");
        assertThat(choice.fellBack()).isFalse();
        assertThat(choice.sentences().get(0)).isEqualTo("values of up to 1000 B go to 'heap', larger ones to 'files'");
    }

    @Test
    void cache_enginesByTheRules_smallOnTheHeapLargeByTheirSize() {
        assertThat(twat.auto("a")
                        .split(4_096)
                        .memoize(SplitTest::text)
                        .explain()
                        .engine())
                .isEqualTo("split(heap, disk)");
        assertThat(twat.memory("b")
                        .split(200 << 20)
                        .memoize(SplitTest::text)
                        .explain()
                        .engine())
                .isEqualTo("split(heap, files)");
        assertThat(twat.disk("c")
                        .split(200 << 20)
                        .memoize(SplitTest::text)
                        .explain()
                        .engine())
                .isEqualTo("split(disk, files)");
        assertThat(twat.auto("d")
                        .split(1_000)
                        .memoize((Integer n) -> new double[n])
                        .explain()
                        .engine())
                .isEqualTo("split(heap, files)");
        assertThat(twat.auto("e")
                        .split(1_000)
                        .persistent()
                        .memoize(SplitTest::text)
                        .explain()
                        .engine())
                .isEqualTo("split(disk, files)");
    }

    static Object text(int n) {
        return "x".repeat(n);
    }

    @Test
    void cache_largeEngineMissing_fallsLikeAnyOther() {
        try (TwatCache bare = TwatCache.builder().engine(LastingEngine.disk()).open()) {
            EngineChoice choice = bare.cache("c")
                    .split(1_000, "heap", "files")
                    .memoize(SplitTest::text)
                    .explain()
                    .choice();
            assertThat(choice.engine()).isEqualTo("split(heap, disk)");
            assertThat(choice.fellBack()).isTrue();
        }
        try (TwatCache bare = TwatCache.open()) {
            assertThatExceptionOfType(EngineUnavailableException.class)
                    .isThrownBy(
                            () -> bare.cache("c").split(1_000, "heap", "files").memoize(SplitTest::text))
                    .withMessageContaining("twat-cache-files");
            Cached1<Integer, Object, RuntimeException> whole = bare.cache("c")
                    .split(1_000, "heap", "files")
                    .onUnavailable(OnUnavailable.DEGRADE)
                    .memoize(SplitTest::text);
            assertThat(whole.explain().engine()).isEqualTo("heap");
            assertThat(whole.explain().choice().sentences().get(0)).startsWith("not split, since 'heap' is the only");
            assertThat(whole.stats().fallbacks()).isEqualTo(1);
        }
    }

    @Test
    void cache_eitherEngineFailsToOpen_falls() {
        files.failing("no");
        assertThat(twat.cache("a")
                        .split(1_000, "heap", "files")
                        .memoize(SplitTest::text)
                        .explain()
                        .engine())
                .isEqualTo("split(heap, disk)");
        assertThat(twat.cache("b")
                        .split(1_000, "files", "heap")
                        .memoize(SplitTest::text)
                        .explain()
                        .engine())
                .isEqualTo("split(disk, heap)");
    }

    /** Throws something whenever it is opened, also what the compiler would not let through. */
    private static final class Surprising implements Engine {
        private final Throwable thrown;

        Surprising(Throwable thrown) {
            this.thrown = thrown;
        }

        @Override
        public String name() {
            return "surprising";
        }

        @Override
        public int rank() {
            return -1;
        }

        @Override
        public Set<Trait> traits() {
            return new HeapEngine().traits();
        }

        @Override
        public Availability availability() {
            return new Availability.Available();
        }

        @Override
        public <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
            throw Thrown.<RuntimeException>again(thrown);
        }
    }

    @Test
    void open_largeEngineThrowsAnything_theSmallOneIsClosedAndNotBlamed() {
        for (Throwable thrown : List.of(
                new IOException("past the compiler"),
                new NoClassDefFoundError("com/example/Driver"),
                new IllegalStateException("no"),
                new EngineUnavailableException("gone"))) {
            AtomicInteger closed = new AtomicInteger();
            SplitEngine split = new SplitEngine(
                    1_000,
                    new SplitEngine.Part(SplitEngine.SMALL, closing(closed), spec -> spec),
                    new SplitEngine.Part(SplitEngine.LARGE, new Surprising(thrown), spec -> spec));
            assertThatThrownBy(() -> split.open(CacheSpec.of("c", "split"), new RecordingContext<Object>(true)))
                    .isSameAs(thrown);
            assertThat(closed.get()).as("%s", thrown).isEqualTo(1);
            assertThat(split.largeFailed()).as("%s", thrown).isTrue();
        }
    }

    /** The heap, counting what is closed. */
    private static Engine closing(AtomicInteger closed) {
        HeapEngine heap = new HeapEngine();
        return new Engine() {
            @Override
            public String name() {
                return heap.name();
            }

            @Override
            public int rank() {
                return heap.rank();
            }

            @Override
            public Set<Trait> traits() {
                return heap.traits();
            }

            @Override
            public Availability availability() {
                return heap.availability();
            }

            @Override
            @SuppressWarnings("unchecked") // it is a store of the same keys
            public <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
                Store<K> store = heap.open(spec, context);
                return (Store<K>) Proxy.newProxyInstance(
                        Store.class.getClassLoader(), new Class<?>[] {Store.class}, (self, method, arguments) -> {
                            if (method.getName().equals("close")) {
                                closed.incrementAndGet();
                            }
                            return method.invoke(store, arguments);
                        });
            }
        };
    }

    @Test
    void stats_ofTwoHalvesThatKnowTheirBytes_haveTheSum() {
        Cache<String, byte[]> cache = twat.cache("bytes")
                .split(1_000, "heap", "files")
                .maximumBytes(1 << 20)
                .types(String.class, byte[].class)
                .build();
        cache.put("small", new byte[10]);
        cache.put("large", LARGE);
        assertThat(cache.stats().bytes().orElseThrow()).isBetween(2_010L, 2_500L);
    }

    @Test
    void cache_whatASplitCannotBe_isRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> twat.cache("a").split(1_000).shared().memoize(SplitTest::text))
                .withMessageContaining("cannot be shared by processes");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> twat.cache("b").split(1_000, "disk", "disk").memoize(SplitTest::text))
                .withMessageContaining("both engines");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> twat.cache("c").split(0))
                .withMessageContaining("split must be");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> twat.cache("d")
                        .split(1_000, "heap", "disk")
                        .requires(Trait.EXACT_LIMIT)
                        .memoize(SplitTest::text))
                .withMessageContaining("a split of 'heap' and 'disk' cannot honour requires = EXACT_LIMIT");
    }

    /** The entry that came last leaves. */
    private static final class Latest implements VictimOrder<Integer> {
        private final List<Integer> keys = new ArrayList<>();

        @Override
        public void added(Integer key) {
            keys.add(key);
        }

        @Override
        public void used(Integer key) {
            // of no account
        }

        @Override
        public void updated(Integer key) {
            // of no account
        }

        @Override
        public void removed(Integer key) {
            keys.remove(key);
        }

        @Override
        public Integer victim(Integer spared) {
            return keys.stream()
                    .filter(key -> !key.equals(spared))
                    .reduce((earlier, later) -> later)
                    .orElse(null);
        }
    }

    @Test
    void cache_settingOfOneEngine_goesToThatOne() {
        LastingEngine own = LastingEngine.disk();
        try (TwatCache bare = TwatCache.builder().engine(own).open()) {
            Cache<Integer, Object> cache = bare.cache("c")
                    .split(1_000, "heap", "disk")
                    .maximumSize(2)
                    .set(HeapSettings.ORDER, Latest::new)
                    .types(Integer.class, Object.class)
                    .build();
            for (int i = 0; i < 5; i++) {
                cache.put(i, SMALL);
                cache.put(100 + i, LARGE);
            }
            assertThat(cache.size()).isEqualTo(4);
        }
    }

    @Test
    void cache_persistentParts_bothThereWhenOpenedAgain() {
        try (TwatCache first = TwatCache.builder().engine(disk).engine(files).open()) {
            Cached1<Integer, Object, RuntimeException> f =
                    first.cache("c").split(1_000, "disk", "files").persistent().memoize(SplitTest::text);
            f.apply(1);
            f.apply(5_000);
        }
        try (TwatCache second = TwatCache.builder().engine(disk).engine(files).open()) {
            Cached1<Integer, Object, RuntimeException> f =
                    second.cache("c").split(1_000, "disk", "files").persistent().memoize(SplitTest::text);
            assertThat(f.isCached(1)).isTrue();
            assertThat(f.isCached(5_000)).isTrue();
        }
    }
}
