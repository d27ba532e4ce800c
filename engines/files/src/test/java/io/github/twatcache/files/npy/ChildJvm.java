package io.github.twatcache.files.npy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM of the same kind with the same classes, and a heap of 1 GiB. */
final class ChildJvm {
    private ChildJvm() {}

    /** Runs a program to its good end, and returns what it has printed. */
    static List<String> run(Class<?> program, Path argument) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dtwat.segments=" + Segments.HERE,
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                argument.toString());
        Process process = new ProcessBuilder(command)
                .directory(argument.getParent().toFile())
                .redirectErrorStream(true)
                .start();
        try (InputStream printed = process.getInputStream()) {
            List<String> lines = new String(printed.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(lines.toString()).isZero();
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }
}
