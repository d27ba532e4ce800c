package io.github.twatcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Settings;
import io.github.twatcache.config.Sources;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.path.QuotaPolicy;
import io.github.twatcache.spi.Trait;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings that would do nothing are mistakes where they were meant for one cache, and skipped where for many. */
final class NoEffectTest {
    /** On an engine that keeps bytes. */
    private static Explanation made(TwatCache twat, UnaryOperator<CacheBuilder> settings) {
        return settings.apply(twat.disk("c").version("1"))
                .memoize((Integer n) -> n)
                .explain();
    }

    private static TwatCache open(Properties properties) {
        return TwatCache.builder()
                .configuration(Sources.none().systemProperties(properties))
                .engine(new LastingEngine("disk", 8, Trait.PERSISTENT, Trait.POLICY))
                .open();
    }

    static Stream<Arguments> idle() {
        return Stream.of(
                idle("policy = MRU", "maximum-size, maximum-bytes or maximum-weight", c -> c.policy(Policy.MRU)),
                idle("expiry-jitter = 0.5", "expire-after-write", c -> c.expiryJitter(0.5)),
                idle(
                        "expiry-jitter = 0.5",
                        "expire-after-write",
                        c -> c.expiryJitter(0.5).expireAfterAccess(Duration.ofMinutes(1))),
                idle("compress-above = 10", "compress", c -> c.compressAbove(10)),
                idle("compress-above = 10", "compress", c -> c.compressAbove(10).compress("none")),
                idle("split-small = heap", "split", c -> c.set(Settings.SPLIT_SMALL, "heap")),
                idle("split-large = heap", "split", c -> c.set(Settings.SPLIT_LARGE, "heap")));
    }

    private static Arguments idle(String setting, String missing, UnaryOperator<CacheBuilder> settings) {
        return Arguments.of(setting, missing, settings);
    }

    @ParameterizedTest
    @MethodSource("idle")
    void code_settingThatDoesNothing_refusedNamingBoth(
            String setting, String missing, UnaryOperator<CacheBuilder> settings) {
        try (TwatCache twat = open(new Properties())) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> made(twat, settings))
                    .withMessageContaining(setting + " (from code) of cache 'c' has no effect without " + missing)
                    .withMessageContaining("leave " + setting.split(" ", 2)[0] + " out");
            assertThat(twat.caches()).isEmpty();
        }
    }

    @Test
    void configuration_forOneCache_refusedWithItsSource() {
        Properties properties = new Properties();
        properties.setProperty("twat.cache.caches.c.policy", "lru");
        try (TwatCache twat = open(properties)) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> made(twat, c -> c))
                    .withMessageContaining("policy = LRU (from system property twat.cache.caches.c.policy)")
                    .withMessageContaining("has no effect");
            assertThat(made(twat, c -> c.maximumSize(3)).settings()).containsKeys("policy", "maximum-size");
        }
    }

    @Test
    void configuration_forManyCaches_skippedAndSaid() {
        Map<String, String> many = Map.of(
                "policy", "lru",
                "expiry-jitter", "0.5",
                "compress-above", "10",
                "split-large", "heap");
        Properties properties = new Properties();
        many.forEach((key, value) -> properties.setProperty("twat.cache.defaults." + key, value));
        try (TwatCache twat = open(properties)) {
            Explanation explained = made(twat, c -> c);
            assertThat(explained.settings().keySet()).doesNotContainAnyElementsOf(many.keySet());
            many.keySet()
                    .forEach(key -> assertThat(explained.notes())
                            .anyMatch(note -> note.startsWith(key + " = ") && note.contains("has no effect without")));
        }
    }

    /** What is promised of a function or to callers moves with the cache from engine to engine. */
    @Test
    void promises_thatTheEngineKeepsAnyway_areSkippedAndSaid() {
        try (TwatCache twat = open(new Properties())) {
            Explanation onHeap = twat.cache("v")
                    .engine("heap")
                    .version("v3")
                    .copyOnRead()
                    .memoize((Integer n) -> n)
                    .explain();
            assertThat(onHeap.settings()).doesNotContainKey("version").containsKey("copy-on-read");
            assertThat(onHeap.notes())
                    .containsExactly(
                            "version = v3 (from code) is skipped: it has no effect here, since nothing outlives"
                                    + " the process on engine 'heap'");
            assertThat(twat.cache("d")
                            .engine("heap")
                            .dependsOn(NoEffectTest.class)
                            .memoize((Integer n) -> n)
                            .explain()
                            .notes())
                    .singleElement()
                    .asString()
                    .startsWith("depends-on = ")
                    .contains("has no effect here");
            Explanation onDisk = made(twat, CacheBuilder::copyOnRead);
            assertThat(onDisk.settings()).containsKey("version").doesNotContainKey("copy-on-read");
            assertThat(onDisk.notes())
                    .containsExactly("copy-on-read = true (from code) is skipped: it has no effect here, since engine"
                            + " 'disk' hands out fresh values anyway");
            assertThat(twat.cache("s")
                            .split(1_000, "heap", "disk")
                            .version("1")
                            .copyOnRead()
                            .memoize((Integer n) -> n)
                            .explain()
                            .settings())
                    .containsKeys("version", "copy-on-read");
            assertThat(twat.disk("f")
                            .fallback("heap")
                            .version("1")
                            .copyOnRead()
                            .memoize((Integer n) -> n)
                            .explain()
                            .settings())
                    .containsKeys("version", "copy-on-read");
        }
    }

    @Test
    void policy_whereAllCachesAreBoundedTogether_hasAnEffect() {
        try (TwatCache twat = TwatCache.builder()
                .configuration(Sources.none())
                .engine(new LastingEngine("acme", -1, Trait.PERSISTENT, Trait.POLICY))
                .quota(1_000, QuotaPolicy.LARGEST)
                .open()) {
            assertThat(twat.cache("c")
                            .engine("acme")
                            .policy(Policy.LRU)
                            .version("1")
                            .memoize((Integer n) -> n)
                            .explain()
                            .settings())
                    .containsKey("policy");
        }
    }
}
