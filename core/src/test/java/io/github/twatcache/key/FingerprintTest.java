package io.github.twatcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.function.Fn1;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changes a fingerprint, and what does not. */
final class FingerprintTest {
    private static final String SOURCE = """
            package sample;
            import io.github.twatcache.function.Fn1;
            public class Sample {
                static int calls = base();
                static int other = 5;
                static final String CONSTANT = "c";
                public static java.io.Serializable function() {
                    Fn1<Integer, String, RuntimeException> f = Sample::compute;
                    return f;
                }
                public static java.io.Serializable lambda() {
                    Fn1<Integer, String, RuntimeException> f = number -> compute(number) + "!";
                    return f;
                }
                static int base() { return 40; }
                static String compute(int number) {
                    int sum = helper(number) + Nested.twice(number);
                    java.util.function.IntUnaryOperator inner = x -> x + deep(x);
                    Comparable<String> made = new Comparable<>() {
                        public int compareTo(String that) { return 3 + that.length(); }
                    };
                    Shape shape = new Square(number);
                    return CONSTANT + sum + inner.applyAsInt(sum) + shape.area() + made.compareTo("x") + new Pair(sum, "p");
                }
                private static int helper(int number) {
                    return number <= 0 ? 1 : number * helper(number - 1);
                }
                private static int deep(int x) { return x * 7; }
                static int unused() { return 11; }
                static int statics() { return calls; }
                public static java.io.Serializable reader() {
                    Fn1<Integer, Integer, RuntimeException> f = n -> n + calls;
                    return f;
                }
                interface Shape { int area(); }
                record Square(int side) implements Shape { public int area() { return side * side; } }
                record Pair(int a, String b) {}
                static class Nested { static int twice(int n) { return 2 * n; } }
            }
            """;

    @TempDir
    Path directory;

    private int compiled;

    // ---------------------------------------------------------------- kept

    @Test
    void of_sameSource_isTheSame() throws Exception {
        assertThat(compute(SOURCE)).isEqualTo(compute(SOURCE)).hasSize(66).startsWith("01");
    }

    @Test
    void of_commentsLinesLocalsAndPrivateNames_keep() throws Exception {
        String before = compute(SOURCE);
        assertThat(compute(SOURCE.replace("int sum", "/* a comment */\n\n\n int sum")))
                .isEqualTo(before);
        assertThat(compute(SOURCE.replace("sum", "total"))).isEqualTo(before);
        assertThat(compute(SOURCE.replace("helper(", "factorial("))).isEqualTo(before);
        assertThat(compute(SOURCE.replace("return 11", "return 12"))).isEqualTo(before);
        assertThat(compute(SOURCE.replace("base() { return 40", "base() { return 41")))
                .isEqualTo(before);
    }

    @Test
    void of_debugData_keeps() throws Exception {
        assertThat(compute(SOURCE, "-g:none"))
                .isEqualTo(compute(SOURCE, "-g"))
                .isEqualTo(compute(SOURCE, "-parameters"));
    }

    @Test
    void of_lambda_goesByItsBodyNotByItsName() throws Exception {
        String before = fingerprint("lambda", SOURCE);
        String moved = SOURCE.replace(
                "public static java.io.Serializable lambda()",
                "static Runnable first() { return () -> unused(); } public static java.io.Serializable lambda()");
        assertThat(fingerprint("lambda", moved)).isEqualTo(before);
        assertThat(fingerprint("lambda", SOURCE.replace("\"!\"", "\"?\""))).isNotEqualTo(before);
    }

    /** What runs when somebody subscribes is a lambda inside the function, and counts as its other code does. */
    @Test
    void of_functionThatReturnsAPublisher_goesByWhatItsPublisherDoes() throws Exception {
        String source = """
                package sample;
                import io.github.twatcache.function.PublisherFn1;
                import java.util.concurrent.Flow;
                public class Sample {
                    public static java.io.Serializable function() {
                        PublisherFn1<Integer, String> f = Sample::rows;
                        return f;
                    }
                    static Flow.Publisher<String> rows(int number) {
                        return subscriber -> subscriber.onNext(row(number) + "!");
                    }
                    private static String row(int number) { return "row " + number; }
                    static int unused() { return 11; }
                }
                """;
        String before = compute(source);
        assertThat(compute(source.replace("return 11", "return 12"))).isEqualTo(before);
        assertThat(compute(source.replace("\"!\"", "\"?\""))).isNotEqualTo(before);
        assertThat(compute(source.replace("\"row \"", "\"line \""))).isNotEqualTo(before);
    }

    // ---------------------------------------------------------------- changed

    @Test
    void of_anythingReached_changes() throws Exception {
        List<String> all = new ArrayList<>(List.of(compute(SOURCE)));
        for (String[] edit : new String[][] {
            {"helper(number) + Nested", "helper(number) - Nested"},
            {"? 1 :", "? 2 :"},
            {"x * 7", "x * 8"},
            {"x + deep(x)", "x - deep(x)"},
            {"2 * n", "3 * n"},
            {"side * side", "side + side"},
            {"3 + that", "4 + that"},
            {"\"c\"", "\"d\""},
            {"record Pair(int a, String b)", "record Pair(long a, String b)"},
            {"static String compute(int number) {", "static synchronized String compute(int number) {"},
        }) {
            assertThat(SOURCE).contains(edit[0]);
            all.add(compute(SOURCE.replace(edit[0], edit[1])));
        }
        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void of_staticThatIsRead_countsWithItsInitialiser() throws Exception {
        String before = fingerprint("reader", SOURCE);
        assertThat(fingerprint("reader", SOURCE.replace("return 40", "return 41")))
                .isNotEqualTo(before);
        assertThat(fingerprint("reader", SOURCE.replace("x * 7", "x * 8"))).isEqualTo(before);
    }

    /** Code of the nest that runs without being named: by a class that has inherited it. */
    private static final String INHERITED = """
            package sample;
            import io.github.twatcache.function.Fn1;
            import java.util.function.DoubleUnaryOperator;
            public class Sample {
                public static java.io.Serializable statics() {
                    Fn1<Integer, Integer, RuntimeException> f = Sub::entry;
                    return f;
                }
                public static java.io.Serializable constants() {
                    Fn1<Integer, Integer, RuntimeException> f = Sub::constant;
                    return f;
                }
                public static java.io.Serializable beside() {
                    Fn1<Double, Double, RuntimeException> f = Sample::go;
                    return f;
                }
                public static java.io.Serializable outside() {
                    Fn1<Double, Double, RuntimeException> f = Sample::apply;
                    return f;
                }
                public static java.io.Serializable below() {
                    Fn1<Double, Double, RuntimeException> f = Sample::mapped;
                    return f;
                }
                public static java.io.Serializable known() {
                    Fn1<Double, Double, RuntimeException> f = Sample::known;
                    return f;
                }
                interface Table { int[] FIXED = {4, 5, 6}; }
                static class Base { static int[] table = {1, 2, 3}; }
                static class Sub extends Base implements Table {
                    static int entry(int i) { return table[i]; }
                    static int constant(int i) { return FIXED[i]; }
                }
                interface Step { double go(double x); }
                interface Known extends DoubleUnaryOperator {}
                static class Walking {
                    public double go(double x) { return x * 2; }
                    public double applyAsDouble(double x) { return x * 3; }
                }
                static class Plain extends Walking implements Step {}
                static class Operator extends Walking implements DoubleUnaryOperator {}
                static abstract class Mapper implements DoubleUnaryOperator {}
                static class Mapping extends Mapper { public double applyAsDouble(double x) { return x * 5; } }
                static class Knowing extends Walking implements Known {}
                static double go(double x) { Step s = new Plain(); return s.go(x); }
                static double apply(double x) { return outer(new Operator(), x); }
                static double mapped(double x) { return outer(new Mapping(), x); }
                static double known(double x) { return knowing(null, x); }
                static double knowing(Known k, double x) { return k.applyAsDouble(x); }
                static double outer(DoubleUnaryOperator o, double x) { return o.applyAsDouble(x); }
            }
            """;

    @Test
    void of_staticThatIsInherited_countsWithTheInitialiserOfItsClass() throws Exception {
        requireCounts("statics", "{1, 2, 3}", "{1, 2, 4}");
        requireCounts("constants", "{4, 5, 6}", "{4, 5, 7}");
    }

    @Test
    void of_methodThatIsInheritedBesideAnInterface_counts() throws Exception {
        requireCounts("beside", "x * 2", "x * 9");
        requireCounts("outside", "x * 3", "x * 9");
        requireCounts("below", "x * 5", "x * 9");
        requireCounts("known", "x * 3", "x * 9");
    }

    private void requireCounts(String function, String before, String after) throws Exception {
        assertThat(INHERITED).contains(before);
        assertThat(fingerprint(function, INHERITED))
                .as(function)
                .isEqualTo(fingerprint(function, INHERITED.replace("public class", "/* a comment */ public class")))
                .isNotEqualTo(fingerprint(function, INHERITED.replace(before, after)));
    }

    @Test
    void of_receiver_countsWithTheMethodOfItsClass() {
        Function<String, String> hidden = text -> text;
        Fn1<String, String, RuntimeException> apply = hidden::apply;
        assertThat(identity(apply).fingerprint()).isEmpty();
        Named a = new NamedA();
        Named b = new NamedB();
        Fn1<String, String, RuntimeException> nameA = a::name;
        Fn1<String, String, RuntimeException> nameB = b::name;
        assertThat(identity(nameA).fingerprint())
                .isPresent()
                .isNotEqualTo(identity(nameB).fingerprint());
    }

    @Test
    void of_nativeMethod_isEmpty() {
        Fn1<Object, Integer, RuntimeException> function = System::identityHashCode;
        assertThat(identity(function).fingerprint()).isEmpty();
    }

    // ---------------------------------------------------------------- dependsOn, version, newer files

    @Test
    void of_dependsOn_addsTheWholeClass() throws Exception {
        Class<?> before = load(SOURCE);
        Class<?> after = load(SOURCE.replace("return 11", "return 12"));
        Class<?> commented = load(SOURCE.replace("return 11", "return /* */ 11"));
        FunctionIdentity identity = identity((Fn1<String, Integer, RuntimeException>) String::length);
        assertThat(Fingerprint.of(identity, List.of(before)))
                .isPresent()
                .isEqualTo(Fingerprint.of(identity, List.of(commented)))
                .isNotEqualTo(Fingerprint.of(identity, List.of(after)))
                .isNotEqualTo(Fingerprint.of(identity, List.of()));
        Class<?> constant = load(SOURCE.replace("\"c\"", "\"d\""));
        assertThat(Fingerprint.of(identity, List.of(constant))).isNotEqualTo(Fingerprint.of(identity, List.of(before)));
    }

    @Test
    void version_isItsText() {
        assertThat(Fingerprint.version("v3"))
                .isEqualTo(Fingerprint.version("v3"))
                .hasSameHashCodeAs(Fingerprint.version("v3"))
                .isNotEqualTo(Fingerprint.version("v4"));
        assertThat(Fingerprint.version("v3").bytes()).hasSize(33).startsWith(1);
    }

    @Test
    void addMethod_classFileNewerThanAsm_digestsTheFile() {
        Fn1<String, String, RuntimeException> function = new NamedA()::name;
        Implementation implementation = identity(function).callee().implementation();
        CodeDigest a = new CodeDigest((name, near) -> newer(ByteCode.of(name, near), 0));
        CodeDigest same = new CodeDigest((name, near) -> newer(ByteCode.of(name, near), 0));
        CodeDigest other = new CodeDigest((name, near) -> newer(ByteCode.of(name, near), 1));
        assertThat(a.addMethod(implementation)).isTrue();
        assertThat(same.addMethod(implementation)).isTrue();
        assertThat(other.addMethod(implementation)).isTrue();
        assertThat(a.digest()).isEqualTo(same.digest()).isNotEqualTo(other.digest());
    }

    private static byte[] newer(byte[] file, int minor) {
        file[6] = 0x7f;
        file[5] = (byte) minor;
        return file;
    }

    private String compute(String source, String... options) throws Exception {
        return fingerprint("function", source, options);
    }

    private String fingerprint(String method, String source, String... options) throws Exception {
        Serializable function =
                (Serializable) load(source, options).getMethod(method).invoke(null);
        return identity(function).fingerprint().orElseThrow().hex();
    }

    private Class<?> load(String source, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("-classpath", SourceCompiler.path()));
        Path classes = SourceCompiler.compile(
                Files.createDirectories(directory.resolve("c" + compiled++)), all, "sample/Sample.java", source);
        // The loader stays open: the class file is read when the fingerprint is asked for.
        return Class.forName("sample.Sample", true, SourceCompiler.load(classes));
    }

    private static FunctionIdentity identity(Serializable function) {
        return FunctionIdentity.of(function, Fn1.class, 1);
    }

    interface Named {
        String name(String key);
    }

    static final class NamedA implements Named {
        @Override
        public String name(String key) {
            return "a" + key;
        }
    }

    static final class NamedB implements Named {
        @Override
        public String name(String key) {
            return "b" + key;
        }
    }
}
