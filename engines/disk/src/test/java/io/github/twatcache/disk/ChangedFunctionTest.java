package io.github.twatcache.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Cached1;
import io.github.twatcache.TwatCache;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.stats.MissReason;
import io.github.twatcache.testkit.FakeTicker;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a function that is compiled anew finds of what it had returned before: nothing, or what a version says. */
final class ChangedFunctionTest {
    @TempDir
    Path directory;

    private final FakeTicker ticker = new FakeTicker();

    /** Why the last call found nothing. */
    private Map<MissReason, Long> missed = Map.of();

    private TwatCache open() {
        return TwatCache.builder()
                .engine(new DiskEngine())
                .ticker(ticker)
                .clock(ticker.clock())
                .directory(directory.resolve("cache"))
                .open();
    }

    /** Compiles a function under the same name as ever, and applies it through a cache. */
    private Object applied(String folder, String body) throws Exception {
        return applied(folder, body, "0", (builder, loader) -> builder);
    }

    /** How a cache is built for a function that a loader has loaded. */
    private interface Settings {
        CacheBuilder of(CacheBuilder builder, ClassLoader loader) throws ClassNotFoundException;
    }

    /** The same with a class beside it that the function calls. */
    @SuppressWarnings("unchecked") // it is compiled as one
    private Object applied(String name, String body, String rate, Settings settings) throws Exception {
        Path folder = Files.createDirectories(directory.resolve(name));
        Path source = folder.resolve("Report.java");
        Files.writeString(source, """
                public class Report implements io.github.twatcache.function.Fn1<Integer, Integer, RuntimeException> {
                    public Integer apply(Integer n) { return %s; }
                }
                class Rate {
                    static int rate() { return %s; }
                }
                """.formatted(body, rate));
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", System.getProperty("java.class.path"), source.toString());
        assertThat(result).isZero();
        try (URLClassLoader loader = new URLClassLoader(
                        new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
                TwatCache twat = open()) {
            Fn1<Integer, Integer, RuntimeException> function = (Fn1<Integer, Integer, RuntimeException>)
                    loader.loadClass("Report").getDeclaredConstructor().newInstance();
            Cached1<Integer, Integer, RuntimeException> reports =
                    settings.of(twat.disk("reports"), loader).memoize(function);
            Integer applied = reports.apply(20);
            missed = reports.stats().misses();
            return applied;
        }
    }

    @Test
    void memoize_codeChanged_oldResultsAreNotFound() throws Exception {
        assertThat(applied("one", "n + 1")).isEqualTo(21);
        assertThat(missed).isEqualTo(Map.of(MissReason.ABSENT, 1L));
        assertThat(applied("two", "n + 2")).isEqualTo(22);
        assertThat(missed).isEqualTo(Map.of(MissReason.VERSION, 1L));
        assertThat(applied("three", "n + 1")).isEqualTo(21);
        assertThat(missed).isEmpty();
    }

    @Test
    void memoize_resultOfAnotherVersionGone_isAbsent() throws Exception {
        assertThat(applied("one", "n + 1", "0", (builder, loader) -> builder.expireAfterWrite(Duration.ofMinutes(1))))
                .isEqualTo(21);
        ticker.advance(Duration.ofMinutes(1));
        assertThat(applied("two", "n + 2")).isEqualTo(22);
        assertThat(missed).as("that of the other version has expired").isEqualTo(Map.of(MissReason.ABSENT, 1L));
    }

    @Test
    void readOnly_codeChanged_isTold() throws Exception {
        applied("one", "n + 1");
        assertThat(applied("two", "n + 2", "0", (builder, loader) -> builder.set(DiskSettings.READ_ONLY, true)))
                .isEqualTo(22);
        assertThat(missed).isEqualTo(Map.of(MissReason.VERSION, 1L));
        assertThat(applied("three", "n + 1", "0", (builder, loader) -> builder.set(DiskSettings.READ_ONLY, true)))
                .isEqualTo(21);
        assertThat(missed).isEmpty();
    }

    @Test
    void version_codeChanged_oldResultsAreFoundUntilTheVersionChanges() throws Exception {
        assertThat(applied("one", "n + 1", "0", (builder, loader) -> builder.version("v1")))
                .isEqualTo(21);
        assertThat(applied("two", "n + 2", "0", (builder, loader) -> builder.version("v1")))
                .as("the version stands for the code")
                .isEqualTo(21);
        assertThat(applied("three", "n + 2", "0", (builder, loader) -> builder.version("v2")))
                .isEqualTo(22);
        assertThat(applied("four", "n + 3")).as("without a version").isEqualTo(23);
    }

    @Test
    void dependsOn_otherClassChanged_oldResultsAreNotFound() throws Exception {
        String body = "n * Rate.rate()";
        assertThat(applied("one", body, "2", (builder, loader) -> builder)).isEqualTo(40);
        assertThat(applied("two", body, "3", (builder, loader) -> builder))
                .as("what a class beside it does is not seen by itself")
                .isEqualTo(40);
        Settings depending = (builder, loader) -> builder.dependsOn(loader.loadClass("Rate"));
        assertThat(applied("three", body, "3", depending)).isEqualTo(60);
        assertThat(applied("four", body, "4", depending)).isEqualTo(80);
        assertThat(applied("five", body, "3", depending)).as("as it was").isEqualTo(60);
        assertThat(applied("six", "n + " + body, "3", depending))
                .as("the function's own code counts too")
                .isEqualTo(80);
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
