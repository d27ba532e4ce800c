package io.github.twatcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Requirements;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.config.Sourced;
import io.github.twatcache.config.Sources;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.ConfigurationFault;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.heap.HeapSettings;
import io.github.twatcache.spi.StoreCall;
import io.github.twatcache.spi.StoreInterceptor;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where settings come from, which of them counts, and what is said when they are wrong. */
class ConfigurationTest {
    @TempDir
    Path directory;

    private static String shout(String word) {
        return word + "!";
    }

    private static Properties properties(String... keysAndValues) {
        Properties properties = new Properties();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.setProperty(keysAndValues[i], keysAndValues[i + 1]);
        }
        return properties;
    }

    private static TwatCache open(Sources sources) {
        return TwatCache.builder().configuration(sources).open();
    }

    private static TwatCache open(String... keysAndValues) {
        return open(Sources.none().systemProperties(properties(keysAndValues)));
    }

    private Sources file(String... lines) throws IOException {
        Files.write(directory.resolve(Sources.FILE), List.of(lines));
        return Sources.none().workingDirectory(directory);
    }

    private static Explanation users(TwatCache twat) {
        return twat.cache("users")
                .engine("heap")
                .memoize(ConfigurationTest::shout)
                .explain();
    }

    private static Object value(Explanation explanation, Setting<?> setting) {
        Sourced<?> sourced = explanation.settings().get(setting.key());
        return sourced == null ? null : sourced.value();
    }

    private static String source(Explanation explanation, Setting<?> setting) {
        return explanation.settings().get(setting.key()).source();
    }

    // ---- no configuration

    @Test
    void open_nothingConfigured_works() {
        try (TwatCache twat =
                open(Sources.none().workingDirectory(directory).classPath(new URLClassLoader(new URL[0], null)))) {
            assertThat(users(twat).settings()).isEmpty();
            assertThat(twat.configuration().sources()).isEmpty();
        }
    }

    // ---- precedence

    @Test
    void precedence_eachSourceInTurn_theLaterBeatsTheEarlier() throws IOException {
        String key = "twat.cache.caches.users.maximum-size";
        Path jar = Files.createDirectory(directory.resolve("jar"));
        Files.writeString(jar.resolve(Sources.FILE), key + "=1\n");
        Path work = Files.createDirectory(directory.resolve("work"));
        Files.writeString(work.resolve(Sources.FILE), "# second\n" + key + "=2\n");
        Path named = Files.writeString(directory.resolve("named.properties"), "\n\n" + key + "=3\n");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            Sources sources = Sources.none().classPath(loader);
            expect(sources, 1L, "class path twat-cache.properties:1");
            sources = sources.workingDirectory(work);
            expect(sources, 2L, work.resolve(Sources.FILE) + ":2");
            Map<String, String> config = Map.of("TWAT_CACHE_CONFIG", named.toString());
            expect(sources.environment(config), 3L, named + ":3");
            String variable = "TWAT_CACHE_CACHES_USERS_MAXIMUM_SIZE";
            sources = sources.environment(Map.of("TWAT_CACHE_CONFIG", named.toString(), variable, "4"));
            expect(sources, 4L, "environment variable " + variable);
            sources = sources.systemProperties(properties(key, "5"));
            expect(sources, 5L, "system property " + key);
            try (TwatCache twat = open(sources)) {
                Explanation inCode = twat.memory("users")
                        .maximumSize(6)
                        .memoize(ConfigurationTest::shout)
                        .explain();
                assertThat(value(inCode, Settings.MAXIMUM_SIZE)).isEqualTo(6L);
                assertThat(source(inCode, Settings.MAXIMUM_SIZE)).isEqualTo("code");
                assertThat(inCode.notes())
                        .contains("maximum-size = 5 (from system property " + key
                                + ") gave way to maximum-size = 6 (from code)");
            }
            String override = "twat.cache.override.maximum-size";
            sources = sources.systemProperties(properties(key, "5", override, "7"));
            try (TwatCache twat = open(sources)) {
                Explanation overridden = twat.memory("users")
                        .maximumSize(6)
                        .memoize(ConfigurationTest::shout)
                        .explain();
                assertThat(value(overridden, Settings.MAXIMUM_SIZE)).isEqualTo(7L);
                assertThat(source(overridden, Settings.MAXIMUM_SIZE)).isEqualTo("system property " + override);
            }
        }
    }

    private static void expect(Sources sources, Object value, String source) {
        try (TwatCache twat = open(sources)) {
            Explanation explanation = users(twat);
            assertThat(value(explanation, Settings.MAXIMUM_SIZE)).isEqualTo(value);
            assertThat(source(explanation, Settings.MAXIMUM_SIZE)).isEqualTo(source);
        }
    }

    @Test
    void precedence_sameFileFoundTwice_isReadOnce() throws IOException {
        Path file = Files.writeString(directory.resolve(Sources.FILE), "twat.cache.defaults.maximum-size=7\n");
        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {directory.toUri().toURL()}, null);
                TwatCache twat = open(Sources.none()
                        .classPath(loader)
                        .workingDirectory(directory)
                        .environment(Map.of("TWAT_CACHE_CONFIG", file.toString())))) {
            assertThat(twat.configuration().sources()).containsExactly(file.toString());
        }
    }

    @Test
    void precedence_moreSpecificTarget_beatsLessSpecificWhateverItsSource() throws IOException {
        Sources sources = file(
                        "twat.cache.caches.users.maximum-size = 1",
                        "twat.cache.caches.us*.maximum-size = 2",
                        "twat.cache.caches.*.statistics = true")
                .environment(
                        Map.of("TWAT_CACHE_DEFAULTS_MAXIMUM_SIZE", "3", "TWAT_CACHE_DEFAULTS_STATISTICS", "false"));
        try (TwatCache twat = open(sources)) {
            assertThat(value(users(twat), Settings.MAXIMUM_SIZE)).isEqualTo(1L);
            assertThat(value(users(twat), Settings.STATISTICS)).isEqualTo(true);
            Explanation usage =
                    twat.memory("usage").memoize(ConfigurationTest::shout).explain();
            assertThat(value(usage, Settings.MAXIMUM_SIZE)).isEqualTo(2L);
            Explanation other =
                    twat.memory("other").memoize(ConfigurationTest::shout).explain();
            assertThat(value(other, Settings.MAXIMUM_SIZE)).isEqualTo(3L);
        }
    }

    @Test
    void patterns_severalFit_theOneWithMoreCharactersWins() {
        try (TwatCache twat = open(
                "twat.cache.caches.user-*.maximum-size", "1",
                "twat.cache.caches.user-*-old.maximum-size", "2",
                "twat.cache.caches.*-old.maximum-size", "3",
                "twat.cache.caches.com.acme.*.maximum-size", "4",
                "twat.cache.caches.a\\*b.maximum-size", "5")) {
            assertThat(sizeOf(twat, "user-1")).isEqualTo(1L);
            assertThat(sizeOf(twat, "user-1-old")).isEqualTo(2L);
            assertThat(sizeOf(twat, "very-old")).isEqualTo(3L);
            assertThat(sizeOf(twat, "com.acme.Weather.fetch")).isEqualTo(4L);
            assertThat(sizeOf(twat, "com.acmeX")).isNull();
            assertThat(sizeOf(twat, "a*b")).isEqualTo(5L);
            assertThat(sizeOf(twat, "aXb")).isNull();
        }
    }

    @Test
    void names_withALoneBackslash_areThoseWithTwo() {
        try (TwatCache twat = open(
                "twat.cache.caches.a\\b.maximum-size", "1",
                "twat.cache.caches.c\\\\d.maximum-size", "2",
                "twat.cache.override.caches.e\\f.maximum-size", "3")) {
            assertThat(sizeOf(twat, "a\\b")).isEqualTo(1L);
            assertThat(sizeOf(twat, "c\\d")).isEqualTo(2L);
            assertThat(sizeOf(twat, "e\\f")).isEqualTo(3L);
        }
    }

    @Test
    void names_writtenInTwoWaysInOneSource_areOneAndAFault() {
        assertThatThrownBy(() ->
                        open("twat.cache.caches.a\\b.maximum-size", "1", "twat.cache.caches.a\\\\b.maximum-size", "2"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("it was already given as");
    }

    @Test
    void patterns_ofManyStars_takeNoLongerForAName() {
        String pattern = "*a".repeat(30) + "*c";
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            try (TwatCache twat = open("twat.cache.caches." + pattern + ".maximum-size", "1")) {
                assertThat(sizeOf(twat, "a".repeat(240) + "b")).isNull();
                assertThat(sizeOf(twat, "a".repeat(240) + "bc")).isEqualTo(1L);
                assertThat(sizeOf(twat, "a".repeat(29) + "c")).isNull();
                assertThat(sizeOf(twat, "a".repeat(30) + "c")).isEqualTo(1L);
            }
        });
    }

    @Test
    void patterns_whosePartsWouldOverlap_doNotFit() {
        try (TwatCache twat =
                open("twat.cache.caches.ab*ba.maximum-size", "1", "twat.cache.caches.x*y*y.mode", "off")) {
            assertThat(sizeOf(twat, "aba")).isNull();
            assertThat(sizeOf(twat, "abba")).isEqualTo(1L);
            assertThat(twat.settings("xy").get("mode").orElseThrow().value()).isEqualTo("on");
            assertThat(twat.settings("xyy").get("mode").orElseThrow().value()).isEqualTo("off");
        }
    }

    private static Object sizeOf(TwatCache twat, String name) {
        return value(twat.memory(name).memoize(ConfigurationTest::shout).explain(), Settings.MAXIMUM_SIZE);
    }

    @Test
    void exclusive_inDifferentSources_theLaterDisplacesTheEarlier() throws IOException {
        Sources sources = file("twat.cache.caches.users.maximum-size = 100")
                .systemProperties(properties("twat.cache.caches.users.maximum-bytes", "64MiB"));
        try (TwatCache twat = open(sources)) {
            Explanation users = users(twat);
            assertThat(value(users, Settings.MAXIMUM_SIZE)).isNull();
            assertThat(value(users, Settings.MAXIMUM_BYTES)).isEqualTo(64L << 20);
            assertThat(users.toString()).contains("gave way to maximum-bytes = 64MiB");
        }
    }

    @Test
    void exclusive_inOneSource_isAFaultThatNamesBoth() throws IOException {
        Sources sources =
                file("twat.cache.caches.users.maximum-size = 100", "twat.cache.caches.users.maximum-bytes = 1MiB");
        assertThat(faults(sources))
                .singleElement()
                .satisfies(fault -> assertThat(fault.toString())
                        .contains(":2: twat.cache.caches.users.maximum-bytes = 1MiB")
                        .contains("twat.cache.caches.users.maximum-size = 100")
                        .contains(":1)"));
    }

    @Test
    void exclusive_defaultAndName_inOneSource_isNone() throws IOException {
        try (TwatCache twat =
                open(file("twat.cache.defaults.maximum-size = 100", "twat.cache.caches.users.maximum-bytes = 1MiB"))) {
            assertThat(value(users(twat), Settings.MAXIMUM_SIZE)).isNull();
        }
    }

    // ---- the engine

    @Test
    void engine_configured_isTakenWhereCodeLeavesItOpen() {
        try (TwatCache twat = open(
                "twat.cache.caches.users.engine", "null",
                "twat.cache.caches.named.engine", "null")) {
            assertThat(twat.cache("users")
                            .memoize(ConfigurationTest::shout)
                            .explain()
                            .engine())
                    .isEqualTo("null");
            Explanation named = twat.cache("named")
                    .engine("heap")
                    .memoize(ConfigurationTest::shout)
                    .explain();
            assertThat(named.engine()).isEqualTo("heap");
            assertThat(named.notes()).singleElement().asString().contains("engine = null (from system property");
        }
    }

    @Test
    void engine_memoryInCode_leavesTheHeapEngineToTheConfiguration() {
        try (TwatCache twat = open("twat.cache.defaults.engine", "null")) {
            assertThat(twat.memory("users")
                            .memoize(ConfigurationTest::shout)
                            .explain()
                            .engine())
                    .isEqualTo("null");
        }
    }

    @Test
    void enabled_false_everyCacheComputes() {
        try (TwatCache twat = open("twat.cache.enabled", "false")) {
            Explanation users = twat.cache("users")
                    .engine("heap")
                    .maximumSize(10)
                    .policy(Policy.LFU)
                    .memoize(ConfigurationTest::shout)
                    .explain();
            assertThat(users.engine()).isEqualTo("null");
            assertThat(users.reasons().toString()).contains("twat.cache.enabled = false");
            var seeded = twat.cache("seeded")
                    .engine("heap")
                    .set(HeapSettings.SEED, 4L)
                    .memoize(ConfigurationTest::shout);
            assertThat(seeded.apply("a")).isEqualTo("a!");
            assertThat(seeded.isCached("a")).isFalse();
            assertThat(seeded.explain().notes())
                    .contains("seed = 4 (from code) is skipped: engine 'null' cannot honour it");
        }
    }

    @Test
    void enabled_laterSourceSaysTrue_isOn() {
        try (TwatCache twat = open(Sources.none()
                .environment(Map.of("TWAT_CACHE_ENABLED", "false"))
                .systemProperties(properties("twat.cache.enabled", "TRUE")))) {
            assertThat(users(twat).engine()).isEqualTo("heap");
        }
    }

    @Test
    void setting_thatTheEngineCannotHonour_isRefusedWhereAimedAndSkippedElse() {
        try (TwatCache twat = open("twat.cache.defaults.seed", "4")) {
            Explanation skipped = twat.cache("x")
                    .engine("null")
                    .memoize(ConfigurationTest::shout)
                    .explain();
            assertThat(skipped.settings()).isEmpty();
            assertThat(skipped.toString()).contains("seed = 4", "is skipped");
        }
        try (TwatCache twat = open("twat.cache.caches.x.seed", "4")) {
            CacheBuilder x = twat.cache("x").engine("null");
            assertThatThrownBy(() -> x.memoize(ConfigurationTest::shout))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("seed = 4 (from system property twat.cache.caches.x.seed)")
                    .hasMessageContaining("engines that can: heap");
        }
    }

    @Test
    void maximumWeight_withoutWeigher_isSkippedWhereItIsADefault() {
        try (TwatCache twat = open("twat.cache.defaults.maximum-weight", "10")) {
            assertThat(users(twat).notes()).singleElement().asString().contains("has no weigher");
        }
        try (TwatCache twat = open("twat.cache.caches.users.maximum-weight", "10")) {
            assertThatThrownBy(() -> users(twat)).hasMessageContaining("needs a weigher");
        }
    }

    // ---- faults

    private static List<ConfigurationFault> faults(Sources sources) {
        ConfigurationException thrown = catchThrowableOfType(
                ConfigurationException.class, () -> open(sources).close());
        assertThat(thrown).isNotNull();
        return thrown.faults();
    }

    @Test
    void faults_manyInOneFile_areAllToldWithTheirLines() throws IOException {
        Sources sources = file(
                "# ten faults",
                "twat.cache.defaults.maximum-sise = 10",
                "twat.cache.caches.users.maximum-size = many",
                "twat.cache.caches.users.expire-after-write = 5",
                "twat.cache.caches.users.expire-after-access = 0s",
                "twat.cache.caches.pages.maximum-bytes = \\",
                "    64M",
                "twat.cache.caches.pages.policy = lruu",
                "twat.cache.caches.pages.engine = haep",
                "twat.cache.caches.pages.statistics = maybe",
                "twat.cache.default.maximum-size = 10",
                "twat.cache.caches.pages.order = \\u00zz",
                "twat.cache.caches.pages.order = mine",
                "twat.cache.caches.pages.maximum-size = 5",
                "twat.cache.caches.users.maximum-size = 7",
                "twat.cache.caches.maximum-size = 7",
                "maximum-size = 7");
        assertThat(faults(sources))
                .map(fault -> fault.source().replaceAll(".*:", "") + " " + fault.problem())
                .satisfiesExactly(
                        fault -> assertThat(fault).startsWith("2 ").contains("did you mean maximum-size?"),
                        fault -> assertThat(fault).startsWith("3 ").contains("a whole number of 1 or more"),
                        fault -> assertThat(fault).startsWith("4 ").contains("the unit is missing", "5m"),
                        fault -> assertThat(fault).startsWith("5 ").contains("longer than zero", "\"null\""),
                        fault -> assertThat(fault).startsWith("6 ").contains("write MiB or MB"),
                        fault -> assertThat(fault).startsWith("8 ").contains("one of lru, lfu"),
                        fault -> assertThat(fault).startsWith("9 ").contains("did you mean heap?"),
                        fault -> assertThat(fault).startsWith("10 ").contains("true or false"),
                        fault -> assertThat(fault)
                                .startsWith("11 ")
                                .contains("did you mean twat.cache.defaults.maximum-size?"),
                        fault -> assertThat(fault).startsWith("12 ").contains("four hexadecimal digits"),
                        fault -> assertThat(fault).startsWith("13 ").contains("in code only"),
                        fault -> assertThat(fault).startsWith("14 ").contains("cannot be combined", ":6)"),
                        fault -> assertThat(fault).startsWith("15 ").contains("already given as many", ":3)"),
                        fault -> assertThat(fault).startsWith("16 ").contains("name of a cache"),
                        fault -> assertThat(fault).startsWith("17 ").contains("keys begin with twat.cache."));
    }

    @Test
    void faults_ofALineThatCannotBeRead_showNothingOfItsValue() throws IOException {
        assertThat(faults(file("twat.cache.defaults.hmac-key = pa55\\users-of-mine", "twat.cache.caches.a\\u00zz.x=1")))
                .satisfiesExactly(
                        secret -> {
                            assertThat(secret.key()).isEqualTo("twat.cache.defaults.hmac-key");
                            assertThat(secret.toString())
                                    .contains("four hexadecimal digits", "character 5 ")
                                    .doesNotContain("pa55", "sers", "of-mine");
                        },
                        key -> assertThat(key.key()).isEqualTo("twat.cache.caches.a\\u00zz.x"));
    }

    @Test
    void requires_inAConfiguration_isReadOrToldWhatThereIs() throws IOException {
        try (TwatCache twat = open("twat.cache.caches.users.requires", " policy, Exact-Limit ")) {
            Explanation users = users(twat);
            assertThat(users.engine()).isEqualTo("heap");
            assertThat(value(users, Settings.REQUIRES).toString()).isEqualTo("EXACT_LIMIT, POLICY");
            assertThat(twat.settings("users").get("requires").orElseThrow().value())
                    .isEqualTo("exact-limit, policy");
        }
        assertThat(faults(file(
                        "twat.cache.caches.a.requires = conters, locks",
                        "twat.cache.caches.b.requires = locks,,queues",
                        "twat.cache.caches.c.requires = wings")))
                .map(ConfigurationFault::problem)
                .satisfiesExactly(
                        problem -> assertThat(problem).isEqualTo("there is no trait 'conters'; did you mean counters?"),
                        problem -> assertThat(problem).startsWith("a name is missing; it must be traits"),
                        problem -> assertThat(problem).contains("there is no trait 'wings'; there are ", "tags"));
    }

    /** Whatever names an engine is checked when the configuration is read, and not when a cache is made of it. */
    @Test
    void faults_ofAllThatNamesAnEngine_areTold() throws IOException {
        assertThat(faults(file(
                        "twat.cache.caches.a.fallback = haep",
                        "twat.cache.caches.b.split-small = nul",
                        "twat.cache.defaults.split-large = dsik",
                        "twat.cache.caches.c.engine = haep")))
                .map(fault -> fault.source().replaceAll(".*:", "") + " " + fault.problem())
                .containsExactly(
                        "1 there is no such engine; did you mean heap?",
                        "2 there is no such engine; did you mean null?",
                        "3 there is no such engine; did you mean disk?",
                        "4 there is no such engine; did you mean heap?");
        try (TwatCache twat = open("twat.cache.caches.a.fallback", "caffeine")) {
            assertThat(twat.configuration().warnings())
                    .singleElement()
                    .asString()
                    .contains("fallback", "'caffeine' is not present");
        }
    }

    @Test
    void faults_outOfRange_sayWhatHoldsInstead() throws IOException {
        assertThat(faults(file(
                        "twat.cache.caches.a.retry-attempts = 0",
                        "twat.cache.caches.a.load-timeout = 0s",
                        "twat.cache.caches.a.expiry-jitter = 1")))
                .map(ConfigurationFault::problem)
                .satisfiesExactly(
                        problem -> assertThat(problem).endsWith("; leave it out for 3"),
                        problem -> assertThat(problem).endsWith("; leave it out for as long as it takes"),
                        problem -> assertThat(problem).endsWith("; leave it out for no jitter"));
    }

    @Test
    void environment_oneVariableInTwoSpellings_isOneFault() {
        assertThat(faults(Sources.none()
                        .environment(Map.of(
                                "TWAT_CACHE_CACHES_USERS_MAXIMUM_SIZE", "1",
                                "TWAT_CACHE_CACHES_users_MAXIMUM_SIZE", "2"))))
                .singleElement()
                .satisfies(fault -> assertThat(fault.problem()).contains("already given as 1"));
    }

    @Test
    void faults_inSeveralSources_areToldTogether() throws IOException {
        Sources sources = file("twat.cache.defaults.maximum-size = 0")
                .environment(Map.of("TWAT_CACHE_DEFAULTS_MAXIMUM_SIZE", "none"))
                .systemProperties(properties("twat.cache.defaults.maximum-size", "-1", "twat.cache.typo", "1"));
        assertThat(faults(sources))
                .map(ConfigurationFault::source)
                .containsExactly(
                        directory.resolve(Sources.FILE) + ":1",
                        "environment variable TWAT_CACHE_DEFAULTS_MAXIMUM_SIZE",
                        "system property twat.cache.defaults.maximum-size",
                        "system property twat.cache.typo");
    }

    @Test
    void file_notUtf8_isAFaultWithItsLine() throws IOException {
        Files.write(
                directory.resolve(Sources.FILE),
                "twat.cache.defaults.maximum-size = 1\n# gr\u00fcn\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(faults(Sources.none().workingDirectory(directory)))
                .singleElement()
                .satisfies(fault -> assertThat(fault.source()).endsWith(":2"));
    }

    @Test
    void file_aDirectory_isAFault() throws IOException {
        Files.createDirectory(directory.resolve(Sources.FILE));
        assertThat(faults(Sources.none().workingDirectory(directory)))
                .singleElement()
                .satisfies(fault -> assertThat(fault.problem()).contains("cannot be read"));
    }

    @Test
    void file_namedAndMissing_isAFault() {
        assertThat(faults(Sources.none().environment(Map.of("TWAT_CACHE_CONFIG", "/no/such.properties"))))
                .singleElement()
                .asString()
                .contains("environment variable TWAT_CACHE_CONFIG", "/no/such.properties", "no such file");
    }

    @Test
    void directory_thatCannotBeOne_isAFaultAmongTheOthersAndNothingIsMade() throws IOException {
        Path file = Files.writeString(directory.resolve("a file"), "");
        Map<String, String> problems = Map.of(
                "${NOPE_4711}/x",
                "it names ${NOPE_4711}, which is not set",
                "$HOME/x",
                "write ${HOME}",
                "/a/${HOME",
                "nothing closes",
                "~bob/x",
                "another user's home",
                "/x/\0",
                "it is no path",
                file.toString(),
                "it is no directory",
                file + "/below/it",
                file + " is no directory");
        Sources sources = file("twat.cache.defaults.maximum-size = 0");
        problems.forEach((value, problem) -> {
            List<ConfigurationFault> faults =
                    faults(sources.environment(Map.of("TWAT_CACHE_DIR", value, "TWAT_CACHE_DEFAULTS_MODE", "of")));
            assertThat(faults)
                    .as(value)
                    .map(ConfigurationFault::source)
                    .containsExactly(
                            directory.resolve(Sources.FILE) + ":1",
                            "environment variable TWAT_CACHE_DEFAULTS_MODE",
                            "environment variable TWAT_CACHE_DIR");
            assertThat(faults.get(2).value()).isEqualTo(value);
            assertThat(faults.get(2).problem()).contains(problem);
        });
        assertThat(directory).isDirectoryNotContaining(path -> Files.isDirectory(path));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> TwatCache.builder()
                        .configuration(Sources.none())
                        .directory(Path.of("${NOPE_4711}/x"))
                        .open())
                .withMessageContainingAll("code", "NOPE_4711", "not set");
        Path fine = directory.resolve("to/be/made");
        try (TwatCache twat = open(Sources.none().environment(Map.of("TWAT_CACHE_DIR", fine.toString())))) {
            assertThat(twat.directory()).isEqualTo(fine);
        }
        assertThat(directory.resolve("to")).doesNotExist();
    }

    // ---- the environment

    @Test
    void environment_unknownVariable_onlyWarns() {
        try (TwatCache twat = open(Sources.none()
                .environment(Map.of(
                        "TWAT_CACHE_DIR",
                        "/tmp",
                        "TWAT_CACHE_COLOUR",
                        "red",
                        "TWAT_CACHE_DEFAULTS_MAXIMUM_SISE",
                        "1")))) {
            assertThat(twat.configuration().warnings())
                    .satisfiesExactlyInAnyOrder(
                            warning -> assertThat(warning).contains("TWAT_CACHE_COLOUR"),
                            warning ->
                                    assertThat(warning).contains("TWAT_CACHE_DEFAULTS_MAXIMUM_SISE", "maximum-size"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CACHES_USERS_MAXIMUM_SISE, did you mean the setting maximum-size?",
        "CACHES_BIG_USERS_EXPIRE_AFTR_WRITE, did you mean the setting expire-after-write?",
        "OVERRIDE_CACHES_USERS_MAXIMUM_SISE, did you mean the setting maximum-size?",
        "OVERRIDE_MAXIMUM_SISE, did you mean the setting maximum-size?",
        "DEFAULT_MAXIMUM_SIZE, did you mean TWAT_CACHE_DEFAULTS_MAXIMUM_SIZE?",
        "CACHE_USERS_MAXIMUM_SIZE, did you mean TWAT_CACHE_CACHES_USERS_MAXIMUM_SIZE?",
        "ENABLE, did you mean TWAT_CACHE_ENABLED?",
        "CONFIGS, did you mean TWAT_CACHE_CONFIG?",
        "DIRS, did you mean TWAT_CACHE_DIR?",
        "OVERRIDE_DEFAULT_MAXIMUM_SIZE, did you mean TWAT_CACHE_OVERRIDE_DEFAULTS_MAXIMUM_SIZE?",
        "OVERRIDE_CACHE_USERS_MAXIMUM_SIZE, did you mean TWAT_CACHE_OVERRIDE_CACHES_USERS_MAXIMUM_SIZE?",
        "OVERRIDES_MAXIMUM_SIZE, did you mean TWAT_CACHE_OVERRIDE_MAXIMUM_SIZE?",
    })
    void environment_unknownVariable_nearestIsNamed(String variable, String words) {
        try (TwatCache twat = open(Sources.none().environment(Map.of("TWAT_CACHE_" + variable, "1")))) {
            assertThat(twat.configuration().warnings())
                    .singleElement()
                    .asString()
                    .contains("TWAT_CACHE_" + variable, words);
        }
    }

    /** What would be unknown itself is no help. */
    @ParameterizedTest
    @ValueSource(strings = {"OVERRIDE_ENABLE", "OVERRIDE_DIRS", "ENABLE_X", "OVERRIDE_OVERIDE_X", "DEFAULT", "CACHE"})
    void environment_unknownVariable_nothingUnknownIsNamed(String variable) {
        try (TwatCache twat = open(Sources.none().environment(Map.of("TWAT_CACHE_" + variable, "1")))) {
            assertThat(twat.configuration().warnings())
                    .singleElement()
                    .asString()
                    .contains("TWAT_CACHE_" + variable)
                    .doesNotContain("did you mean");
        }
    }

    @Test
    void requires_nothing_isRefused() {
        try (TwatCache twat = open(Sources.none())) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> twat.cache("c").requires())
                    .withMessageContaining("requires() names no trait");
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new Requirements(Set.of()));
        }
    }

    @Test
    void durations_asLongAsTheyCanBe_areNoTrouble() {
        Duration forever = ChronoUnit.FOREVER.getDuration();
        try (TwatCache twat = open(Sources.none())) {
            Cache<String, String> cache = twat.cache("c")
                    .intercept(new StoreInterceptor() {
                        @Override
                        public void before(StoreCall call) {
                            if (call.operation() == StoreCall.Operation.PUT) {
                                throw new EngineException("not now", null, true);
                            }
                        }
                    })
                    .retry(2, forever, forever)
                    .breaker(1, forever)
                    .operationTimeout(forever)
                    .types(String.class, String.class)
                    .build();
            assertThat(cache.getIfPresent("k")).isNull();
        }
    }

    @Test
    void environment_nameWithUnderscores_takesTheLongestSetting() {
        try (TwatCache twat = open(Sources.none()
                .environment(Map.of(
                        "TWAT_CACHE_CACHES_USER_MAXIMUM_SIZE", "1",
                        "TWAT_CACHE_CACHES_BIG_USERS_EXPIRE_AFTER_WRITE", "1h30m",
                        "TWAT_CACHE_OVERRIDE_STATISTICS", "true")))) {
            assertThat(sizeOf(twat, "user")).isEqualTo(1L);
            Explanation big =
                    twat.memory("big_users").memoize(ConfigurationTest::shout).explain();
            assertThat(value(big, Settings.EXPIRE_AFTER_WRITE)).isEqualTo(Duration.ofMinutes(90));
            assertThat(value(big, Settings.STATISTICS)).isEqualTo(true);
        }
    }

    // ---- engines that are not present

    @Test
    void engine_knownAndAbsent_warnsAndItsKeysToo() {
        try (TwatCache twat = open(
                "twat.cache.caches.x.engine", "caffeine",
                "twat.cache.caches.x.sharpness", "3")) {
            assertThat(twat.configuration().warnings())
                    .satisfiesExactly(
                            warning -> assertThat(warning).contains("'caffeine' is not present", "twat-cache-caffeine"),
                            warning -> assertThat(warning).contains("x.sharpness", "caffeine"));
        }
    }

    // ---- many

    @Test
    void configuration_thousandCaches_eachHasItsOwn() throws IOException {
        String[] lines = new String[1_000];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = "twat.cache.caches.cache-" + i + ".maximum-size = " + (i + 1);
        }
        try (TwatCache twat = open(file(lines))) {
            for (int i = 0; i < lines.length; i++) {
                assertThat(sizeOf(twat, "cache-" + i)).isEqualTo(i + 1L);
            }
            assertThat(twat.caches()).hasSize(1_000);
        }
    }
}
