package io.github.twatcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.twatcache.EngineChoice.Obstacle;
import io.github.twatcache.EngineChoice.PassedOver;
import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.OnUnavailable;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Sources;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.heap.HeapEngine;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreCall;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.StoreInterceptor;
import io.github.twatcache.spi.Trait;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in for an engine that is missing, cannot run, or fails to open, and what never does. */
class FallbackTest {
    private final List<TwatCache> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(TwatCache::close);
    }

    private TwatCache with(Engine... engines) {
        TwatCacheBuilder builder = TwatCache.builder();
        for (Engine engine : engines) {
            builder.engine(engine);
        }
        TwatCache twat = builder.open();
        open.add(twat);
        return twat;
    }

    private static Cached1<String, String, RuntimeException> memoized(CacheBuilder builder) {
        return builder.memoize((String text) -> text + "!");
    }

    /** Which engines are present beside the built-in one, and where each named one ends, with losses allowed. */
    @ParameterizedTest
    @CsvSource({
        "redis, disk files, disk",
        "redis, files, heap",
        "redis, '', heap",
        "files, disk, disk",
        "files, redis, heap",
        "disk, files redis, heap",
        "caffeine, disk, heap",
    })
    void chain_engineAbsent_theNextThatIsPresentStandsIn(String named, String present, String expected) {
        List<Engine> engines = new ArrayList<>();
        for (String name : List.of(present.split(" "))) {
            if (!name.isEmpty()) {
                engines.add(new LastingEngine(name, 1, Trait.PERSISTENT, Trait.MULTI_PROCESS));
            }
        }
        Cached1<String, String, RuntimeException> made = memoized(
                with(engines.toArray(new Engine[0])).cache("c").engine(named).onUnavailable(OnUnavailable.DEGRADE));
        assertThat(made.apply("a")).isEqualTo("a!");
        EngineChoice choice = made.explain().choice();
        assertThat(choice.engine()).isEqualTo(expected);
        assertThat(choice.asked()).isEqualTo(named);
        assertThat(choice.fellBack()).isTrue();
        assertThat(choice.passedOver().get(0).engine()).isEqualTo(named);
        assertThat(choice.passedOver().get(0).obstacle()).isEqualTo(Obstacle.ABSENT);
        assertThat(choice.passedOver().get(0).mend()).endsWith("twat-cache-" + named);
        assertThat(made.stats().fallbacks()).isEqualTo(1);
    }

    @Test
    void fallback_filesToDisk_losesNothingAndNeedsNoLeave() {
        Cached1<String, String, RuntimeException> made =
                memoized(with(LastingEngine.disk()).files("c"));
        assertThat(made.explain().engine()).isEqualTo("disk");
        assertThat(made.explain().choice().lost()).isEmpty();
        assertThat(made.stats().fallbacks()).isEqualTo(1);
    }

    @Test
    void settings_sayWhatTheEngineStandsInFor() {
        TwatCache twat = with(LastingEngine.disk());
        memoized(twat.files("c"));
        assertThat(twat.settings("c").get("engine")).hasValueSatisfying(line -> {
            assertThat(line.value()).isEqualTo("disk");
            assertThat(line.source()).isEqualTo("instead of 'files' (from code)");
        });
        memoized(twat.auto("chosen"));
        assertThat(twat.settings("chosen").get("engine")).hasValueSatisfying(line -> {
            assertThat(line.value()).isEqualTo("heap");
            assertThat(line.source()).isEqualTo("chosen for 'auto' (from code)");
        });
        memoized(twat.disk("named"));
        assertThat(twat.settings("named").get("engine"))
                .hasValueSatisfying(line -> assertThat(line.source()).isEqualTo("code"));
    }

    @Test
    void fallback_caffeineToHeap_losesNothingAndNeedsNoLeave() {
        assertThat(memoized(with().cache("c").engine("caffeine")).explain().engine())
                .isEqualTo("heap");
    }

    @Test
    void fallback_thatLosesPersistence_isRefusedByDefault() {
        assertThatExceptionOfType(EngineUnavailableException.class)
                .isThrownBy(() -> memoized(with().disk("c")))
                .withMessageContaining("engine 'disk' for cache 'c' cannot be had")
                .withMessageContaining("add the artifact io.github.twatcache:twat-cache-disk")
                .withMessageContaining("'heap' was passed over")
                .withMessageContaining("outlives the process")
                .withMessageContaining("onUnavailable(DEGRADE)");
        assertThatExceptionOfType(EngineUnavailableException.class)
                .isThrownBy(() -> memoized(with().cache("c").engine("files")));
    }

    @Test
    void fallback_thatLosesSharingBetweenMachines_isRefusedByDefault() {
        assertThatExceptionOfType(EngineUnavailableException.class)
                .isThrownBy(() -> memoized(with(LastingEngine.disk()).cache("c").engine("redis")))
                .withMessageContaining("'disk' was passed over")
                .withMessageContaining("shared by machines");
    }

    @Test
    void fallback_degraded_tellsWhatIsLost() {
        EngineChoice choice = memoized(with().disk("c").onUnavailable(OnUnavailable.DEGRADE))
                .explain()
                .choice();
        assertThat(choice.engine()).isEqualTo("heap");
        assertThat(choice.lost()).containsExactlyInAnyOrder(Trait.PERSISTENT, Trait.MULTI_PROCESS);
        assertThat(choice.sentences()).contains("lost by that: outlives the process");
    }

    @Test
    void auto_persistentWithoutAnEngineForIt_isRefusedOrDegraded() {
        assertThatExceptionOfType(EngineUnavailableException.class)
                .isThrownBy(() -> memoized(with().auto("c").persistent()))
                .withMessageContaining("twat-cache-disk")
                .withMessageContaining("onUnavailable(DEGRADE)");
        Cached1<String, String, RuntimeException> made =
                memoized(with().auto("c").persistent().onUnavailable(OnUnavailable.DEGRADE));
        assertThat(made.explain().engine()).isEqualTo("heap");
        assertThat(made.explain().choice().lost()).containsExactly(Trait.PERSISTENT);
        assertThat(made.stats().fallbacks()).isEqualTo(1);
    }

    @Test
    void auto_sharedAndDistributed_asPersistent() {
        assertThatExceptionOfType(EngineUnavailableException.class)
                .isThrownBy(() -> memoized(with().auto("c").shared()))
                .withMessageContaining("shared by processes");
        assertThatExceptionOfType(EngineUnavailableException.class)
                .isThrownBy(() -> memoized(with(LastingEngine.disk()).auto("c").distributed()))
                .withMessageContaining("shared by machines")
                .withMessageContaining("twat-cache-redis");
    }

    @Test
    void hints_onAnEngineThatIsNamed_areRefusedLikeAnySetting() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> memoized(
                        with(LastingEngine.disk()).cache("c").engine("heap").persistent()))
                .withMessageContaining("engine 'heap' cannot honour persistent = true (from code)")
                .withMessageContaining("engines that can: disk");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> memoized(with().memory("c").shared()))
                .withMessageContaining("no heap engine honours");
    }

    @Test
    void nullEngine_takesEveryHint() {
        Cached1<String, String, RuntimeException> off = memoized(with().cache("c")
                .engine("null")
                .persistent()
                .shared()
                .distributed()
                .readMostly()
                .expectedEntries(10)
                .expectedValueSize(10));
        assertThat(off.explain().engine()).isEqualTo("null");
        assertThat(off.explain().choice().fellBack()).isFalse();
    }

    private TwatCache configured(Engine engine, String... keysAndValues) {
        Properties properties = new Properties();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.setProperty("twat.cache." + keysAndValues[i], keysAndValues[i + 1]);
        }
        TwatCache twat = TwatCache.builder()
                .engine(engine)
                .configuration(Sources.none().systemProperties(properties))
                .open();
        open.add(twat);
        return twat;
    }

    @Test
    void hintsOfAConfiguration_forOneCache_countAsThoseOfCode() {
        LastingEngine disk = LastingEngine.disk();
        assertThat(memoized(configured(disk, "caches.c.persistent", "true").auto("c"))
                        .explain()
                        .engine())
                .isEqualTo("disk");
        assertThat(memoized(configured(disk, "caches.c.expected-value-size", "64KiB", "caches.c.value-kind", "json")
                                .auto("c"))
                        .explain()
                        .engine())
                .isEqualTo("disk");
        disk.unavailable("no", "yes");
        assertThatExceptionOfType(EngineUnavailableException.class)
                .isThrownBy(() ->
                        memoized(configured(disk, "caches.c.persistent", "true").auto("c")));
        assertThat(memoized(configured(disk, "caches.c.persistent", "true", "caches.c.on-unavailable", "degrade")
                                .auto("c"))
                        .explain()
                        .engine())
                .isEqualTo("heap");
    }

    @Test
    void hintsOfDefaults_thatAnEngineCannotHonour_areSkippedAndShown() {
        TwatCache twat = configured(LastingEngine.disk(), "defaults.persistent", "true");
        assertThat(memoized(twat.auto("a")).explain().engine()).isEqualTo("disk");
        Explanation onHeap = memoized(twat.memory("b")).explain();
        assertThat(onHeap.engine()).isEqualTo("heap");
        assertThat(onHeap.notes())
                .singleElement()
                .asString()
                .contains("persistent = true")
                .contains("is skipped");
        LastingEngine away = LastingEngine.disk().unavailable("no", "yes");
        assertThat(memoized(configured(away, "defaults.persistent", "true").auto("a"))
                        .explain()
                        .engine())
                .isEqualTo("heap");
    }

    @Test
    void splitOfAConfiguration_splits() {
        TwatCache twat = configured(
                LastingEngine.disk(),
                "caches.c.split",
                "10KiB",
                "caches.c.split-small",
                "heap",
                "caches.c.split-large",
                "disk");
        assertThat(memoized(twat.cache("c")).explain().engine()).isEqualTo("split(heap, disk)");
    }

    @Test
    void unavailableEngine_saysWhyAndWhatMendsIt() {
        LastingEngine redis = LastingEngine.redis().unavailable("no server answers at localhost:6379", "start one");
        assertThatExceptionOfType(EngineUnavailableException.class)
                .isThrownBy(() -> memoized(with(redis).cache("c").engine("redis")))
                .withMessageContaining("'redis' was passed over: no server answers at localhost:6379; start one");
        Cached1<String, String, RuntimeException> made =
                memoized(with(redis).cache("c").engine("redis").onUnavailable(OnUnavailable.DEGRADE));
        assertThat(made.explain().choice().passedOver())
                .extracting(PassedOver::engine, PassedOver::obstacle, PassedOver::why, PassedOver::mend)
                .contains(tuple("redis", Obstacle.UNAVAILABLE, "no server answers at localhost:6379", "start one"));
        redis.availability = new Availability.Available();
        assertThat(memoized(with(redis).cache("c").engine("redis")).explain().engine())
                .isEqualTo("redis");
    }

    @Test
    void engineThatFailsToOpen_fallsAlongTheSameChain() {
        LastingEngine files = LastingEngine.files().failing("/data is not writable; chmod u+w /data");
        LastingEngine disk = LastingEngine.disk().failing("the disk is full; make room");
        Cached1<String, String, RuntimeException> made =
                memoized(with(files, disk).files("c").onUnavailable(OnUnavailable.DEGRADE));
        assertThat(made.apply("a")).isEqualTo("a!");
        assertThat(made.explain().choice().passedOver())
                .extracting(PassedOver::engine, PassedOver::obstacle)
                .containsExactly(tuple("files", Obstacle.NOT_OPENED), tuple("disk", Obstacle.NOT_OPENED));
        assertThat(made.stats().fallbacks()).isEqualTo(1);
        assertThatExceptionOfType(EngineUnavailableException.class)
                .isThrownBy(() -> memoized(with(files, disk).files("c")))
                .withMessageContaining("/data is not writable; chmod u+w /data")
                .withMessageContaining("the disk is full; make room")
                .havingCause()
                .isInstanceOf(EngineUnavailableException.class)
                .withMessage("the disk is full; make room");
    }

    @Test
    void auto_chosenEngineFailsToOpen_theNextByTheRules() {
        LastingEngine disk = LastingEngine.disk().failing("the disk is full; make room");
        Cached1<String, String, RuntimeException> made =
                memoized(with(disk, LastingEngine.files()).auto("c").persistent());
        assertThat(made.explain().engine()).isEqualTo("files");
        assertThat(made.explain().choice().fellBack()).isTrue();
        assertThat(made.stats().fallbacks()).isEqualTo(1);
    }

    @Test
    void memory_firstHeapEngineFailsToOpen_theNext() {
        LastingEngine broken = new LastingEngine("broken", 99, Trait.BY_REFERENCE).failing("no");
        Cached1<String, String, RuntimeException> made = memoized(with(broken).memory("c"));
        assertThat(made.explain().engine()).isEqualTo("heap");
        assertThat(made.stats().fallbacks()).isEqualTo(1);
    }

    @Test
    void fallback_itsOwnSettings_reachItAndNobodyElse() {
        Setting<Long> level = Setting.count("level", 1, 9, "How much.");
        List<CacheSpec> seen = new ArrayList<>();
        AtomicBoolean down = new AtomicBoolean(true);
        LastingEngine first = LastingEngine.disk();
        Engine second = new Own("second", level, seen);
        Cache<String, String> cache = with(first, second)
                .disk("c")
                .fallback("second")
                .set(level, 3L)
                .intercept(new StoreInterceptor() {
                    @Override
                    public void before(StoreCall call) {
                        if (down.get()) {
                            throw new EngineException("down");
                        }
                    }
                })
                .types(String.class, String.class)
                .build();
        for (int i = 0; i < 9; i++) {
            String value = "v" + i;
            assertThat(cache.get("k" + i, key -> value)).isEqualTo(value);
        }
        down.set(false);
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).get(level)).isEqualTo(3);
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> with(first, second)
                        .disk("c")
                        .set(level, 3L)
                        .types(String.class, String.class)
                        .build())
                .withMessageContaining("level = 3");
    }

    /** A heap with a setting of its own. */
    private record Own(String name, Setting<Long> setting, List<CacheSpec> seen) implements Engine {
        @Override
        public int rank() {
            return -1;
        }

        @Override
        public Set<Trait> traits() {
            return new HeapEngine().traits();
        }

        @Override
        public List<Setting<?>> settings() {
            return List.of(setting);
        }

        @Override
        public Availability availability() {
            return new Availability.Available();
        }

        @Override
        public <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
            seen.add(spec);
            return new HeapEngine().open(spec, context);
        }
    }

    @Test
    void memory_persistent_namesEnginesThatCan() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(
                        () -> memoized(with(LastingEngine.files()).memory("c").persistent()))
                .withMessageContaining("engine that can: files, disk (add the artifact")
                .withMessageContaining("twat-cache-disk");
    }

    @Test
    void fail_neverFalls() {
        LastingEngine disk = LastingEngine.disk();
        assertThatExceptionOfType(EngineUnavailableException.class)
                .isThrownBy(() -> memoized(with(disk).files("c").onUnavailable(OnUnavailable.FAIL)))
                .withMessageContaining("onUnavailable(FAIL) lets no other stand in for it");
        assertThatExceptionOfType(EngineUnavailableException.class)
                .isThrownBy(() -> memoized(with().cache("c").engine("caffeine").onUnavailable(OnUnavailable.FAIL)));
        LastingEngine closed = LastingEngine.files().failing("no");
        assertThatExceptionOfType(EngineUnavailableException.class)
                .isThrownBy(() -> memoized(with(disk, closed).files("c").onUnavailable(OnUnavailable.FAIL)));
        LastingEngine away = LastingEngine.disk().unavailable("no", "yes");
        assertThatExceptionOfType(EngineUnavailableException.class)
                .isThrownBy(() -> memoized(
                        with(away, LastingEngine.files()).auto("c").persistent().onUnavailable(OnUnavailable.FAIL)));
        assertThat(disk.opened).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({"COUNTERS", "LOCKS", "QUEUES", "TRANSACTIONS"})
    void capability_thatIsRequired_neverFallsBack(Trait capability) {
        LastingEngine redis = new LastingEngine("redis", 4, Trait.PERSISTENT, Trait.MULTI_PROCESS, capability);
        LastingEngine disk = new LastingEngine("disk", 8, Trait.PERSISTENT, Trait.MULTI_PROCESS, capability);
        assertThat(memoized(with(redis, disk).cache("c").engine("redis").requires(capability))
                        .explain()
                        .engine())
                .isEqualTo("redis");
        redis.unavailable("no server answers", "start one");
        assertThatExceptionOfType(EngineUnavailableException.class)
                .isThrownBy(() -> memoized(with(redis, disk)
                        .cache("c")
                        .engine("redis")
                        .requires(capability)
                        .onUnavailable(OnUnavailable.DEGRADE)))
                .withMessageContaining("start one")
                .withMessageContaining(capability.words());
        assertThat(disk.opened).hasValue(0);
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> memoized(with(disk).cache("c").engine("heap").requires(capability)))
                .withMessageContaining("requires = " + capability)
                .withMessageContaining("engines that can: disk");
    }

    @Test
    void fallback_counted_inTheTotalsToo() {
        TwatCache twat = with(LastingEngine.disk());
        memoized(twat.files("a"));
        memoized(twat.disk("b"));
        assertThat(twat.stats().get("a").fallbacks()).isEqualTo(1);
        assertThat(twat.stats().get("b").fallbacks()).isZero();
    }

    @Test
    void sameCacheAgain_afterAFallback_isTheSame() {
        TwatCache twat = with(LastingEngine.disk());
        memoized(twat.files("a")).apply("x");
        assertThat(memoized(twat.files("a")).isCached("x")).isTrue();
        assertThat(twat.stats().get("a").fallbacks()).isEqualTo(1);
    }

    @Test
    void availability_presentAndMissing_eachWithWhatMendsIt() {
        TwatCache twat = with(LastingEngine.redis().unavailable("no server answers", "start one"));
        assertThat(twat.availability().get("heap")).isInstanceOf(Availability.Available.class);
        assertThat(twat.availability().get("redis"))
                .isEqualTo(new Availability.Unavailable("no server answers", "start one"));
        assertThat(twat.availability().get("disk"))
                .isEqualTo(new Availability.Unavailable(
                        "not on the class path", "add the artifact io.github.twatcache:twat-cache-disk"));
    }

    @Test
    void settingOfTheMissingEngine_isSetAside() {
        LastingEngine files = LastingEngine.files().failing("no");
        assertThat(memoized(with(files, LastingEngine.disk()).files("c").maximumSize(10))
                        .explain()
                        .engine())
                .isEqualTo("disk");
    }

    /** An engine whose own jar is there, and not one that it depends on. */
    private record Crippled(String name) implements Engine {
        @Override
        public int rank() {
            return 8;
        }

        @Override
        public Set<Trait> traits() {
            return Set.of(Trait.BYTES, Trait.PERSISTENT, Trait.MULTI_PROCESS);
        }

        @Override
        public Availability availability() {
            return new Availability.Available();
        }

        @Override
        public <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
            throw new NoClassDefFoundError("com/example/Driver");
        }
    }

    @Test
    void open_aClassIsNotThere_isAnEngineThatCannotBeHad() {
        TwatCache twat = with(new Crippled("disk"));
        assertThatExceptionOfType(EngineUnavailableException.class)
                .isThrownBy(() -> memoized(twat.disk("c")))
                .withMessageContaining("'disk' was passed over")
                .withMessageContaining("com/example/Driver")
                .withMessageContaining("add what it depends on")
                .withCauseInstanceOf(EngineUnavailableException.class);
        EngineChoice choice = memoized(twat.disk("d").onUnavailable(OnUnavailable.DEGRADE))
                .explain()
                .choice();
        assertThat(choice.engine()).isEqualTo("heap");
        assertThat(choice.passedOver().get(0).why()).contains("com/example/Driver");
    }

    @Test
    void found_providersThatCannotBeLoaded_takeNoOtherWithThem(@TempDir Path classes) throws Exception {
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(Engine.class.getName()), "com.example.Gone\njava.lang.String\ncom.example.GoneToo\n");
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            assertThat(with().engines()).extracting(Engine::name).contains("heap", "null");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
