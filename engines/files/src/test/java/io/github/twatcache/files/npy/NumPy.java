package io.github.twatcache.files.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real NumPy, in a Python of its own. Without one, tests that need it are skipped, but never in CI. */
final class NumPy {
    private static final String PLACE = "TWAT_PYTHON";
    private static final long PATIENCE_SECONDS = 120;

    /** What an array holds, in words that do not depend on how it lies: the SHA-256 of each element's big-endian bytes. */
    private static final String PRELUDE = """
            import sys, hashlib, numpy as np
            def digest(a):
                sha = hashlib.sha256()
                if a.dtype.kind == 'U':
                    for s in a.ravel(order='C').tolist():
                        sha.update(s.encode('utf-32-be', 'surrogatepass') + b'\\0\\0\\0\\0')
                else:
                    sha.update(np.ascontiguousarray(a).astype(a.dtype.newbyteorder('>')).tobytes(order='C'))
                return sha.hexdigest()
            def line(name, a):
                print(name, a.dtype.str, 'x'.join(map(str, a.shape)) or '-', digest(a))
            """;

    private NumPy() {}

    /** Skips the test where there is no Python. */
    private static String place() {
        String place = System.getenv(PLACE);
        if (place == null) {
            assertThat(System.getenv("CI"))
                    .as("CI must name a Python with NumPy in %s", PLACE)
                    .isNotEqualTo("true");
        }
        assumeTrue(place != null, PLACE + " names no Python with NumPy: what NumPy reads and writes is not compared");
        return place;
    }

    /**
     * Runs a script and returns the lines that it has printed. It finds its arguments in {@code sys.argv[1:]}, NumPy as
     * {@code np}, and {@code line(name, array)} that prints name, data type, shape and digest.
     */
    static List<String> run(String script, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(place(), "-c", PRELUDE + script));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process = start(command);
        try (InputStream printed = process.getInputStream()) {
            String output = new String(printed.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
            return output.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for NumPy", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("PYTHONIOENCODING", "utf-8");
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
