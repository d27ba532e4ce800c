package io.github.twatcache.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script at the root, in a project of empty files whose {@code java} and {@code mvn} only say how they were called. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final Path SCRIPT =
            Path.of("..", "..", "twat-cache").toAbsolutePath().normalize();
    private static final List<String> TOOLS = List.of(
            "bash",
            "cat",
            "dirname",
            "env",
            "find",
            "head",
            "ln",
            "mkdir",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "touch",
            "tput");
    private static final String JAVA = """
            #!/bin/sh
            if [ "$1" = -XshowSettings:properties ]; then
              echo "Property settings:" >&2
              echo "    java.home = $FAKE_JDK" >&2
              echo "    java.specification.version = ${FAKE_VERSION:-17}" >&2
              exit 0
            fi
            printf '%s\\n' "$@"
            exit "${FAKE_EXIT:-0}"
            """;
    private static final String MVN = """
            #!/bin/sh
            echo "mvn in $PWD: $*"
            [ -z "$FAKE_BUILD_FAILS" ] || exit 1
            mkdir -p tools/cli/target/lib benchmarks/target
            : > tools/cli/target/twat-cache-cli-1.jar
            """;

    @TempDir
    Path temp;

    private Path root;
    private Path bin;
    private Path jdk;

    /** What a run printed and how it ended. */
    private record Run(int code, String out, String err) {
        boolean built() {
            return err.contains("building twat-cache");
        }
    }

    @BeforeEach
    void makeProject() throws IOException {
        assumeTrue(Files.isExecutable(SCRIPT), "the launcher is not beside the sources");
        root = Files.createDirectories(temp.toRealPath().resolve("a project's root"));
        Files.copy(SCRIPT, root.resolve("twat-cache"));
        for (String file : List.of(
                "pom.xml",
                "core/pom.xml",
                "core/src/main/java/A.java",
                "core/src/main/java/B.java",
                "core/src/test/java/T.java",
                "engines/one/pom.xml",
                "engines/one/src/main/java/C.java",
                "tools/cli/pom.xml",
                "tools/cli/src/main/java/D.java",
                "benchmarks/pom.xml",
                "benchmarks/src/main/java/E.java")) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.createFile(root.resolve(file));
        }
        jdk = Files.createDirectories(temp.toRealPath().resolve("a jdk"));
        script(jdk.resolve("bin/java"), JAVA);
        script(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        bin = Files.createDirectories(temp.resolve("bin"));
        for (String tool : TOOLS) {
            Path found = Stream.of("/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin")
                    .map(folder -> Path.of(folder, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElse(null);
            if (found != null) {
                script(bin.resolve(tool), "#!/bin/sh\nexec " + found + " \"$@\"\n");
            }
        }
        script(bin.resolve("mvn"), MVN);
    }

    @Test
    void run_fresh_buildsOnce() throws Exception {
        Run first = run(Map.of(), "demo", "--engine", "two words");
        Run second = run(Map.of(), "demo");

        assertThat(first.code).isZero();
        assertThat(first.err).isEqualTo("building twat-cache (first run takes a minute)…\n");
        assertThat(buildLog()).startsWith("mvn in " + root + ": ").endsWith(" -pl tools/cli -am package\n");
        assertThat(first.out)
                .isEqualTo("-Dtwat.home=" + root + "\n-Dtwat.terminal=false\n-jar\n"
                        + root.resolve("tools/cli/target/twat-cache-cli-1.jar") + "\ndemo\n--engine\ntwo words\n");
        assertThat(second.built()).isFalse();
        assertThat(second.err).isEmpty();
        assertThat(second.out).endsWith("\ndemo\n");
    }

    @Test
    void run_sourceChanged_buildsAgain() throws Exception {
        run(Map.of());
        for (String file :
                List.of("pom.xml", "core/src/main/java/A.java", "engines/one/pom.xml", "tools/cli/pom.xml")) {
            touch(file);
            assertThat(run(Map.of()).built()).as(file).isTrue();
            touch("tools/cli/target/built");
        }
    }

    @Test
    void run_sourceAddedOrDeleted_buildsAgain() throws Exception {
        run(Map.of());
        Files.createFile(root.resolve("core/src/main/java/New.java"));
        assertThat(run(Map.of()).built()).isTrue();
        Files.delete(root.resolve("core/src/main/java/B.java"));
        assertThat(run(Map.of()).built()).isTrue();
        assertThat(run(Map.of()).built()).isFalse();
    }

    @Test
    void run_onlyTestsOrBenchmarksChanged_buildsNot() throws Exception {
        run(Map.of());
        touch("core/src/test/java/T.java");
        touch("benchmarks/src/main/java/E.java");
        assertThat(run(Map.of(), "demo").built()).isFalse();
    }

    @Test
    void run_jarGone_buildsAgain() throws Exception {
        run(Map.of());
        Files.delete(root.resolve("tools/cli/target/twat-cache-cli-1.jar"));
        assertThat(run(Map.of()).built()).isTrue();
    }

    @Test
    void run_bench_buildsTheBenchmarksToo() throws Exception {
        run(Map.of());
        assertThat(run(Map.of(), "--debug", "bench", "memory").built()).isTrue();
        assertThat(buildLog()).contains("-pl tools/cli,benchmarks -am package");
        assertThat(run(Map.of(), "bench", "memory").built()).isFalse();
        assertThat(run(Map.of(), "replay-outage").built()).isFalse();
        touch("benchmarks/src/main/java/E.java");
        assertThat(run(Map.of(), "replay-outage", "--json").built()).isTrue();
    }

    @Test
    void run_throughLinks_findsItsRoot() throws Exception {
        Path far = Files.createDirectories(temp.resolve("far/away"));
        Files.createSymbolicLink(far.resolve("inner"), root.resolve("twat-cache"));
        Path link = Files.createSymbolicLink(temp.resolve("linked"), Path.of("far/away/inner"));

        Run run = run(link, Map.of());

        assertThat(run.out).startsWith("-Dtwat.home=" + root + "\n");
    }

    @Test
    void run_commandFails_exitsAsItDid() throws Exception {
        assertThat(run(Map.of("FAKE_EXIT", "3")).code).isEqualTo(3);
    }

    @Test
    void run_buildFails_saysSoAndTriesAgain() throws Exception {
        Run failed = run(Map.of("FAKE_BUILD_FAILS", "1"));

        assertThat(failed.code).isEqualTo(1);
        assertThat(failed.out).isEmpty();
        assertThat(failed.err)
                .contains("mvn in " + root)
                .endsWith("twat-cache: the build failed; what Maven says is above\n");
        assertThat(run(Map.of()).built()).isTrue();
    }

    @Test
    void run_builderWasKilled_takesOver() throws Exception {
        Files.createDirectories(root.resolve("tools/cli/target"));
        Files.createSymbolicLink(root.resolve("tools/cli/target/building"), Path.of("999999999"));
        assertThat(run(Map.of()).code).isZero();
        assertThat(root.resolve("tools/cli/target").toFile().list())
                .containsExactlyInAnyOrder("build.log", "built", "lib", "twat-cache-cli-1.jar");
    }

    @Test
    void run_noMaven_isOnlyMissedForABuild() throws Exception {
        run(Map.of());
        Files.delete(bin.resolve("mvn"));
        assertThat(run(Map.of()).code).isZero();
        touch("pom.xml");
        Run run = run(Map.of());
        assertThat(run.code).isEqualTo(1);
        assertThat(run.err)
                .isEqualTo("twat-cache: it must be built first, and no mvn was found; install Maven 3.8 or later\n");
    }

    @Test
    void run_noCompiler_asksForAJdk() throws Exception {
        Files.delete(jdk.resolve("bin/javac"));
        assertThat(run(Map.of()).err).contains(jdk + " has no javac; set JAVA_HOME to a JDK, not a JRE");
    }

    @Test
    void run_olderJava_saysWhichIsNeeded() throws Exception {
        for (String version : List.of("1.8", "11", "16")) {
            Run run = run(Map.of("FAKE_VERSION", version));
            assertThat(run.code).isEqualTo(1);
            assertThat(run.err)
                    .isEqualTo("twat-cache: " + jdk.resolve("bin/java") + " is Java " + version
                            + ", and 17 or later is needed; set JAVA_HOME to a newer JDK\n");
        }
        assertThat(run(Map.of("FAKE_VERSION", "25")).code).isZero();
    }

    @Test
    void run_noJava_saysWhatToInstall() throws Exception {
        assertThat(run(Map.of("JAVA_HOME", "")).err)
                .isEqualTo("twat-cache: no java found; install a JDK 17 or later, or set JAVA_HOME to one\n");
        assertThat(run(Map.of("JAVA_HOME", "/nowhere")).err)
                .isEqualTo("twat-cache: JAVA_HOME is /nowhere, which has no bin/java; set it to a JDK 17 or later\n");
    }

    @Test
    void run_javaOnThePath_isFound() throws Exception {
        Files.createSymbolicLink(bin.resolve("java"), jdk.resolve("bin/java"));
        assertThat(run(Map.of("JAVA_HOME", "")).code).isZero();
    }

    private String buildLog() throws IOException {
        return Files.readString(root.resolve("tools/cli/target/build.log"));
    }

    private Run run(Map<String, String> environment, String... arguments) throws Exception {
        return run(root.resolve("twat-cache"), environment, arguments);
    }

    private Run run(Path script, Map<String, String> environment, String... arguments) throws Exception {
        Path out = temp.resolve("out");
        Path err = temp.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(script.toString()), Stream.of(arguments))
                        .toList())
                .directory(temp.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> all = new LinkedHashMap<>(
                Map.of("PATH", bin.toString(), "JAVA_HOME", jdk.toString(), "FAKE_JDK", jdk.toString(), "LC_ALL", "C"));
        all.putAll(environment);
        builder.environment().clear();
        builder.environment().putAll(all);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }

    /** As though it was changed in a moment from now, so that no clock is too coarse. */
    private void touch(String file) throws IOException {
        Files.setLastModifiedTime(
                root.resolve(file), FileTime.from(Instant.now().plusSeconds(2)));
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
