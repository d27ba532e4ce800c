package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The real Python that {@code TWAT_PYTHON} names, with libraries that a test is to compare with. Without one, tests that need
 * it are skipped, but never in CI.
 */
public final class RealPython {
    private static final String PLACE = "TWAT_PYTHON";
    private static final long PATIENCE_SECONDS = 120;

    private RealPython() {}

    private static String place(String library) {
        String place = System.getenv(PLACE);
        if (place == null) {
            assertThat(System.getenv("CI"))
                    .as("CI must name a Python with %s in %s", library, PLACE)
                    .isNotEqualTo("true");
        }
        assumeTrue(place != null, PLACE + " names no Python with " + library + ": what it does is not compared");
        return place;
    }

    /**
     * Starts a script.
     *
     * @param library what the Python must have, in words
     * @param script the script; it finds its arguments in {@code sys.argv[1:]}
     * @param arguments its arguments, as they are in words
     * @return the process; its errors are in its output
     */
    public static Process start(String library, String script, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(place(library), "-c", script));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("PYTHONIOENCODING", "utf-8");
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits for a script to come to its good end.
     *
     * @param process the script
     * @return the lines that it has printed
     */
    public static List<String> printed(Process process) {
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
