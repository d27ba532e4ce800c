package io.github.twatcache.disk.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pool of connections has its bound, however many ask. */
final class LinksTest {
    private static final int CALLERS = 10_000;
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    @TempDir
    Path directory;

    /** This JDK, or a newer one: its home in {@code -Dtwat.jdk} or in the variable {@code TWAT_JDK}. */
    private static String home() {
        return Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS
                ? System.getProperty("java.home")
                : System.getProperty("twat.jdk", System.getenv().getOrDefault("TWAT_JDK", ""));
    }

    @Test
    void take_byTenThousandVirtualThreads_eachIsServedByFewConnections() throws Exception {
        assumeThat(home()).as("a JDK with virtual threads").isNotEmpty();
        Process callers = new ProcessBuilder(
                        Path.of(home(), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        VirtualCallers.class.getName(),
                        directory.resolve("x.db").toString(),
                        String.valueOf(CALLERS))
                .redirectError(Redirect.INHERIT)
                .start();
        try {
            String said = new String(callers.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said.strip()).isEqualTo("ended " + CALLERS + " bounded null");
        } finally {
            callers.destroyForcibly();
        }
    }
}
