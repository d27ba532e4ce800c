package io.github.twatcache.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Settings as the command line shows them: of what a test brings, and of real processes with real files, variables and
 * properties.
 */
class SettingsCommandTest {
    private static final String TEN_FAULTS = """
            # ten faults, each of its own kind, and two lines that have none
            twat.cache.defaults.maximum-sise = 10
            twat.cache.caches.users.maximum-size = many
            twat.cache.caches.users.expire-after-write = 5
            twat.cache.caches.users.expire-after-access = 0s
            twat.cache.defaults.statistics = true
            twat.cache.caches.pages.maximum-bytes = 64M
            twat.cache.caches.pages.policy = lruu
            twat.cache.caches.pages.engine = haep
            twat.cache.caches.pages.copy-on-read = maybe
            twat.cache.default.maximum-size = 10
            twat.cache.defaults.mode = on
            twat.cache.caches.pages.order = \\u00zz
            """;

    private static final Map<Integer, String> TOLD = new LinkedHashMap<>();

    static {
        TOLD.put(2, "unknown setting 'maximum-sise'; did you mean maximum-size?");
        TOLD.put(3, "users.maximum-size = many");
        TOLD.put(4, "the unit is missing");
        TOLD.put(5, "longer than zero");
        TOLD.put(7, "write MiB or MB");
        TOLD.put(8, "policy = lruu");
        TOLD.put(9, "did you mean heap?");
        TOLD.put(10, "true or false");
        TOLD.put(11, "did you mean twat.cache.defaults.maximum-size?");
        TOLD.put(13, "four hexadecimal digits");
    }

    private final Capture capture = new Capture();

    @TempDir
    Path directory;

    private static Instances with(String... keysAndValues) {
        Properties properties = new Properties();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.setProperty(keysAndValues[i], keysAndValues[i + 1]);
        }
        return () -> TwatCache.builder().configuration(Sources.none().systemProperties(properties));
    }

    @ParameterizedTest
    @ValueSource(strings = {"settings", "settings users", "engines", "demo", "bench paths"})
    void anyCommand_withAFaultyDirectory_failsAndNamesIt(String command) {
        Instances faulty = () -> TwatCache.builder()
                .configuration(Sources.none().environment(Map.of("TWAT_CACHE_DIR", "${NOPE_4711}/x")));

        assertThat(capture.run(faulty, command.split(" "))).isNotZero();
        assertThat(capture.out()).isEmpty();
        assertThat(capture.err()).contains("environment variable TWAT_CACHE_DIR", "${NOPE_4711}", "not set");
    }

    @Test
    void settings_ofACache_showsEachValueAndItsSource() {
        int code = capture.run(
                with("twat.cache.defaults.maximum-size", "10", "twat.cache.caches.users.maximum-bytes", "64MiB"),
                "settings",
                "users");

        assertThat(code).isZero();
        assertThat(capture.err()).isEmpty();
        assertThat(capture.out().lines())
                .anyMatch(line -> line.matches("setting +value +from"))
                .anyMatch(line -> line.matches("engine +memory +default"))
                .anyMatch(line -> line.matches("maximum-bytes +64MiB +system property"))
                .anyMatch(line -> line.matches("maximum-size +no limit +default"))
                .anyMatch(line -> line.startsWith("note: maximum-size = 10 (from system property"))
                .anyMatch(line -> line.equals("it speaks of the caches users"))
                .allMatch(line -> line.length() <= 80 || !line.strip().contains(" "), "a word is never broken");
    }

    @Test
    void settings_withoutACache_showsWhatHoldsForAll() {
        capture.run(
                with("twat.cache.defaults.maximum-size", "10", "twat.cache.caches.users.maximum-size", "20"),
                "settings",
                "--json");
        Map<?, ?> all = (Map<?, ?>) JsonReader.read(capture.out());
        assertThat(all.get("cache")).isNull();
        assertThat(all.get("caches")).isEqualTo(List.of("users"));
        assertThat(line(all, "maximum-size").get("value")).isEqualTo("10");
        assertThat(line(all, "maximum-size").get("source"))
                .isEqualTo("system property twat.cache.defaults.maximum-size");
    }

    @Test
    void settings_nothingConfigured_saysSo() {
        assertThat(capture.run(with(), "settings", "users")).isZero();
        assertThat(capture.out()).contains("no configuration was found").doesNotContain("it speaks of");
    }

    @Test
    void settings_ofAnEngineThatIsNotChosenYet_areShownWhereGiven() {
        capture.run(with("twat.cache.caches.users.seed", "7"), "settings", "users", "--json");
        Map<?, ?> users = (Map<?, ?>) JsonReader.read(capture.out());
        assertThat(line(users, "seed").get("value")).isEqualTo("7");
    }

    @Test
    void settings_blankName_isNotUnderstood() {
        assertThat(capture.run(with(), "settings", " ")).isEqualTo(2);
        assertThat(capture.err()).contains("must not be blank");
    }

    @Test
    void settings_blankName_readsTheConfigurationFirstAllTheSame() {
        assertThat(capture.run(with("twat.cache.defaults.maximum-sise", "10"), "settings", ""))
                .isEqualTo(1);
        assertThat(capture.err()).contains("did you mean maximum-size?").doesNotContain("must not be blank");
    }

    // ---- real processes

    private record Run(int code, String out, String err) {}

    @Test
    void demo_whereTheConfigurationHasAnotherEngine_isRefusedAtOnce() throws Exception {
        for (Map<String, String> environment :
                List.of(Map.of("TWAT_CACHE_ENABLED", "false"), Map.of("TWAT_CACHE_OVERRIDE_ENGINE", "null"))) {
            Run run = run(environment, List.of(), "demo", "--module", "java.logging", "--engine", "heap,files");
            assertThat(run.code()).isNotZero();
            assertThat(run.err())
                    .contains(
                            "cache 'demo' on engine 'null'",
                            environment.keySet().iterator().next(),
                            "--engine null");
        }
    }

    private Run run(Map<String, String> environment, List<String> properties, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(properties);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TWAT_CACHE_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"settings", "engines", "demo", "bench memory"})
    void process_fileWithTenFaults_tellsAllTenWithTheirLinesAndExits1(String command) throws Exception {
        write(Sources.FILE, TEN_FAULTS);

        Run run = run(Map.of(), List.of(), command.split(" "));

        assertThat(run.code).isEqualTo(1);
        assertThat(run.out).isEmpty();
        assertThat(run.err).startsWith("twat-cache: the configuration has 10 faults:");
        List<String> lines = run.err.lines().skip(1).toList();
        assertThat(lines).hasSize(TOLD.size());
        List<Map.Entry<Integer, String>> told = List.copyOf(TOLD.entrySet());
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i))
                    .contains(Sources.FILE + ":" + told.get(i).getKey() + ": ")
                    .contains(told.get(i).getValue());
        }
    }

    @Test
    void process_faultsInEverySource_areToldTogetherEachWithItsPlace() throws Exception {
        write(Sources.FILE, "twat.cache.defaults.maximum-size = 0\n");
        write("mine.properties", "\ntwat.cache.defaults.maximum-size = none\n");

        Run run = run(
                Map.of(
                        "TWAT_CACHE_CONFIG",
                        directory.resolve("mine.properties").toString(),
                        "TWAT_CACHE_DEFAULTS_MAXIMUM_SIZE",
                        "some"),
                List.of("-Dtwat.cache.defaults.maximum-size=-1", "-Dtwat.cache.enabled=perhaps"),
                "settings");

        assertThat(run.code).isEqualTo(1);
        assertThat(run.err)
                .contains(
                        Sources.FILE + ":1: ",
                        "mine.properties:2: ",
                        "environment variable TWAT_CACHE_DEFAULTS_MAXIMUM_SIZE",
                        "system property twat.cache.defaults.maximum-size",
                        "system property twat.cache.enabled")
                .contains("has 5 faults");
    }

    @Test
    void process_sourcesThatConflict_eachLaterOneBeatsTheEarlier() throws Exception {
        write(Sources.FILE, """
                twat.cache.caches.users.maximum-size = 1
                twat.cache.caches.users.expire-after-write = 1m
                twat.cache.caches.users.load-timeout = 1s
                twat.cache.caches.users.statistics = false
                twat.cache.caches.users.policy = fifo
                twat.cache.override.caches.users.copy-on-read = true
                """);
        write("mine.properties", """
                twat.cache.caches.users.expire-after-write = 2m
                twat.cache.caches.users.load-timeout = 2s
                twat.cache.caches.users.statistics = false
                twat.cache.caches.users.engine = caffeine
                """);
        Map<String, String> environment = Map.of(
                "TWAT_CACHE_CONFIG", directory.resolve("mine.properties").toString(),
                "TWAT_CACHE_CACHES_USERS_LOAD_TIMEOUT", "3s",
                "TWAT_CACHE_CACHES_USERS_STATISTICS", "false",
                "TWAT_CACHE_CACHES_USERS_ENGINE", "heap",
                "TWAT_CACHE_DEFAULTS_POLICY", "lfu",
                "TWAT_CACHE_CACHES_USERS_COPY_ON_READ", "false");
        List<String> properties =
                List.of("-Dtwat.cache.caches.users.statistics=true", "-Dtwat.cache.defaults.maximum-bytes=1MiB");

        Run run = run(environment, properties, "settings", "users", "--json");

        assertThat(run.err).isEmpty();
        assertThat(run.code).isZero();
        Map<?, ?> users = (Map<?, ?>) JsonReader.read(run.out);
        assertLine(users, "maximum-size", "1", Sources.FILE + ":1");
        assertLine(users, "maximum-bytes", "no limit", "default"); // a name is more specific, whatever its source
        assertLine(users, "expire-after-write", "2m", "mine.properties:1");
        assertLine(users, "load-timeout", "3s", "environment variable TWAT_CACHE_CACHES_USERS_LOAD_TIMEOUT");
        assertLine(users, "statistics", "true", "system property twat.cache.caches.users.statistics");
        assertLine(users, "engine", "heap", "environment variable TWAT_CACHE_CACHES_USERS_ENGINE");
        assertLine(users, "policy", "fifo", Sources.FILE + ":5");
        assertLine(users, "copy-on-read", "true", Sources.FILE + ":6"); // override beats all
        assertThat((List<?>) users.get("sources"))
                .hasSize(4)
                .satisfies(sources ->
                        assertThat(sources.subList(2, 4).toString()).isEqualTo("[environment, system properties]"));
        assertThat(users.get("notes").toString())
                .contains("maximum-bytes = 1MiB (from system property", "gave way to maximum-size = 1");
    }

    @Test
    void process_variableThatMeansNothingHere_warnsAndSettingsAreShown() throws Exception {
        Run run = run(Map.of("TWAT_CACHE_DEFAULTS_MAXIMUM_SISE", "1"), List.of(), "settings", "--json");

        assertThat(run.code).isZero();
        assertThat(run.err)
                .contains("TWAT_CACHE_DEFAULTS_MAXIMUM_SISE")
                .containsOnlyOnce("did you mean the setting maximum-size?");
        assertThat(((Map<?, ?>) JsonReader.read(run.out)).get("warnings").toString())
                .contains("TWAT_CACHE_DEFAULTS_MAXIMUM_SISE");
    }

    /** Each command opens instances as it likes, and each warning is told once. */
    @ParameterizedTest
    @ValueSource(strings = {"engines", "settings users", "demo --module java.logging"})
    void process_anyCommand_tellsEachWarningOnce(String command) throws Exception {
        Run run = run(Map.of("TWAT_CACHE_DEFAULTS_MAXIMUM_SISE", "1"), List.of(), command.split(" "));

        assertThat(run.code).as(run.err).isZero();
        assertThat(run.err).containsOnlyOnce("TWAT_CACHE_DEFAULTS_MAXIMUM_SISE");
    }

    @Test
    void process_switchedOff_everyCacheIsOnTheEngineThatKeepsNothing() throws Exception {
        write(Sources.FILE, "twat.cache.caches.users.engine = heap\n");

        Run run = run(Map.of("TWAT_CACHE_ENABLED", "false"), List.of(), "settings", "users", "--json");

        Map<?, ?> users = (Map<?, ?>) JsonReader.read(run.out);
        assertThat(users.get("enabled")).isEqualTo(false);
        assertLine(users, "engine", "null", "twat.cache.enabled = false, environment variable TWAT_CACHE_ENABLED");
    }

    private static void assertLine(Map<?, ?> settings, String key, String value, String source) {
        assertThat(line(settings, key).get("value")).as(key).isEqualTo(value);
        assertThat((String) line(settings, key).get("source")).as(key).endsWith(source);
    }

    private static Map<?, ?> line(Map<?, ?> settings, String key) {
        return ((List<?>) settings.get("settings"))
                .stream()
                        .<Map<?, ?>>map(each -> (Map<?, ?>) each)
                        .filter(each -> each.get("key").equals(key))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no line for " + key));
    }
}
