package io.github.twatcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A scoped value that a carrier names goes with the load wherever that runs, beside the diagnostic context; and no further. */
class ScopedContextTest {
    private static final int FIRST_WITH_SCOPED_VALUES = 25;

    /** This JDK, or a newer one: its home in {@code -Dtwat.jdk} or in the variable {@code TWAT_JDK}. */
    private static String home() {
        return Runtime.version().feature() >= FIRST_WITH_SCOPED_VALUES
                ? System.getProperty("java.home")
                : System.getProperty("twat.jdk", System.getenv().getOrDefault("TWAT_JDK", ""));
    }

    @Test
    void scopedValue_carriedToEachLoadThatRunsElsewhere() throws Exception {
        assumeThat(home()).as("a JDK with scoped values").isNotEmpty();
        Process callers = new ProcessBuilder(
                        Path.of(home(), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ScopedCallers.class.getName())
                .redirectError(Redirect.INHERIT)
                .start();
        try {
            String said = new String(callers.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said.lines())
                    .containsExactly(
                            "get ada/ada",
                            "get none/null",
                            "refreshAsync ada/ada",
                            "getAsync ada/ada",
                            "getAsync none/null",
                            "memoizeAsync ada/ada",
                            "memoizeAsync none/null",
                            "before ada/ada",
                            "before ada/ada",
                            "due ada/ada",
                            "due ada/ada",
                            "renewed bob/bob",
                            "renewed bob/bob");
        } finally {
            callers.destroyForcibly();
        }
    }
}
