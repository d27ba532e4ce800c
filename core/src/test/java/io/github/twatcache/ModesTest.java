package io.github.twatcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.config.EffectiveSettings;
import io.github.twatcache.config.Mode;
import io.github.twatcache.config.Sources;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.stats.CacheStats;
import io.github.twatcache.stats.Unstored;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Switching caches off and on: what depends on no engine. What each mode does, every engine is asked in the testkit. */
class ModesTest {
    private final TwatCache twat =
            TwatCache.builder().configuration(Sources.none()).open();
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void close() {
        twat.close();
        System.clearProperty("twat.cache.spin");
    }

    private int next(String word) {
        return word.length() * 1_000 + runs.incrementAndGet();
    }

    private Cached1<String, Integer, RuntimeException> counted() {
        return twat.cache("counted").engine("heap").memoize(this::next);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void off_andOnAgain_computesMeanwhileAndKeepsWhatWasThere(boolean spun) {
        System.setProperty("twat.cache.spin", Boolean.toString(spun));
        var counted = counted();
        assertThat(counted.apply("a")).isEqualTo(1_001);
        twat.mode("counted", Mode.OFF);
        assertThat(counted.apply("a")).isEqualTo(1_002);
        assertThat(counted.apply("a")).isEqualTo(1_003);
        assertThat(counted.isCached("a")).isFalse();
        assertThat(counted.peek("a").present()).isFalse();
        twat.mode("counted", Mode.ON);
        assertThat(counted.apply("a")).isEqualTo(1_001);
        assertThat(counted.stats().unstoredCount(Unstored.SWITCHED_OFF)).isEqualTo(2);
    }

    @Test
    void modes_withStatistics_lookupsStillAddUp() {
        var counted = twat.memory("counted").statistics().memoize(this::next);
        for (Mode mode : Mode.values()) {
            counted.apply("a");
            twat.mode("counted", mode);
            counted.apply("a");
            counted.apply("bb");
        }
        CacheStats stats = counted.stats();
        assertThat(stats.lookups()).isEqualTo(3L * Mode.values().length);
        assertThat(stats.missCount()).isEqualTo(runs.get());
    }

    @Test
    void mode_ofAFace_isThatOfTheCacheHoweverOftenItIsAskedFor() {
        Cache<String, Integer> first =
                twat.memory("data").types(String.class, Integer.class).build();
        Cache<String, Integer> second =
                twat.memory("data").types(String.class, Integer.class).build();
        first.put("a", 1);
        twat.mode("data", Mode.OFF);
        assertThat(Stream.of(first, second).map(cache -> cache.getIfPresent("a")))
                .containsOnlyNulls();
    }

    @Test
    void mode_inTheConfiguration_holdsFromTheBeginning() {
        Properties properties = new Properties();
        properties.setProperty("twat.cache.caches.counted.mode", "off");
        try (TwatCache off = TwatCache.builder()
                .configuration(Sources.none().systemProperties(properties))
                .open()) {
            var counted = off.memory("counted").memoize(this::next);
            assertThat(IntStream.range(0, 3)
                            .map(i -> counted.apply("a"))
                            .distinct()
                            .count())
                    .isEqualTo(3);
            assertThat(off.mode("counted")).isEqualTo(Mode.OFF);
            off.mode("counted", Mode.ON);
            assertThat(IntStream.range(0, 3)
                            .map(i -> counted.apply("a"))
                            .distinct()
                            .count())
                    .isOne();
            assertThat(off.settings("counted").get("mode").orElseThrow().source())
                    .isEqualTo("twat.mode, at run time");
        }
    }

    @Test
    void mode_ofOtherKeySpaces_holdsForThoseToCome() {
        twat.memory("price").memoize(new Region("EU")::price);
        twat.mode("price", Mode.OFF);
        var america = twat.memory("price").memoize(new Region("US")::price);
        america.apply("tea");
        assertThat(america.size()).isZero();
        assertThat(twat.caches()).isEqualTo(Set.of("price"));
    }

    @Test
    void settings_ofACacheThatIsClosed_haveTheModeThatHoldsWhenItIsMadeAgain() {
        Cache<String, Integer> cache =
                twat.memory("data").types(String.class, Integer.class).build();
        twat.mode("data", Mode.OFF);
        cache.close();
        EffectiveSettings.Line mode = twat.settings("data").get("mode").orElseThrow();
        assertThat(mode.value()).isEqualTo("off");
        assertThat(mode.source()).isEqualTo("twat.mode, at run time");
        twat.memory("data").types(String.class, Integer.class).build();
        assertThat(twat.mode("data")).isEqualTo(Mode.OFF);
        assertThat(twat.settings("data").get("mode").orElseThrow()).isEqualTo(mode);
    }

    @Test
    void settings_ofANameInAnotherForm_haveTheModeToo() {
        twat.memory("e\u0301").memoize(this::next);
        twat.mode("e\u0301", Mode.OFF);
        for (String form : Set.of("e\u0301", "\u00e9")) {
            assertThat(twat.settings(form).get("mode").orElseThrow().source()).isEqualTo("twat.mode, at run time");
        }
    }

    @Test
    void mode_unknownName_isRefused() {
        assertThatThrownBy(() -> twat.mode("nobody", Mode.OFF))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("nobody");
    }

    record Region(String name) {
        String price(String item) {
            return item + " in " + name;
        }
    }
}
