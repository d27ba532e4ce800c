package io.github.twatcache.all;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.TwatCache;
import io.github.twatcache.error.ConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interfaces of a module that opens nothing, wrapped by a core that is a module itself. */
class WrapInModulesTest {
    private static final Map<String, String> SOURCES = Map.of(
            "module-info.java",
            "module plug { requires io.github.twatcache.core; exports plug; }",
            "plug/Api.java",
            """
            package plug;
            public interface Api {
                @io.github.twatcache.wrap.Cached(name = "api") int next();
            }
            """,
            "plug/inside/Closed.java",
            """
            package plug.inside;
            interface Closed {
                @io.github.twatcache.wrap.Cached(name = "closed") Answer answer(int a);
                default Answer direct(int a) { return answer(a); }
            }
            """,
            "plug/inside/Answer.java",
            """
            package plug.inside;
            class Answer {}
            """,
            "plug/inside/Inside.java",
            """
            package plug.inside;
            import io.github.twatcache.TwatCache;
            import java.lang.invoke.MethodHandles;
            public class Inside {
                public static Object without(TwatCache twat) { return twat.wrap(Closed.class, a -> new Answer()); }
                public static Object with(TwatCache twat) {
                    return twat.wrap(MethodHandles.lookup(), Closed.class, a -> new Answer());
                }
                public static boolean works(Object closed) {
                    Closed wrapped = (Closed) closed;
                    return wrapped.answer(1) == wrapped.answer(1) && wrapped.direct(1) != wrapped.direct(1);
                }
            }
            """,
            "plug/Door.java",
            """
            package plug;
            import io.github.twatcache.TwatCache;
            import plug.inside.Inside;
            public class Door implements Api {
                int n;
                public int next() { return ++n; }
                public static Object without(TwatCache twat) { return Inside.without(twat); }
                public static Object with(TwatCache twat) { return Inside.with(twat); }
                public static boolean works(Object closed) { return Inside.works(closed); }
            }
            """);

    private final TwatCache twat = TwatCache.open();

    @TempDir
    Path directory;

    private ClassLoader plug;
    private Class<?> door;

    @BeforeEach
    void compileAndLoad() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-p", System.getProperty("jdk.module.path")));
        Path classes = directory.resolve("classes");
        arguments.addAll(List.of("-d", classes.toString()));
        for (Map.Entry<String, String> source : SOURCES.entrySet()) {
            arguments.add(write(source.getKey(), source.getValue()));
        }
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int failed = ToolProvider.findFirst("javac").orElseThrow().run(out, out, arguments.toArray(String[]::new));
        assertThat(failed).as(said.toString()).isZero();
        Configuration resolved =
                ModuleLayer.boot().configuration().resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("plug"));
        plug = ModuleLayer.defineModulesWithOneLoader(
                        resolved, List.of(ModuleLayer.boot()), getClass().getClassLoader())
                .layer()
                .findLoader("plug");
        door = plug.loadClass("plug.Door");
    }

    private String write(String name, String text) throws IOException {
        Path file = directory.resolve("src").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text).toString();
    }

    @AfterEach
    void close() {
        twat.close();
    }

    private Object wrapped(String how) throws Exception {
        return door.getMethod(how, TwatCache.class).invoke(null, twat);
    }

    private boolean works(Object closed) throws Exception {
        return (Boolean) door.getMethod("works", Object.class).invoke(null, closed);
    }

    @Test
    void core_here_isAModule_towardsWhichNothingIsOpen() {
        Module core = TwatCache.class.getModule();
        assertThat(core.getName()).isEqualTo("io.github.twatcache.core");
        assertThat(door.getModule().isOpen("plug", core)).isFalse();
        assertThat(door.getModule().isExported("plug.inside", core)).isFalse();
    }

    @Test
    void closedInterface_withoutALookup_refused() {
        assertThatThrownBy(() -> wrapped("without"))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("call wrap(MethodHandles.lookup(), Closed.class, ...) beside it");
        assertThat(twat.caches()).isEmpty();
    }

    @Test
    void closedInterface_throughALookup_isSpunInItsModule() throws Exception {
        Object closed = wrapped("with");
        assertThat(closed.getClass().isHidden()).isTrue();
        assertThat(closed.getClass().getModule()).isSameAs(door.getModule());
        assertThat(works(closed)).isTrue();
    }

    @Test
    void closedInterface_whereNothingIsSpun_isAProxy() throws Exception {
        System.setProperty("twat.cache.spin", "false");
        try {
            Object closed = wrapped("with");
            assertThat(Proxy.isProxyClass(closed.getClass())).isTrue();
            assertThat(works(closed)).isTrue();
        } finally {
            System.clearProperty("twat.cache.spin");
        }
    }

    @Test
    void exportedInterface_isSpunWithoutALookup() throws Exception {
        Class<?> api = plug.loadClass("plug.Api");
        Object wrapped = wrappedAs(api, door.getDeclaredConstructor().newInstance());
        assertThat(wrapped.getClass().isHidden()).isTrue();
        assertThat(api.getMethod("next").invoke(wrapped)).isEqualTo(1);
        assertThat(api.getMethod("next").invoke(wrapped)).isEqualTo(1);
    }

    private <T> Object wrappedAs(Class<T> api, Object target) {
        return twat.wrap(api, api.cast(target));
    }
}
