package io.github.twatcache.disk.diskcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real Python with the real diskcache. Without one, tests that need it are skipped, but never in CI. */
final class Python {
    private static final String PLACE = "TWAT_PYTHON";
    private static final long PATIENCE_SECONDS = 120;

    private Python() {}

    /** Skips the test where there is no Python. */
    private static String place() {
        String place = System.getenv(PLACE);
        if (place == null) {
            assertThat(System.getenv("CI"))
                    .as("CI must name a Python with diskcache in %s", PLACE)
                    .isNotEqualTo("true");
        }
        assumeTrue(place != null, PLACE + " names no Python with diskcache: what Python does beside us is not tested");
        return place;
    }

    /** Starts a script; it finds its arguments in {@code sys.argv[1:]}, and {@code diskcache} and {@code sys} imported. */
    static Process start(String script, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(place(), "-c", "import sys, diskcache\n" + script));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a script, and returns what it has printed. */
    static List<String> run(String script, Object... arguments) {
        return printed(start(script, arguments));
    }

    /** Waits for a script, and returns what it has printed. */
    static List<String> printed(Process process) {
        try (InputStream printed = process.getInputStream()) {
            String output = new String(printed.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
            return output.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for Python", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
