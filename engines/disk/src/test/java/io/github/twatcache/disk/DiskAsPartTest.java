package io.github.twatcache.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Cached1;
import io.github.twatcache.Scope;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.EffectiveSettings;
import io.github.twatcache.config.Sources;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.spi.StoreCall;
import io.github.twatcache.spi.StoreInterceptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The disk as one of the two engines of a split, and as the engine that takes over: it gets its folder there too. */
class DiskAsPartTest {
    private static final int SMALL = 10;
    private static final int LARGE = 1_000;
    private static final AtomicInteger RUNS = new AtomicInteger();

    @TempDir
    Path directory;

    private final AtomicLong clock = new AtomicLong();

    private TwatCache open() {
        return TwatCache.builder()
                .configuration(Sources.none())
                .ticker(clock::get)
                .directory(directory)
                .open();
    }

    private static byte[] bytes(int length) {
        RUNS.incrementAndGet();
        return new byte[length];
    }

    private static int runs(Cached1<Integer, byte[], RuntimeException> function, int length) {
        int before = RUNS.get();
        assertThat(function.apply(length)).hasSize(length);
        return RUNS.get() - before;
    }

    @ParameterizedTest
    @CsvSource({"heap, disk", "disk, heap"})
    void split_withTheDisk_keepsItsHalfAndForgetsTheOther(String small, String large) {
        try (TwatCache twat = open()) {
            Cached1<Integer, byte[], RuntimeException> made =
                    twat.cache("c").split(100, small, large).memoize(DiskAsPartTest::bytes);
            assertThat(runs(made, SMALL)).isEqualTo(1);
            assertThat(runs(made, LARGE)).isEqualTo(1);
            assertThat(runs(made, SMALL) + runs(made, LARGE)).isZero();
        }
        try (TwatCache twat = open()) {
            Cached1<Integer, byte[], RuntimeException> again =
                    twat.cache("c").split(100, small, large).memoize(DiskAsPartTest::bytes);
            assertThat(runs(again, SMALL)).isEqualTo(small.equals("disk") ? 0 : 1);
            assertThat(runs(again, LARGE)).isEqualTo(large.equals("disk") ? 0 : 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"heap, disk, false", "disk, heap, false", "heap, disk, true", "caffeine, disk, true"})
    void split_bytes_areThoseOfBothHalves(String small, String large, boolean limited) {
        try (TwatCache twat = open()) {
            if (twat.engines().stream().noneMatch(engine -> engine.name().equals(small))) {
                return; // without Caffeine on the class path
            }
            UnaryOperator<CacheBuilder> settings = limited ? c -> c.maximumBytes(1_000_000) : c -> c;
            Cached1<Integer, byte[], RuntimeException> split =
                    settings.apply(twat.cache("c").split(100, small, large)).memoize(DiskAsPartTest::bytes);
            assertThat(split.stats().bytes()).hasValue(0);
            split.apply(SMALL);
            long one = split.stats().bytes().orElseThrow();
            assertThat(one).isBetween(64L + SMALL, 64L + SMALL + 100);
            split.apply(LARGE);
            assertThat(split.stats().bytes().orElseThrow() - one).isBetween(64L + LARGE, 64L + LARGE + 100);
            split.clear();
            assertThat(split.stats().bytes()).hasValue(0);
        }
    }

    @Test
    void split_settings_eachSaysWhereItComesFrom() {
        Properties properties = new Properties();
        properties.setProperty("twat.cache.caches.c.split", "100");
        properties.setProperty("twat.cache.caches.c.split-large", "disk");
        properties.setProperty("twat.cache.defaults.engine", "heap");
        properties.setProperty("twat.cache.defaults.maximum-size", "7");
        String prefix = "system property twat.cache.";
        try (TwatCache twat = open()) {
            twat.cache("c").split(100, "heap", "disk").maximumSize(5).memoize(DiskAsPartTest::bytes);
        }
        try (TwatCache twat = TwatCache.builder()
                .configuration(Sources.none().systemProperties(properties))
                .directory(directory)
                .open()) {
            Cached1<Integer, byte[], RuntimeException> split = twat.cache("c").memoize(DiskAsPartTest::bytes);
            EffectiveSettings settings = twat.settings("c");
            assertThat(settings.get("engine"))
                    .hasValue(new EffectiveSettings.Line(
                            "engine",
                            "split(heap, disk)",
                            "small values: " + prefix + "defaults.engine, large values: " + prefix
                                    + "caches.c.split-large"));
            assertThat(settings.get("maximum-size"))
                    .hasValue(new EffectiveSettings.Line("maximum-size", "7", prefix + "defaults.maximum-size"));
            EffectiveSettings.Line stored =
                    settings.get("maximum-size (large values)").orElseThrow();
            assertThat(stored.value()).isEqualTo("5");
            assertThat(stored.source()).startsWith("the database ");
            assertThat(settings.get("maximum-size (small values)")).isEmpty();
            assertThat(split.explain().reasons())
                    .contains(
                            "small values on 'heap': asked for by name (from " + prefix + "defaults.engine)",
                            "large values on 'disk': asked for by name (from " + prefix + "caches.c.split-large)");
            assertThat(split.explain().settings().get("maximum-size").value()).isEqualTo(7L);
            assertThat(split.explain().notes())
                    .singleElement()
                    .asString()
                    .startsWith("maximum-size = 5 (from the database ")
                    .endsWith(" counts for large values");
        }
    }

    @Test
    void split_byTheRules_keepsLargeArraysOnTheDisk() {
        try (TwatCache twat = open()) {
            Cached1<Integer, byte[], RuntimeException> made =
                    twat.auto("c").split(100).memoize(DiskAsPartTest::bytes);
            assertThat(runs(made, LARGE)).isEqualTo(1);
            assertThat(runs(made, LARGE)).isZero();
            assertThat(made.explain().engine()).startsWith("split(").endsWith(", disk)");
        }
    }

    /** One folder cannot serve two caches that do not know of each other, as little by half as whole. */
    @Test
    void split_ofTheSameNameInAScope_isRefused() {
        try (TwatCache twat = open()) {
            Cached1<Integer, byte[], RuntimeException> outside =
                    twat.cache("c").split(100, "heap", "disk").memoize(DiskAsPartTest::bytes);
            try (Scope scope = twat.scope(c -> c.maximumSize(7))) {
                assertThat(scope).isNotNull();
                CacheBuilder halfThere = twat.cache("c").split(100, "heap", "disk");
                assertThatExceptionOfType(ConfigurationException.class)
                        .isThrownBy(() -> halfThere.memoize(DiskAsPartTest::bytes))
                        .withMessageContaining("cannot serve two scopes at once");
                CacheBuilder wholeThere = twat.disk("c");
                assertThatExceptionOfType(ConfigurationException.class)
                        .isThrownBy(() -> wholeThere.memoize(DiskAsPartTest::bytes));
                assertThat(twat.cache("c")
                                .engine("heap")
                                .memoize(DiskAsPartTest::bytes)
                                .apply(SMALL))
                        .hasSize(SMALL);
            }
            assertThat(runs(outside, SMALL)).isEqualTo(1);
        }
    }

    private static final class Outage implements StoreInterceptor {
        private volatile boolean down;

        @Override
        public void before(StoreCall call) {
            if (down) {
                throw new EngineException("down");
            }
        }
    }

    @Test
    void fallback_toTheDisk_takesOverEmptyAndHandsBack() {
        Outage outage = new Outage();
        try (TwatCache twat = open()) {
            Cached1<Integer, byte[], RuntimeException> made = twat.cache("c")
                    .engine("heap")
                    .intercept(outage)
                    .breaker(1, Duration.ofSeconds(1))
                    .fallback("disk")
                    .memoize(DiskAsPartTest::bytes);
            assertThat(runs(made, SMALL)).isEqualTo(1);
            outage.down = true;
            assertThat(runs(made, SMALL)).isEqualTo(1);
            assertThat(runs(made, SMALL)).isZero();
            assertThat(made.stats().fallbacks()).isEqualTo(1);
            outage.down = false;
            clock.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThat(runs(made, SMALL)).isEqualTo(1);
            assertThat(runs(made, SMALL)).isZero();
        }
    }

    /** Taking over begins by clearing: what stands in for an absent engine must not be the one that is to be replaced. */
    @Test
    void fallback_thatComesToBeTheCachesOwnEngine_isRefused() {
        try (TwatCache twat = open()) {
            CacheBuilder builder = twat.disk("c").fallback("files");
            assertThatExceptionOfType(EngineUnavailableException.class)
                    .isThrownBy(() -> builder.memoize(DiskAsPartTest::bytes))
                    .withMessageContaining("fallback = files of cache 'c'")
                    .withMessageContaining("'disk'")
                    .withMessageContaining("add the artifact io.github.twatcache:twat-cache-files");
        }
    }

    @Test
    void fallback_thatIsNotThere_isNamedAsTheFallback() {
        try (TwatCache twat = open()) {
            CacheBuilder builder = twat.disk("c").fallback("caffiene");
            assertThatExceptionOfType(EngineUnavailableException.class)
                    .isThrownBy(() -> builder.memoize(DiskAsPartTest::bytes))
                    .withMessageStartingWith("fallback = caffiene of cache 'c' (from code)")
                    .withMessageContaining("did you mean 'caffeine'?");
        }
    }
}
