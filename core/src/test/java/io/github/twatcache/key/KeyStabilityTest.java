package io.github.twatcache.key;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys are the same in other JVMs, under other locales, charsets and time zones, and on a newer JDK where one is named. */
final class KeyStabilityTest {
    private static final List<List<String>> WORLDS = List.of(
            List.of(
                    "-Duser.language=tr",
                    "-Duser.country=TR",
                    "-Dfile.encoding=ISO-8859-1",
                    "-Duser.timezone=Asia/Kathmandu"),
            List.of(
                    "-Duser.language=ar",
                    "-Duser.country=EG",
                    "-Dfile.encoding=UTF-16",
                    "-Duser.timezone=Pacific/Apia"),
            List.of(
                    "-Duser.language=th",
                    "-Duser.country=TH",
                    "-Duser.variant=TH",
                    "-XX:+UnlockExperimentalVMOptions",
                    "-XX:hashCode=2"));

    @Test
    void digest_inOtherWorlds_isTheSame(@TempDir Path directory) throws Exception {
        List<String> here = new ArrayList<>();
        KeyVectors.keys()
                .forEach((name, value) -> here.add(
                        name + " " + CanonicalEncoding.standard().digest(value).hex()));
        for (List<String> world : WORLDS) {
            assertThat(linesOf(javaHere(), world, directory))
                    .as(world.toString())
                    .isEqualTo(here);
        }
        Path newest = newestJava();
        if (newest != null) {
            assertThat(linesOf(newest, List.of(), directory))
                    .as(newest.toString())
                    .isEqualTo(here);
        }
    }

    private static Path javaHere() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** A newer JDK: its home in {@code -Dtwat.jdk} or in the variable {@code TWAT_JDK}. */
    private static Path newestJava() {
        String home = System.getProperty("twat.jdk", System.getenv().getOrDefault("TWAT_JDK", ""));
        return home.isEmpty() ? null : Path.of(home, "bin", "java");
    }

    private static List<String> linesOf(Path java, List<String> options, Path directory)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java.toString(), "-cp", System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(KeyVectors.class.getName());
        Path output = Files.createTempFile(directory, "digests", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        builder.environment().putAll(Map.of("LC_ALL", "C"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("the other JVM ends")
                    .isTrue();
            try (InputStream in = Files.newInputStream(output)) {
                return new String(in.readAllBytes(), US_ASCII).lines().toList();
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
