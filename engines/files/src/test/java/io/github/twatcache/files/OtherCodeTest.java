package io.github.twatcache.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.function.Fn1;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions that are compiled anew: what counts is what they do. Variants are compiled here. */
final class OtherCodeTest {
    @TempDir
    Path directory;

    private Fn1<Integer, Integer, RuntimeException> compiled(String name, String source, String... options)
            throws Exception {
        Path folder = Files.createDirectories(directory.resolve(name));
        Path file = folder.resolve("Made.java");
        Files.writeString(file, source);
        List<String> arguments = new ArrayList<>(
                List.of("-cp", System.getProperty("java.class.path"), "-d", folder.toString(), file.toString()));
        arguments.addAll(List.of(options));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        return loaded(folder);
    }

    @SuppressWarnings("unchecked") // it is compiled as one
    private Fn1<Integer, Integer, RuntimeException> loaded(Path folder) throws Exception {
        URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
        return (Fn1<Integer, Integer, RuntimeException>)
                loader.loadClass("Made").getDeclaredConstructor().newInstance();
    }

    private static String source(String body, String helper) {
        return """
            public class Made implements io.github.twatcache.function.Fn1<Integer, Integer, RuntimeException> {
                public static int calls;
                public Integer apply(Integer n) { calls++; %s }
                private static int helper(int n) { %s }
            }
            """.formatted(body, helper);
    }

    /** Whether the function is run: whether its result was not found. */
    private boolean computes(Fn1<Integer, Integer, RuntimeException> function, int expected) throws Exception {
        try (Opened opened = new Opened(directory.resolve("cache"))) {
            assertThat(opened.cache("made").memoize(function).apply(20)).isEqualTo(expected);
        }
        return function.getClass().getField("calls").getInt(null) > 0;
    }

    @Test
    void variants_ofOneFunction_whatTheyDoCounts() throws Exception {
        String plain = source("return helper(n) + 1;", "return n;");
        assertThat(computes(compiled("plain", plain), 21)).isTrue();
        assertThat(computes(compiled("again", plain), 21)).as("compiled anew").isFalse();
        assertThat(computes(compiled("debug", plain, "-g"), 21)).as("with -g").isFalse();
        assertThat(computes(compiled("none", plain, "-g:none"), 21))
                .as("with -g:none")
                .isFalse();
        assertThat(computes(compiled("moved", "\n\n// a comment\n" + plain.replace("{ calls++", "{\n\ncalls++")), 21))
                .as("lines moved, a comment")
                .isFalse();
        assertThat(computes(compiled("body", source("return helper(n) + 2;", "return n;")), 22))
                .as("the body")
                .isTrue();
        assertThat(computes(compiled("helper", source("return helper(n) + 1;", "return n + 5;")), 26))
                .as("a private method")
                .isTrue();
        String lambda =
                source("java.util.function.IntUnaryOperator f = x -> x * 2; return f.applyAsInt(n);", "return n;");
        assertThat(computes(compiled("lambda", lambda), 40)).as("a lambda").isTrue();
        assertThat(computes(compiled("lambda2", lambda.replace("x * 2", "x * 3")), 60))
                .as("the body of the lambda")
                .isTrue();
        assertThat(computes(compiled("back", plain), 21))
                .as("what was before is still there")
                .isFalse();
    }

    @Test
    void twoClassLoaders_oneClassName_neverMeet() throws Exception {
        Fn1<Integer, Integer, RuntimeException> one = compiled("one", source("return n + 1;", "return n;"));
        Fn1<Integer, Integer, RuntimeException> two = compiled("two", source("return n + 2;", "return n;"));
        assertThat(computes(one, 21)).isTrue();
        assertThat(computes(two, 22)).isTrue();
        assertThat(computes(loaded(directory.resolve("one")), 21)).isFalse();
        assertThat(computes(loaded(directory.resolve("two")), 22)).isFalse();
    }

    @Test
    void lambda_withCapturedState_isAnotherFunctionForEachState() {
        for (int round = 0; round < 2; round++) {
            for (int factor = 2; factor < 5; factor++) {
                int by = factor;
                try (Opened opened = new Opened(directory.resolve("cache"))) {
                    int before = Functions.CALLS.get();
                    assertThat(opened.cache("by")
                                    .memoize((Integer n) -> {
                                        Functions.CALLS.incrementAndGet();
                                        return n * by;
                                    })
                                    .apply(10))
                            .isEqualTo(10 * factor);
                    assertThat(Functions.CALLS.get() - before).isEqualTo(round == 0 ? 1 : 0);
                }
            }
        }
    }
}
