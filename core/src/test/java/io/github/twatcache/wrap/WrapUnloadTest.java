package io.github.twatcache.wrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.TwatCache;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.key.SourceCompiler;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interfaces that come and go with a class loader, and what the compiler writes of their parameters. */
class WrapUnloadTest {
    private static final String API = """
            package plug;
            import io.github.twatcache.wrap.*;
            public interface Api {
                @Cached(name = "plug", key = "city")
                String forecast(String city, int day);
                @CacheInvalidate(cache = "plug", key = "town")
                void report(int day, String town);
            }
            """;

    private static final String REAL = """
            package plug;
            public class Real implements Api {
                public String forecast(String city, int day) { return city + day; }
                public void report(int day, String town) {}
            }
            """;

    private final TwatCache twat = TwatCache.open();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        twat.close();
    }

    private Path compiled(String api, String... options) throws Exception {
        return SourceCompiler.compile(directory, List.of(options), "plug/Api.java", api, "plug/Real.java", REAL);
    }

    private <T> Object wrapped(TwatCache cache, Class<T> api) throws Exception {
        Object real = api.getClassLoader()
                .loadClass("plug.Real")
                .getDeclaredConstructor()
                .newInstance();
        return cache.wrap(api, api.cast(real));
    }

    @Test
    void interface_ofALoaderThatGoes_isCollectedAfterClose() throws Exception {
        Path classes = compiled(API, "-cp", SourceCompiler.path(), "-parameters", "-g");
        WeakReference<ClassLoader> loader = useAndForget(classes);
        twat.close();
        for (int i = 0; loader.get() != null && i < 100; i++) {
            System.gc();
            Thread.onSpinWait();
        }
        assertThat(loader.get()).isNull();
    }

    private WeakReference<ClassLoader> useAndForget(Path classes) throws Exception {
        try (URLClassLoader loader = SourceCompiler.load(classes)) {
            Class<?> api = loader.loadClass("plug.Api");
            Object wrapped = wrapped(twat, api);
            assertThat(wrapped.getClass().isHidden()).isTrue();
            Method forecast = api.getMethod("forecast", String.class, int.class);
            Method report = api.getMethod("report", int.class, String.class);
            assertThat(forecast.invoke(wrapped, "Bonn", 1)).isEqualTo("Bonn1");
            assertThat(forecast.invoke(wrapped, "Bonn", 2)).isEqualTo("Bonn1");
            report.invoke(wrapped, 0, "Bonn");
            assertThat(forecast.invoke(wrapped, "Bonn", 3)).isEqualTo("Bonn3");
            return new WeakReference<>(loader);
        }
    }

    @Test
    void names_ofTheTarget_serveWhereTheInterfaceHasNone() throws Exception {
        Path classes = compiled(API, "-cp", SourceCompiler.path(), "-g");
        // The target calls the parameters as the interface does.
        try (URLClassLoader loader = SourceCompiler.load(classes)) {
            assertThat(wrapped(twat, loader.loadClass("plug.Api"))).isNotNull();
        }
    }

    @Test
    void names_unknown_refusedSayingHowToHaveThem() throws Exception {
        Path classes = compiled(API, "-cp", SourceCompiler.path(), "-g:none");
        try (URLClassLoader loader = SourceCompiler.load(classes)) {
            Class<?> api = loader.loadClass("plug.Api");
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> wrapped(twat, api))
                    .withMessageContaining("key \"city\" is none of its parameters")
                    .withMessageContaining("compile with -parameters")
                    .withMessageContaining("key \"town\"");
        }
    }

    @Test
    void packagePrivateInterface_ofAnotherLoader_isWrappedByAProxy() throws Exception {
        Path classes =
                compiled(API.replace("public interface", "interface"), "-cp", SourceCompiler.path(), "-parameters");
        try (URLClassLoader loader = SourceCompiler.load(classes)) {
            Object wrapped = wrapped(twat, loader.loadClass("plug.Api"));
            assertThat(Proxy.isProxyClass(wrapped.getClass())).isTrue();
            assertThat(wrapped).isInstanceOf(Wrapped.class);
            assertThat(twat.caches()).containsExactly("plug");
        }
    }
}
