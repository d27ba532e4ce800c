package io.github.twatcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Settings;
import io.github.twatcache.config.Sources;
import io.github.twatcache.config.Vocabulary;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.spi.StoreCall;
import io.github.twatcache.spi.StoreInterceptor;
import io.github.twatcache.spi.Trait;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An operator switches caching off, or a setting, whatever code says: nothing is kept, and no program need be changed. */
final class SwitchedOffTest {
    private static final List<String> SWITCHES = List.of(
            "twat.cache.enabled = false",
            "twat.cache.override.engine = null",
            "twat.cache.override.caches.p.engine = null");

    private final AtomicInteger runs = new AtomicInteger();

    private String page(int length) {
        runs.incrementAndGet();
        return "x".repeat(length);
    }

    static TwatCache open(String... lines) {
        Properties properties = new Properties();
        for (String line : lines) {
            String[] parts = line.split(" = ", 2);
            properties.setProperty(parts[0], parts[1]);
        }
        return TwatCache.builder()
                .configuration(Sources.none().systemProperties(properties))
                .engine(LastingEngine.disk())
                .engine(new LastingEngine("caffeine", 20, Trait.BY_REFERENCE, Trait.ADMISSION))
                .open();
    }

    static Stream<Arguments> builders() {
        return SWITCHES.stream()
                .flatMap(off -> Stream.<Function<TwatCache, CacheBuilder>>of(
                                twat -> twat.cache("p").split(1_000, "heap", "disk"),
                                twat -> twat.memory("p").split(1_000),
                                twat -> twat.auto("p").split(1_000),
                                twat -> twat.disk("p").split(1_000),
                                twat -> twat.disk("p").split(1_000, "null", "disk"),
                                twat -> twat.disk("p").requires(Trait.COUNTERS),
                                twat -> twat.disk("p").persistent().shared(),
                                twat -> twat.disk("p").fallback("heap"),
                                twat -> twat.disk("p").fallback("null"),
                                twat -> twat.disk("p")
                                        .fallback("heap")
                                        .breaker(1, Duration.ofHours(1))
                                        .intercept(new Failing()))
                        .map(builder -> Arguments.of(off, builder)));
    }

    /** Something round the engine that fails: then a fallback would take over. */
    private static final class Failing implements StoreInterceptor {
        @Override
        public void before(StoreCall call) {
            if (call.operation() != StoreCall.Operation.CLOSE) {
                throw new IllegalStateException("no");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("builders")
    void off_whateverCodeSays_keepsNothing(String off, Function<TwatCache, CacheBuilder> builder) {
        try (TwatCache twat = open(off)) {
            Cached1<Integer, String, RuntimeException> page =
                    builder.apply(twat).version("1").memoize(this::page);
            for (int length : new int[] {5, 5, 5_000, 5_000}) {
                page.apply(length);
            }
            assertThat(runs).hasValue(4);
            assertThat(page.explain().engine()).isEqualTo("null");
            assertThat(page.explain().settings()).doesNotContainKeys("split", "split-small", "split-large", "fallback");
            assertThat(twat.settings("p").get("split").orElseThrow().value()).isEqualTo("not split");
        }
    }

    @Test
    void off_split_saysWhatIsSkippedAndWhy() {
        try (TwatCache twat = open("twat.cache.override.engine = null")) {
            assertThat(twat.cache("p")
                            .split(1_000, "heap", "disk")
                            .memoize(this::page)
                            .explain()
                            .notes())
                    .anyMatch(
                            note -> note.equals("split-large = disk (from code) is skipped: engine = null (from system"
                                    + " property twat.cache.override.engine) keeps nothing"));
        }
    }

    @Test
    void engineNull_ofAConfiguration_meetsASplit() {
        try (TwatCache twat = open("twat.cache.caches.p.engine = null", "twat.cache.defaults.split = 1KiB")) {
            assertThat(twat.cache("p").memoize(this::page).explain().engine()).isEqualTo("null");
        }
        try (TwatCache twat = open("twat.cache.caches.p.engine = null")) {
            assertThat(twat.cache("p")
                            .split(1_000)
                            .memoize(this::page)
                            .explain()
                            .engine())
                    .isEqualTo("null");
        }
        // Code that names both engines beats a configuration, as it does where it names one.
        try (TwatCache twat = open("twat.cache.caches.p.engine = null")) {
            assertThat(twat.cache("p")
                            .split(1_000, "heap", "disk")
                            .memoize(this::page)
                            .explain()
                            .engine())
                    .isEqualTo("split(heap, disk)");
        }
    }

    @Test
    void spec_engineNullWithASplit_readsBackEqual() {
        CacheSpec spec = CacheSpec.of("p", "null").with(Settings.SPLIT, 10L, "code");
        Vocabulary words = Engines.found(List.of()).vocabulary();
        assertThat(CacheSpec.ofProperties("p", spec.toProperties(), words)).isEqualTo(spec);
    }

    // ---- an engine for all values

    @Test
    void override_engine_countsForASplitWithEnginesOfItsOwnToo() {
        try (TwatCache twat = open("twat.cache.override.engine = heap")) {
            for (CacheBuilder builder : List.of(
                    twat.cache("p").split(1_000, "heap", "disk"),
                    twat.disk("q").split(1_000),
                    twat.disk("r").fallback("heap"))) {
                Explanation explained = builder.version("1").memoize(this::page).explain();
                assertThat(explained.engine()).isEqualTo("heap");
                assertThat(explained.settings()).doesNotContainKeys("split", "split-small", "split-large", "fallback");
            }
            assertThat(twat.settings("p").notes())
                    .contains("split-large = disk (from code) gave way to engine = heap (from system property"
                            + " twat.cache.override.engine)");
        }
        // Whoever says both means both.
        try (TwatCache twat = open("twat.cache.override.engine = heap", "twat.cache.override.split = 2KiB")) {
            assertThat(twat.cache("p")
                            .split(1_000, "heap", "disk")
                            .memoize(this::page)
                            .explain()
                            .engine())
                    .isEqualTo("split(heap, disk)");
        }
    }

    // ---- one setting is switched off

    @Test
    void override_takesAwayWhatASettingWorksOn_thatSettingIsSkipped() {
        try (TwatCache twat = open("twat.cache.override.compress = none")) {
            Explanation explained = twat.disk("p")
                    .compress("zstd")
                    .compressAbove(10)
                    .version("1")
                    .memoize(this::page)
                    .explain();
            assertThat(explained.settings()).doesNotContainKey("compress-above");
            assertThat(explained.notes())
                    .anyMatch(note -> note.startsWith("compress-above = 10 (from code) is skipped"));
        }
        // What never had an effect is a mistake as before.
        try (TwatCache twat = open("twat.cache.override.compress = none")) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(
                            () -> twat.disk("p").compressAbove(10).version("1").memoize(this::page));
        }
    }

    @Test
    void override_switchesOffTagsThatEntriesCarry_isSkippedAndSaid() {
        try (TwatCache twat = open("twat.cache.override.tags = false")) {
            Cache<String, String> cache =
                    twat.memory("p").tags("x").types(String.class, String.class).build();
            cache.put("a", "1");
            assertThat(cache.invalidateTag("x")).isEqualTo(1);
            assertThat(cache.explain().notes())
                    .anyMatch(note -> note.startsWith(
                            "tags = false (from system property twat.cache.override.tags)" + " is skipped"));
        }
    }
}
