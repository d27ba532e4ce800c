package io.github.twatcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.config.Sources;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.spi.Availability;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Formats, compressors and engines of other people's whose library is not there: each is compiled against a class that is
 * then deleted, and found by a class loader as ever. None takes another with it.
 */
final class MissingLibraryTest {
    private static final Map<String, String> SERVICES = Map.of(
            "spi.ValueFormat", "acme.LateFormat\nacme.EarlyFormat\nacme.HonestFormat\n",
            "spi.Compressor", "acme.EarlyCompressor\nacme.LateCompressor\nacme.GoodCompressor\n",
            "spi.Engine", "acme.EarlyEngine\nacme.LateEngine\nacme.AskedEngine\n");

    private static final String FORMAT = """
            package acme;
            public final class %s implements io.github.twatcache.spi.ValueFormat {
                %s
                public String name() { return "%s"; }
                public io.github.twatcache.spi.ValueCodec codec(io.github.twatcache.spi.ValueType type) {
                    Library.use();
                    throw new IllegalStateException("the library is there");
                }
            }
            """;

    private static final String COMPRESSOR = """
            package acme;
            public final class %s implements io.github.twatcache.spi.Compressor {
                %s
                public String name() { return "%s"; }
                public byte[] compress(byte[] bytes) { %s return bytes.clone(); }
                public byte[] decompress(byte[] bytes, int offset, int length, int expected) {
                    return java.util.Arrays.copyOfRange(bytes, offset, offset + length);
                }
            }
            """;

    private static final String ENGINE = """
            package acme;
            import io.github.twatcache.spi.*;
            public final class %s implements Engine {
                %s
                public String name() { return "%s"; }
                public int rank() { return -1; }
                public java.util.Set<Trait> traits() { %s return java.util.Set.of(Trait.BY_REFERENCE); }
                public Availability availability() { Library.use(); return new Availability.Available(); }
                public <K> Store<K> open(io.github.twatcache.config.CacheSpec spec, StoreContext<K> context) {
                    throw new IllegalStateException("the library is there");
                }
            }
            """;

    private static final String EARLY = "private final Object held = Library.use();";
    private static final String HONEST = """
            public Availability availability() { return Availability.needing(() -> Library.class, "acme:library"); }
            """.replace("Availability", "io.github.twatcache.spi.Availability");

    @TempDir
    private Path folder;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private URLClassLoader loader;

    @BeforeEach
    void loseTheLibrary() throws IOException {
        Map<String, String> sources = Map.of(
                "Library", "package acme; class Library { static Object use() { return 1; } }",
                "EarlyFormat", FORMAT.formatted("EarlyFormat", EARLY, "early"),
                "LateFormat", FORMAT.formatted("LateFormat", "", "late"),
                "HonestFormat", FORMAT.formatted("HonestFormat", HONEST, "honest"),
                "EarlyCompressor", COMPRESSOR.formatted("EarlyCompressor", EARLY, "early", ""),
                "LateCompressor", COMPRESSOR.formatted("LateCompressor", "", "late", "Library.use();"),
                "GoodCompressor", COMPRESSOR.formatted("GoodCompressor", "", "good", ""),
                "EarlyEngine", ENGINE.formatted("EarlyEngine", EARLY, "early", ""),
                "LateEngine", ENGINE.formatted("LateEngine", "", "late", ""),
                "AskedEngine", ENGINE.formatted("AskedEngine", "", "asked", "Library.use();"));
        List<String> command = new ArrayList<>(
                List.of("-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path")));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            command.add(Files.writeString(folder.resolve(source.getKey() + ".java"), source.getValue())
                    .toString());
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, command.toArray(String[]::new)))
                .isZero();
        Files.delete(folder.resolve("acme/Library.class"));
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        for (Map.Entry<String, String> service : SERVICES.entrySet()) {
            Files.writeString(services.resolve("io.github.twatcache." + service.getKey()), service.getValue());
        }
        loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
    }

    @AfterEach
    void close() throws IOException {
        Thread.currentThread().setContextClassLoader(before);
        loader.close();
    }

    private static TwatCache open() {
        return TwatCache.builder()
                .configuration(Sources.none())
                .engine(LastingEngine.disk())
                .open();
    }

    private static Cached1<Integer, String, RuntimeException> memoized(CacheBuilder builder) {
        return builder.memoize((Integer n) -> "a".repeat(n));
    }

    @Test
    void open_librariesMissing_opensAndAllElseWorks() {
        try (TwatCache twat = open()) {
            assertThat(memoized(twat.memory("heap")).apply(3)).isEqualTo("aaa");
            assertThat(memoized(twat.disk("bytes").compress("good").compressAbove(1))
                            .apply(3))
                    .isEqualTo("aaa");
        }
    }

    @Test
    void codec_libraryMissing_refusedWithWhatToAdd() {
        try (TwatCache twat = open()) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> memoized(twat.disk("honest").codec("honest")))
                    .withMessageContaining("codec = honest (from code) of cache 'honest' cannot run here")
                    .withMessageContaining("acme/Library")
                    .withMessageContaining("add the artifact acme:library to the class path");
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> memoized(twat.disk("late").codec("late")))
                    .withMessageContaining("codec = late (from code) of cache 'late' cannot run here")
                    .withMessageContaining("acme/Library")
                    .withMessageContaining("add what it needs to the class path");
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> memoized(twat.disk("early").codec("early")))
                    .withMessageContaining("codec = early (from code) of cache 'early' is not present")
                    .withMessageContaining("acme.EarlyFormat")
                    .withMessageContaining("acme/Library");
        }
    }

    @Test
    void compressor_libraryMissing_refusedWithWhatToAdd() {
        try (TwatCache twat = open()) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> memoized(twat.disk("late").compress("late")))
                    .withMessageContaining("compress = late (from code) of cache 'late' cannot run here")
                    .withMessageContaining("acme/Library");
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> memoized(twat.disk("early").compress("early")))
                    .withMessageContaining("acme.EarlyCompressor");
        }
    }

    @Test
    void engine_libraryMissing_unavailableWithWhy() {
        try (TwatCache twat = open()) {
            for (String name : new String[] {"late", "asked"}) {
                assertThat(twat.availability().get(name))
                        .isInstanceOfSatisfying(Availability.Unavailable.class, unavailable -> {
                            assertThat(unavailable.why()).contains("acme/Library");
                            assertThat(unavailable.mend()).contains("class path");
                        });
                assertThatExceptionOfType(EngineUnavailableException.class)
                        .isThrownBy(() -> memoized(twat.cache("c").engine(name)))
                        .withMessageContaining("acme/Library")
                        .withMessageContaining("class path");
            }
        }
    }
}
