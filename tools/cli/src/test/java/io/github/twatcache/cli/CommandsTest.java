package io.github.twatcache.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.TwatCache;
import io.github.twatcache.cli.classes.RuntimeImage;
import io.github.twatcache.config.Sources;
import io.github.twatcache.spi.Availability.Unavailable;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands print and how they exit, in this process. */
class CommandsTest {
    private static final Unavailable DOWN = new Unavailable("no server answers", "start one");

    private final Capture capture = new Capture();

    @ParameterizedTest
    @ValueSource(strings = {"engines", "demo", "settings", "bench memory", "replay-outage"})
    void anyCommand_faultyConfiguration_printsAllFaultsAndFails(String command) {
        Properties wrong = new Properties();
        wrong.setProperty("twat.cache.defaults.maximum-sise", "10");
        wrong.setProperty("twat.cache.caches.users.policy", "best");
        Instances instances =
                () -> TwatCache.builder().configuration(Sources.none().systemProperties(wrong));

        assertThat(capture.run(instances, command.split(" "))).isEqualTo(1);

        assertThat(capture.out()).isEmpty();
        assertThat(capture.err())
                .contains("2 faults", "did you mean maximum-size?", "policy = best", "one of lru, lfu");
    }

    @Test
    void help_faultyConfiguration_helpsAllTheSame() {
        Properties wrong = new Properties();
        wrong.setProperty("twat.cache.typo", "10");
        Instances instances =
                () -> TwatCache.builder().configuration(Sources.none().systemProperties(wrong));

        assertThat(capture.run(instances, "engines", "--help")).isZero();
        assertThat(capture.err()).isEmpty();
    }

    @Test
    void demo_smallModule_showsRankingAndEngines() throws Exception {
        assertThat(capture.run("demo", "--module", "java.logging")).isZero();

        int classes = RuntimeImage.classFiles("java.logging").size();
        assertThat(capture.out())
                .startsWith(classes + " class files of java.logging, ")
                .contains("   1  java.lang ", "   3  java.util.logging ", "(no cache)")
                .containsPattern(
                        "heap +[\\d.,]+ ms +[\\d.,]+ ms +[\\d.,]+x +" + classes + " +" + classes + " +[\\d.]+ KiB")
                .containsPattern("caffeine +[\\d.,]+ ms")
                .doesNotContain("null", "\r", "\u001b");
        assertThat(capture.out().substring(capture.out().indexOf("\nengine ")).lines())
                .allMatch(line -> line.length() <= 80);
        assertThat(capture.err()).isEmpty();
    }

    @Test
    void demo_json_isTheShapePromised() throws Exception {
        assertThat(capture.run("demo", "--module", "java.logging", "--json")).isZero();

        assertThat(capture.out()).endsWith("}" + System.lineSeparator());
        Map<?, ?> result = (Map<?, ?>) JsonReader.read(capture.out());
        Map<?, ?> uncached = (Map<?, ?>) result.get("uncached");
        BigDecimal classes =
                BigDecimal.valueOf(RuntimeImage.classFiles("java.logging").size());
        assertThat(result.keySet()).isEqualTo(Set.of("uncached", "engines", "arrays"));
        assertThat(uncached.keySet()).isEqualTo(Set.of("millis", "digest", "classes"));
        assertThat(uncached.get("classes")).isEqualTo(classes);
        assertThat((String) uncached.get("digest")).matches("[0-9a-f]{64}");
        List<?> engines = (List<?>) result.get("engines");
        assertThat(members(engines, "engine")).containsExactly("caffeine", "heap", "disk", "files");
        for (Object each : engines) {
            Map<?, ?> engine = (Map<?, ?>) each;
            assertThat(engine.keySet())
                    .isEqualTo(Set.of("engine", "firstMillis", "secondMillis", "hits", "misses", "bytes", "digest"));
            assertThat(engine.get("hits")).isEqualTo(classes);
            assertThat(engine.get("misses")).isEqualTo(classes);
            assertThat(engine.get("digest")).isEqualTo(uncached.get("digest"));
            assertThat((BigDecimal) engine.get("bytes")).isGreaterThan(classes.multiply(BigDecimal.valueOf(100)));
            assertThat((BigDecimal) engine.get("firstMillis")).isPositive();
            assertThat((BigDecimal) engine.get("secondMillis")).isPositive();
        }
    }

    @Test
    void demo_arrays_areFoundAgainByTheSecondRun() {
        assertThat(capture.run("demo", "--module", "java.logging", "--engine", "files", "--json"))
                .isZero();

        Map<?, ?> result = (Map<?, ?>) JsonReader.read(capture.out());
        Map<?, ?> arrays = (Map<?, ?>) result.get("arrays");
        assertThat(arrays.keySet()).isEqualTo(Set.of("classes", "references", "digest", "results"));
        assertThat((String) arrays.get("digest")).matches("[0-9a-f]{64}");
        List<?> parts = (List<?>) arrays.get("results");
        assertThat(members(parts, "name")).containsExactly("references", "scores", "pairs");
        BigDecimal classes = (BigDecimal) arrays.get("classes");
        assertThat(members(parts, "shape"))
                .containsExactly(List.of(classes), List.of(classes), List.of(classes, classes));
        for (Object each : parts) {
            assertThat((BigDecimal) ((Map<?, ?>) each).get("bytes")).isPositive();
            assertThat((BigDecimal) ((Map<?, ?>) each).get("secondMillis")).isPositive();
        }

        Capture other = new Capture();
        other.run("demo", "--module", "java.logging", "--engine", "heap", "--json");
        assertThat(((Map<?, ?>) JsonReader.read(other.out())).containsKey("arrays"))
                .as("without the engine files")
                .isFalse();
    }

    @Test
    void demo_digest_isOfThePrintedRanking() {
        capture.run("demo", "--module", "java.logging", "--engine", "heap", "--top", "3");

        String printed = capture.out().substring(0, capture.out().indexOf("\nthe same ranking once more"));
        assertThat(printed).contains("\n   3  ").doesNotContain("\n   4  ");
        assertThat(capture.out()).contains("whose SHA-256 is\n          " + Demo.sha256(printed));
    }

    @Test
    void demo_engineNull_keepsNothing() {
        assertThat(capture.run("demo", "--module=java.logging", "--engine=null,null", "--json"))
                .isZero();

        Map<?, ?> result = (Map<?, ?>) JsonReader.read(capture.out());
        assertThat((List<?>) result.get("engines")).hasSize(1).first().satisfies(each -> {
            Map<?, ?> engine = (Map<?, ?>) each;
            assertThat(engine.get("engine")).isEqualTo("null");
            assertThat(engine.get("hits")).isEqualTo(BigDecimal.ZERO);
            assertThat(engine.get("bytes")).isEqualTo(BigDecimal.ZERO);
        });
    }

    @Test
    void demo_modules_repeatedAndInOneWord_areTheSame() {
        capture.run("demo", "--module", "java.logging,java.prefs", "--engine", "heap", "--json");
        Capture other = new Capture();
        other.run("demo", "--module", "java.logging", "--module", "java.prefs", "--engine", "heap", "--json");

        Map<?, ?> one = (Map<?, ?>) ((Map<?, ?>) JsonReader.read(capture.out())).get("uncached");
        Map<?, ?> two = (Map<?, ?>) ((Map<?, ?>) JsonReader.read(other.out())).get("uncached");
        assertThat(one.get("digest")).isEqualTo(two.get("digest"));
    }

    @Test
    void engines_oneThatFailsToSayWhetherItCanRun_isListedWithThat() {
        Instances broken = () -> TwatCache.builder().engine(FakeEngine.failingToSay("broken"));
        assertThat(capture.run(broken, "engines")).isZero();
        assertThat(capture.out().lines())
                .anyMatch(line -> line.matches("broken +-1 +no +.*"))
                .anyMatch(line -> line.startsWith("heap "));
        assertThat(capture.out()).contains("driver");
    }

    @Test
    void demo_oneThatFailsToSayWhetherItCanRun_isLeftOutOrRefused() {
        Instances broken = () -> TwatCache.builder().engine(FakeEngine.failingToSay("broken"));
        assertThat(capture.run(broken, "demo", "--module", "java.logging", "--engine", "broken"))
                .isEqualTo(1);
        assertThat(capture.err()).contains("engine 'broken' cannot run here", "its driver is broken");
        Capture other = new Capture();
        assertThat(other.run(broken, "demo", "--module", "java.logging")).isZero();
        assertThat(other.err()).contains("engine 'broken' is left out");
    }

    @Test
    void demo_engineThatLies_isFoundOut() {
        int code = capture.run(
                () -> TwatCache.builder().engine(FakeEngine.lying("liar")),
                "demo",
                "--module",
                "java.logging",
                "--engine",
                "liar");

        assertThat(code).isEqualTo(1);
        assertThat(capture.err())
                .startsWith("twat-cache: liar, second pass: another ranking than without a cache (SHA-256 ")
                .hasLineCount(1);
        assertThat(capture.out()).isEmpty();
    }

    @Test
    void demo_engineThatDoesNotOpen_isToldFromOneThatTheConfigurationOverrides() {
        Instances broken =
                () -> TwatCache.builder().configuration(Sources.none()).engine(FakeEngine.notOpening("caffeine"));
        assertThat(capture.run(broken, "demo", "--module", "java.logging", "--engine", "caffeine"))
                .isEqualTo(1);
        assertThat(capture.err())
                .startsWith("twat-cache: engine 'caffeine' cannot be measured, since 'heap' stands in for it: ")
                .contains("its library does not load")
                .doesNotContain("configuration", "--engine")
                .hasLineCount(1);
        assertThat(capture.out()).isEmpty();
    }

    @Test
    void demo_configurationOverrides_adviceNamesAnEngineThatThereIs() {
        Properties other = new Properties();
        other.setProperty("twat.cache.override.engine", "null");
        Properties two = new Properties();
        two.setProperty("twat.cache.override.split", "4096");
        two.setProperty("twat.cache.override.split-large", "caffeine");
        for (Properties properties : List.of(other, two)) {
            Capture own = new Capture();
            Instances configured =
                    () -> TwatCache.builder().configuration(Sources.none().systemProperties(properties));
            assertThat(own.run(configured, "demo", "--module", "java.logging", "--engine", "heap"))
                    .isEqualTo(1);
            assertThat(own.err())
                    .contains("the configuration has cache 'demo' on engine", "the demo measures 'heap'")
                    .doesNotContain("--engine split");
            assertThat(own.err().contains("--engine null")).as(own.err()).isEqualTo(properties.equals(other));
        }
    }

    @Test
    void demo_unavailableEngine_isLeftOutWithReason() {
        int code = capture.run(
                () -> TwatCache.builder().engine(FakeEngine.unavailable("far", DOWN)),
                "demo",
                "--module",
                "java.logging",
                "--json");

        assertThat(code).isZero();
        assertThat(capture.err().strip()).isEqualTo("engine 'far' is left out: no server answers; start one");
        assertThat(capture.out()).doesNotContain("far");
    }

    @Test
    void demo_unavailableEngineAskedFor_fails() {
        int code = capture.run(
                () -> TwatCache.builder().engine(FakeEngine.unavailable("far", DOWN)), "demo", "--engine", "far");

        assertThat(code).isEqualTo(1);
        assertThat(capture.err().strip())
                .isEqualTo("twat-cache: engine 'far' cannot run here: no server answers; start one");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        demo --engine redis         | no engine 'redis' is present; present are caffeine, heap, disk, files, null
        demo --module java.loging   | this JDK has no module 'java.loging'; near are java.logging
        demo --module qqqqqqqqqqqq  | this JDK has no module 'qqqqqqqqqqqq'; java --list-modules shows them
        demo --top 0                | --top must be 1 or more, but was 0
        demo --top many             | invalid value for option '--top': 'many' is not an int
        demo --nope                 | unknown option: '--nope'
        demo more                   | 'more' is one word too many
        domo                        | unknown command 'domo'; there are demo, engines, settings, bench, replay-outage
        --nope                      | unknown option: '--nope'
        engines --nope              | unknown option: '--nope'
        bench                       | missing required parameter: 'NAME'
        replay-outage --callers 0   | --callers must be 1 to 2,000, but was 0
        replay-outage --seconds 601 | --seconds must be 1 to 600, but was 601
        replay-outage --seconds 1s  | invalid value for option '--seconds': '1s' is not an int
        replay-outage more          | 'more' is one word too many
        bench discs                 | unknown benchmark 'discs'; there are memory
        """)
    void anyCommand_notUnderstood_saysSoAndExits2(String arguments, String message) {
        assertThat(capture.run(arguments.split(" "))).isEqualTo(2);
        assertThat(capture.out()).isEmpty();
        assertThat(capture.err()).startsWith("twat-cache: " + message).doesNotContain("\tat ");
    }

    @Test
    void noCommand_atAll_showsHelpAndExits2() {
        assertThat(capture.run()).isEqualTo(2);
        assertThat(capture.out()).isEmpty();
        assertThat(capture.err())
                .contains("Usage: twat-cache", "demo", "engines", "settings", "bench", "replay-outage");
    }

    @Test
    void debug_error_showsTheStackTrace() {
        assertThat(capture.run("demo", "--debug", "--engine", "redis")).isEqualTo(2);
        assertThat(capture.err()).contains("no engine 'redis'", "\tat ");
    }

    @Test
    void bench_withoutLauncher_saysWhatToStart() {
        assertThat(capture.run("bench", "memory")).isEqualTo(1);
        assertThat(capture.err()).contains("start ./twat-cache bench memory").hasLineCount(1);
    }

    @Test
    void replayOutage_withoutLauncher_saysWhatToStart(@TempDir Path out) {
        assertThat(capture.run("replay-outage", "--out", out.toString())).isEqualTo(1);
        assertThat(capture.err()).contains("start ./twat-cache replay-outage").hasLineCount(1);
    }

    @Test
    void replayOutage_outIsAFile_saysSoAtOnce(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("a file"));
        assertThat(capture.run("replay-outage", "--out", file.toString())).isEqualTo(1);
        assertThat(capture.err())
                .startsWith("twat-cache: the directory " + file + " (--out) cannot be made")
                .hasLineCount(1);
    }

    @Test
    void help_everyCommand_exits0() {
        for (String command : List.of("", "demo ", "engines ", "settings ", "bench ", "replay-outage ")) {
            Capture each = new Capture();
            assertThat(each.run((command + "--help").split(" "))).isZero();
            assertThat(each.out()).startsWith("Usage: twat-cache " + command.strip());
            assertThat(each.err()).isEmpty();
        }
    }

    @Test
    void version_numberAndMachine_arePrinted() {
        assertThat(capture.run("--version")).isZero();
        assertThat(capture.out())
                .containsPattern("twat-cache \\d+\\.\\d+\\.\\d+.*\\n")
                .contains("JDK " + Runtime.version().feature());
    }

    @Test
    void engines_table_listsThemByRank() {
        int code = capture.run(() -> TwatCache.builder().engine(FakeEngine.unavailable("far", DOWN)), "engines");

        assertThat(code).isZero();
        assertThat(capture.out().lines())
                .anyMatch(line -> line.matches("caffeine +20  yes +values by reference.*"))
                .anyMatch(line -> line.matches("heap +10  yes +values by reference.*"))
                .anyMatch(line -> line.matches("far +-\\d+  no +no server answers; start one"))
                .anyMatch(line -> line.matches("redis +-  no +not on the class path; add the artifact.*"))
                .allMatch(line -> line.length() <= 80);
    }

    @Test
    void engines_json_isTheShapePromised() {
        int code =
                capture.run(() -> TwatCache.builder().engine(FakeEngine.unavailable("far", DOWN)), "engines", "--json");

        assertThat(code).isZero();
        List<?> engines = (List<?>) JsonReader.read(capture.out());
        assertThat(members(engines, "name")).contains("caffeine", "heap", "null", "disk", "files", "redis");
        for (Object each : engines) {
            Map<?, ?> engine = (Map<?, ?>) each;
            boolean far = "far".equals(engine.get("name"));
            assertThat(engine.keySet()).isEqualTo(Set.of("name", "rank", "available", "why", "mend", "traits"));
            if (engine.get("rank") == null) {
                assertThat(engine.get("available")).isEqualTo(false);
                assertThat(engine.get("why")).isEqualTo("not on the class path");
                assertThat(engine.get("mend"))
                        .isEqualTo("add the artifact io.github.twatcache:twat-cache-" + engine.get("name"));
                continue;
            }
            assertThat(engine.get("available")).isEqualTo(!far);
            assertThat(engine.get("why")).isEqualTo(far ? "no server answers" : null);
            assertThat(engine.get("mend")).isEqualTo(far ? "start one" : null);
            assertThat((List<?>) engine.get("traits")).isNotEmpty();
        }
    }

    private static List<Object> members(List<?> objects, String name) {
        return objects.stream()
                .<Object>map(each -> ((Map<?, ?>) each).get(name))
                .toList();
    }
}
