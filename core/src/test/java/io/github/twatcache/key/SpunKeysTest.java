package io.github.twatcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.function.Fn2;
import java.io.File;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What surrounds spun classes: they die with their function, and need nothing of a user's module. */
final class SpunKeysTest {
    @TempDir
    Path directory;

    @Test
    void keyClass_lastKeyGone_isUnloaded() throws Exception {
        List<WeakReference<Class<?>>> classes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Fn2<String, Integer, String, RuntimeException> function = (a, b) -> a + b;
            CallKeys keys = CallKeys.of(
                    FunctionIdentity.of(function, Fn2.class, 2), KeyRules.ALL, CanonicalEncoding.standard());
            classes.add(new WeakReference<>(keys.maker2().key("a", 1).getClass()));
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (classes.stream().anyMatch(each -> each.get() != null)) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("classes live on: "
                        + classes.stream().filter(each -> each.get() != null).count());
            }
            System.gc();
        }
    }

    @Test
    void lambdaOfAModuleThatOpensNothing_isIdentifiedAndKeyed() throws Exception {
        String path = SourceCompiler.path();
        Path classes = SourceCompiler.compile(
                directory,
                List.of("--module-path", path),
                "module-info.java",
                "module closed.app { requires io.github.twatcache.core; }",
                "closed/Main.java",
                """
                package closed;
                import io.github.twatcache.function.*;
                import io.github.twatcache.key.*;
                public class Main {
                    record Closed(String name, double value) {}
                    record Inside(java.util.List<String> names) {}
                    static String call(Closed key, int times) { return key.name() + times; }
                    public static void main(String[] args) {
                        Object open = new Object();
                        Fn2<Closed, Integer, String, RuntimeException> f = (key, times) -> call(key, times) + open;
                        FunctionIdentity identity = FunctionIdentity.of(f, Fn2.class, 2);
                        CallKeys keys = CallKeys.of(identity, KeyRules.ALL, CanonicalEncoding.standard());
                        Object key = keys.maker2().key(new Closed("a", 1.5), 2);
                        boolean ok = key.equals(keys.maker2().key(new Closed("a", 1.5), 2))
                                && keys.settled(key) == key
                                && identity.fingerprint().isPresent()
                                && identity.name().startsWith("closed.Main.lambda$")
                                && identity.parameterTypes().get(0) == Closed.class;
                        Fn1<Inside, String, RuntimeException> g = inside -> "";
                        CallKeys inner = CallKeys.of(
                                FunctionIdentity.of(g, Fn1.class, 1), KeyRules.ALL, CanonicalEncoding.standard());
                        try {
                            inner.settled(inner.maker1().key(new Inside(new java.util.ArrayList<>())));
                            ok = false;
                        } catch (io.github.twatcache.error.KeyException e) {
                            ok &= e.getMessage().contains("open closed to io.github.twatcache.core");
                        }
                        System.out.println(ok && Main.class.getModule().isNamed() ? "fine" : "broken " + identity);
                    }
                }
                """);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        classes + File.pathSeparator + path,
                        "--module",
                        "closed.app/closed.Main")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said.strip()).endsWith("fine");
        assertThat(process.waitFor()).isZero();
    }
}
