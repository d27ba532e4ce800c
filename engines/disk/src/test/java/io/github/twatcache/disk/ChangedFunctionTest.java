package io.github.twatcache.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.TwatCache;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.function.Fn1;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A function that is compiled anew with other code does not find what it had returned before. */
final class ChangedFunctionTest {
    @TempDir
    Path directory;

    private TwatCache open() {
        return TwatCache.builder()
                .engine(new DiskEngine())
                .directory(directory.resolve("cache"))
                .open();
    }

    /** Compiles a function under the same name as ever, and applies it through a cache. */
    @SuppressWarnings("unchecked") // it is compiled as one
    private Object applied(String version, String body) throws Exception {
        Path folder = Files.createDirectories(directory.resolve(version));
        Path source = folder.resolve("Report.java");
        Files.writeString(source, """
                public class Report implements io.github.twatcache.function.Fn1<Integer, Integer, RuntimeException> {
                    static int calls;
                    public Integer apply(Integer n) { calls++; return %s; }
                }
                """.formatted(body));
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", System.getProperty("java.class.path"), source.toString());
        assertThat(result).isZero();
        try (URLClassLoader loader = new URLClassLoader(
                        new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
                TwatCache twat = open()) {
            Fn1<Integer, Integer, RuntimeException> function = (Fn1<Integer, Integer, RuntimeException>)
                    loader.loadClass("Report").getDeclaredConstructor().newInstance();
            return twat.disk("reports").memoize(function).apply(20);
        }
    }

    @Test
    void memoize_codeChanged_oldResultsAreNotFound() throws Exception {
        assertThat(applied("one", "n + 1")).isEqualTo(21);
        assertThat(applied("two", "n + 2")).isEqualTo(22);
    }

    @Test
    void memoize_lambdaWithoutAName_refused() {
        try (TwatCache twat = open()) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> twat.auto().persistent().memoize((Integer n) -> n + 1))
                    .withMessageContaining("name it");
            assertThat(twat.disk("named").memoize((Integer n) -> n + 1).apply(1))
                    .isEqualTo(2);
        }
    }
}
