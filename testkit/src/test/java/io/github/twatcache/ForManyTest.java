package io.github.twatcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.twatcache.config.Policy;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.heap.HeapSettings;
import io.github.twatcache.spi.Trait;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Settings meant for many caches, from defaults, name patterns and scopes: one that cannot count in a cache is skipped there
 * and said, and the cache is made. The same setting meant for this cache is refused.
 */
final class ForManyTest {
    private static TwatCache open(String... lines) {
        return SwitchedOffTest.open(lines);
    }

    private static Cached1<Integer, Integer, RuntimeException> made(CacheBuilder builder) {
        return builder.memoize((Integer n) -> n + 1);
    }

    private static Arguments skipped(
            Function<TwatCache, CacheBuilder> builder, String engine, String skipped, String... lines) {
        return arguments(builder, engine, skipped, List.of(lines));
    }

    static Stream<Arguments> skipped() {
        return Stream.of(
                skipped(twat -> twat.memory("c"), "caffeine", "fallback", "fallback = caffeine"),
                skipped(twat -> twat.cache("c").engine("heap"), "heap", "fallback", "fallback = heap"),
                skipped(twat -> twat.memory("c"), "caffeine", "fallback", "fallback = redis"),
                skipped(
                        twat -> twat.cache("c").engine("heap").maximumSize(3).policy(Policy.LRU),
                        "heap",
                        "fallback",
                        "fallback = caffeine"),
                skipped(twat -> twat.disk("c").shared(), "disk", "split", "split = 10KiB"),
                skipped(twat -> twat.memory("c").requires(Trait.POLICY), "heap", "split", "split = 10KiB"),
                skipped(
                        twat -> twat.cache("c").split(1_000, "heap", "disk"),
                        "split(heap, disk)",
                        "shared",
                        "shared = true"),
                skipped(
                        twat -> twat.cache("c").split(1_000, "heap", "disk"),
                        "split(heap, disk)",
                        "distributed",
                        "distributed = true"),
                skipped(
                        twat -> twat.memory("c").split(1_000),
                        "split(caffeine, heap)",
                        "split-large",
                        "split-small = disk",
                        "split-large = disk"),
                skipped(
                        twat -> twat.memory("c").split(1_000),
                        "split(caffeine, heap)",
                        "split-large",
                        "split-large = redis"),
                skipped(twat -> twat.disk("c").shared(), "disk", "split-large", "split = 10KiB", "split-large = heap"),
                skipped(twat -> twat.memory("c"), "caffeine", "requires", "requires = counters"),
                skipped(twat -> twat.auto("c"), "caffeine", "requires", "requires = counters"),
                skipped(twat -> twat.cache("c").engine("heap"), "heap", "requires", "requires = counters"),
                skipped(twat -> twat.auto("c"), "disk", "distributed", "persistent = true", "distributed = true"),
                skipped(
                        twat -> twat.auto("c").maximumSize(3),
                        "heap",
                        "requires",
                        "requires = counters",
                        "policy = lru"));
    }

    @ParameterizedTest
    @MethodSource("skipped")
    void forMany_cannotCount_skippedAndSaid(
            Function<TwatCache, CacheBuilder> builder, String engine, String skipped, List<String> lines) {
        for (String prefix : List.of("twat.cache.defaults.", "twat.cache.caches.c*.")) {
            try (TwatCache twat = open(lines.stream().map(line -> prefix + line).toArray(String[]::new))) {
                Cached1<Integer, Integer, RuntimeException> made = made(builder.apply(twat));
                assertThat(made.apply(1)).isEqualTo(2);
                Explanation explained = made.explain();
                assertThat(explained.engine()).isEqualTo(engine);
                assertThat(explained.settings()).doesNotContainKey(skipped);
                assertThat(explained.notes())
                        .anyMatch(note -> note.startsWith(skipped + " = ")
                                && note.contains("(from system property " + prefix + skipped + ") is skipped: "));
                assertThat(twat.settings("c").get(skipped).orElseThrow().source())
                        .isEqualTo("default");
            }
        }
    }

    @Test
    void split_forThisCache_refusedWithItsSource() {
        try (TwatCache twat = open("twat.cache.caches.c.split = 10KiB")) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> made(twat.disk("c").shared()))
                    .withMessageContaining("(from system property twat.cache.caches.c.split)");
        }
        try (TwatCache twat = open("twat.cache.caches.c.split-large = heap")) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> made(twat.cache("c").engine("heap").split(1_000)))
                    .withMessageContaining("both engines of split = ")
                    .withMessageContaining("(from code)");
        }
    }

    @Test
    void scope_engineOfBothHalves_isNoSplit() {
        try (TwatCache twat = open("twat.cache.caches.c.split-large = heap");
                Scope scope = twat.scope(c -> c.engine("heap"))) {
            assertThat(made(twat.cache("c").split(1_000)).explain().engine()).isEqualTo("heap");
            assertThat(scope).isNotNull();
        }
    }

    @Test
    void engine_unknown_isRefusedWithItsSource() {
        try (TwatCache twat = open();
                Scope scope = twat.scope(c -> c.engine("dsik"))) {
            assertThatExceptionOfType(EngineUnavailableException.class)
                    .isThrownBy(() -> made(twat.memory("c")))
                    .withMessageContaining("engine 'dsik' is not present (from scope, for cache 'c')")
                    .withMessageContaining("did you mean 'disk'?");
            assertThat(scope).isNotNull();
        }
    }

    /** An engine meant for many caches that cannot be had falls along its chain, whatever that loses, with one warning. */
    @Test
    void engine_forManyAndAbsent_fallsAndTellsWhatIsLost() {
        for (String key : List.of("twat.cache.defaults.engine", "twat.cache.caches.c*.engine")) {
            try (TwatCache twat = open(key + " = redis")) {
                Cached1<Integer, Integer, RuntimeException> made = made(twat.cache("c"));
                assertThat(made.apply(1)).isEqualTo(2);
                EngineChoice choice = made.explain().choice();
                assertThat(choice.engine()).isEqualTo("disk");
                assertThat(choice.fellBack()).isTrue();
                assertThat(choice.lost()).containsExactly(Trait.DISTRIBUTED);
                assertThat(choice.passedOver().get(0).engine()).isEqualTo("redis");
                assertThat(made.stats().fallbacks()).isEqualTo(1);
            }
        }
        try (TwatCache twat = open("twat.cache.defaults.engine = redis", "twat.cache.defaults.on-unavailable = fail")) {
            assertThatExceptionOfType(EngineUnavailableException.class)
                    .isThrownBy(() -> made(twat.cache("c")))
                    .withMessageContaining("onUnavailable(FAIL)");
        }
        try (TwatCache twat = open("twat.cache.caches.c.engine = redis")) {
            assertThatExceptionOfType(EngineUnavailableException.class)
                    .as("meant for this cache")
                    .isThrownBy(() -> made(twat.cache("c")));
        }
    }

    @Test
    void engine_forManyThatCannotHonourWhatThisCacheAsksFor_isSkippedAndSaid() {
        try (TwatCache twat = open("twat.cache.defaults.engine = caffeine")) {
            Cached1<Integer, Integer, RuntimeException> made =
                    made(twat.cache("c").maximumSize(3).policy(Policy.LRU));
            assertThat(made.explain().engine()).isEqualTo("heap");
            assertThat(made.explain().notes())
                    .anyMatch(note -> note.startsWith("engine = caffeine (from system property"
                                    + " twat.cache.defaults.engine) is skipped: ")
                            && note.contains("policy"));
            assertThat(twat.settings("c").notes()).anyMatch(note -> note.startsWith("engine = caffeine"));
        }
    }

    @Test
    void jitter_skipped_leavesNothingBehind() {
        try (TwatCache twat = open("twat.cache.defaults.expiry-jitter = 0.5")) {
            Explanation explained = made(twat.memory("c")).explain();
            assertThat(explained.settings()).isEmpty();
            assertThat(explained.notes()).singleElement().asString().startsWith("expiry-jitter = 0.5");
            assertThat(twat.settings("c").get("per-entry-expiry").orElseThrow().value())
                    .isEqualTo("false");
        }
    }

    @Test
    void seed_withoutTheRandomPolicy_hasNoEffect() {
        try (TwatCache twat = open()) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> made(
                            twat.memory("c").maximumSize(3).policy(Policy.LRU).set(HeapSettings.SEED, 7L)))
                    .withMessageContaining("seed = 7 (from code) of cache 'c' has no effect without policy = rr");
            assertThat(made(twat.memory("c").maximumSize(3).policy(Policy.RR).set(HeapSettings.SEED, 7L))
                            .explain()
                            .settings())
                    .containsKey("seed");
        }
        try (TwatCache twat = open("twat.cache.defaults.seed = 7")) {
            assertThat(made(twat.cache("c").engine("heap")).explain().notes())
                    .anyMatch(note -> note.startsWith("seed = 7") && note.contains("has no effect without"));
        }
    }

    @Test
    void fallback_missing_isNotCalledTheCachesOwn() {
        try (TwatCache twat = TwatCache.builder().open()) {
            assertThatExceptionOfType(EngineUnavailableException.class)
                    .isThrownBy(() -> made(twat.cache("c").engine("heap").fallback("caffeine")))
                    .withMessageContaining("fallback = caffeine of cache 'c' (from code) cannot be had")
                    .withMessageContaining("twat-cache-caffeine");
        }
    }
}
