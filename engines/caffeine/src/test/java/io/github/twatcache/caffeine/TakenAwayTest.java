package io.github.twatcache.caffeine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.TwatCache;
import io.github.twatcache.testkit.TakenAway;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What becomes of a program whose class path has lost this artifact, or the library that it needs. */
class TakenAwayTest {
    private static String classPath(boolean complete) throws Exception {
        String own = Path.of(CaffeineEngine.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(element -> complete
                        || !Path.of(element).toAbsolutePath().toString().equals(own))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> run(String classPath) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dslf4j.provider=" + SpokenLog.class.getName(),
                        "-cp",
                        classPath,
                        WithoutCaffeine.class.getName())
                .redirectErrorStream(true)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("SLF4J"))
                .toList();
        assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
        return lines;
    }

    @Test
    void artifactTakenAway_namedEngine_heapStandsInWithOneWarning() throws Exception {
        List<String> lines = run(classPath(false));
        assertThat(lines)
                .contains("memory: heap, 0 fallbacks", "auto: heap, 0 fallbacks", "caffeine: heap, 1 fallbacks")
                .filteredOn(line -> line.startsWith("WARN"))
                .singleElement()
                .asString()
                .contains("cache 'caffeine' is on engine 'heap' instead")
                .contains("add the artifact io.github.twatcache:twat-cache-caffeine");
    }

    @Test
    void libraryTakenAway_engineSaysSo_heapStandsInWithOneWarning() throws Exception {
        List<String> lines = TakenAway.run(
                element -> element.startsWith("caffeine-"),
                WithoutCaffeine.class,
                "-Dslf4j.provider=" + SpokenLog.class.getName());
        assertThat(lines)
                .contains("memory: heap, 1 fallbacks", "auto: heap, 1 fallbacks", "caffeine: heap, 1 fallbacks")
                .filteredOn(line -> line.startsWith("WARN"))
                .hasSize(3)
                .allMatch(line -> line.contains("add the artifact com.github.ben-manes.caffeine:caffeine"));
        assertThat(lines.get(lines.size() - 1))
                .startsWith("Unavailable[why=its library cannot be loaded (java.lang.NoClassDefFoundError")
                .contains("mend=add the artifact com.github.ben-manes.caffeine:caffeine to the class path");
    }

    @Test
    void artifactThere_isTaken() throws Exception {
        assertThat(run(classPath(true)))
                .containsExactly(
                        "memory: caffeine, 0 fallbacks",
                        "auto: caffeine, 0 fallbacks",
                        "caffeine: caffeine, 0 fallbacks",
                        "Available[]");
        try (TwatCache twat = TwatCache.open()) {
            assertThat(twat.availability()).containsKeys("caffeine", "heap", "disk");
        }
    }
}
