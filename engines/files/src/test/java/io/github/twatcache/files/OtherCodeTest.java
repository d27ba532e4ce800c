package io.github.twatcache.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.function.Fn1;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static ClassLoader loader(Path folder) throws Exception {
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, OtherCodeTest.class.getClassLoader());
    }

    @SuppressWarnings("unchecked") // it is compiled as one
    private Fn1<Integer, Integer, RuntimeException> loaded(Path folder) throws Exception {
        return (Fn1<Integer, Integer, RuntimeException>)
                loader(folder).loadClass("Made").getDeclaredConstructor().newInstance();
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

    /** Functions with results of a class that only their loader knows. */
    private static final String RECORDS = """
        import io.github.twatcache.function.Fn1;
        import java.util.List;
        public class Made implements Fn1<Integer, Integer, RuntimeException> {
            public static int calls;
            public Integer apply(Integer n) { return n; }
            public enum Kind { SOME }
            public record Report(int pages, Kind kind) {}
            public static class One implements Fn1<Integer, Report, RuntimeException> {
                public Report apply(Integer n) { calls++; return new Report(n, Kind.SOME); }
            }
            public static class Many implements Fn1<Integer, List<Report>, RuntimeException> {
                public List<Report> apply(Integer n) { calls++; return List.of(new Report(n, Kind.SOME)); }
            }
        }
        """;

    /** A function whose version says that nothing has changed, and whose results are of a class that has. */
    @Test
    void results_ofAClassThatHasChanged_underTheSameKey_areComputedAnew() throws Exception {
        String arrays = """
            import io.github.twatcache.function.Fn1;
            public class Made implements Fn1<Integer, Integer, RuntimeException> {
                public static int calls;
                public Integer apply(Integer n) { return n; }
                public record Result(double[] values) {}
                public static class One implements Fn1<Integer, Result, RuntimeException> {
                    public Result apply(Integer n) { calls++; return new Result(new double[] {n}); }
                }
            }
            """;
        compiled("arrays", arrays);
        compiled(
                "text",
                arrays.replace("double[] values", "String text").replace("new double[] {n}", "\"result \" + n"));
        compiled("number", arrays.replace("double[] values", "int[] values").replace("double[]", "int[]"));
        for (String kind : new String[] {"arrays", "text", "number", "arrays"}) {
            ClassLoader loader = loader(directory.resolve(kind));
            String first = versioned(loader);
            assertThat(versioned(loader)).as(kind).startsWith("Result[").isEqualTo(first);
            assertThat(loader.loadClass("Made").getField("calls").getInt(null))
                    .as("%s is computed once", kind)
                    .isEqualTo(1);
        }
    }

    @SuppressWarnings("unchecked") // it is compiled as one
    private String versioned(ClassLoader loader) throws Exception {
        Fn1<Integer, Object, RuntimeException> made = (Fn1<Integer, Object, RuntimeException>)
                loader.loadClass("Made$One").getDeclaredConstructor().newInstance();
        try (Opened opened = new Opened(directory.resolve("cache"))) {
            String result =
                    opened.cache("one").version("1").memoize(made).apply(20).toString();
            return result.replaceAll("\\[[DI]@[0-9a-f]+", "an array");
        }
    }

    @SuppressWarnings("unchecked") // it is compiled as one
    private Object result(ClassLoader loader, String function) throws Exception {
        Fn1<Integer, Object, RuntimeException> made = (Fn1<Integer, Object, RuntimeException>)
                loader.loadClass("Made$" + function).getDeclaredConstructor().newInstance();
        try (Opened opened = new Opened(directory.resolve("cache"))) {
            return opened.cache(function).memoize(made).apply(20);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void results_ofAClassThatOnlyTheFunctionsLoaderKnows_areFound(boolean contextHasAnother) throws Exception {
        compiled("reports", RECORDS);
        compiled("others", RECORDS);
        ClassLoader loader = loader(directory.resolve("reports"));
        Field calls = loader.loadClass("Made").getField("calls");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            if (contextHasAnother) {
                thread.setContextClassLoader(loader(directory.resolve("others")));
            }
            Object one = result(loader, "One");
            Object many = result(loader, "Many");
            assertThat(result(loader, "One")).isEqualTo(one);
            assertThat(result(loader, "Many")).isEqualTo(many).isEqualTo(List.of(one));
            assertThat(calls.getInt(null)).isEqualTo(2);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
