package io.github.twatcache.examples;

import io.github.twatcache.Cached1;
import io.github.twatcache.Cached2;
import io.github.twatcache.TwatCache;
import java.io.IOException;
import java.text.ParseException;
import java.util.Arrays;

/** Which functions can be memoized, and how is each of them written? */
public final class FunctionForms {
    private FunctionForms() {}

    static int area(int width, int height) {
        return width * height;
    }

    static String over(String text) {
        return "text " + text;
    }

    static String over(Integer number) {
        return "number " + number;
    }

    static String join(Object... parts) {
        return Arrays.toString(parts);
    }

    static String load(String key) throws IOException, ParseException {
        if (key.isEmpty()) {
            throw new ParseException("no key", 0);
        }
        return key;
    }

    /**
     * Runs the example.
     *
     * @param args none
     * @throws Exception never; {@code load} throws two checked types, which become this one
     */
    public static void main(String... args) throws Exception {
        try (TwatCache twat = TwatCache.open()) {
            // A method reference tells its types.
            var area = twat.memory("area").memoize(FunctionForms::area);
            Claim.that("two arguments", area.apply(2, 3) == 6);

            // A lambda needs the types of its parameters.
            Cached2<Integer, Integer, Integer, RuntimeException> sum =
                    twat.memory("sum").memoize((Integer a, Integer b) -> a + b);
            Claim.that("a lambda", sum.apply(2, 3) == 5);

            // Overloaded, varargs and generic methods and constructors: name the argument types.
            var over = twat.memory("over").memoize(String.class, FunctionForms::over);
            var joined = twat.memory("join").memoize(String.class, String.class, FunctionForms::join);
            var some = twat.memory("some")
                    .memoize(String.class, FunctionForms::over, o -> o.storeIf((text, result) -> !text.isEmpty()));
            Claim.that("the overload that was named", over.apply("1").equals("text 1"));
            Claim.that("options come last", some.apply("").equals("text ") && !some.isCached(""));
            Claim.that("varargs", joined.apply("a", "b").equals("[a, b]"));

            // Two checked types become their nearest common type.
            Cached1<String, String, Exception> load = twat.memory("load").memoize(FunctionForms::load);
            Claim.that("two checked types", load.apply("a").equals("a"));
        }
    }
}
