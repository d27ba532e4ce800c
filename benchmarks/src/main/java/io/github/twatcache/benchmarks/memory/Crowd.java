package io.github.twatcache.benchmarks.memory;

import io.github.twatcache.TwatCache;
import io.github.twatcache.function.Fn1;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Ten memoized functions of every arity on both engines with various settings, called until they are compiled. A program
 * has many functions, so what the compiler has learnt of one alone is not what is to be measured. Peers are measured after
 * the same crowd.
 */
public final class Crowd {
    private static final int CALLS = 30_000;
    private static final int ARGUMENTS = 128;

    private Crowd() {}

    /** Warms up ten functions; they stay open with the instance. */
    public static void warm(TwatCache twat) {
        var functions = functions(twat);
        // In turns, as in a program: a class that they share is compiled for all of them, not for the first.
        for (int call = 0; call < CALLS; call++) {
            for (Fn1<Integer, Object, RuntimeException> function : functions) {
                if (function.apply(call % ARGUMENTS).equals("")) {
                    throw new IllegalStateException("no function here returns an empty string");
                }
            }
        }
    }

    private static List<Fn1<Integer, Object, RuntimeException>> functions(TwatCache twat) {
        List<Fn1<Integer, Object, RuntimeException>> functions = new ArrayList<>();
        for (String engine : List.of("heap", "caffeine")) {
            var none = twat.cache(engine + " 0").engine(engine).maximumSize(10).memoize(() -> "none");
            var one = twat.cache(engine + " 1").engine(engine).maximumSize(1000).memoize((String a) -> a + "!");
            var two = twat.cache(engine + " 2").engine(engine).memoize((Integer a, Long b) -> a + b);
            var three = twat.cache(engine + " 3")
                    .engine(engine)
                    .expireAfterWrite(Duration.ofHours(1))
                    .memoize((String a, Integer b, Double c) -> a + b + c);
            var four = twat.cache(engine + " 4")
                    .engine(engine)
                    .maximumSize(300)
                    .statistics()
                    .memoize((Integer a, String b, Long c, Boolean d) -> b + a + c + d);
            functions.add(n -> none.apply());
            functions.add(n -> one.apply(Integer.toString(n)));
            functions.add(n -> two.apply(n, (long) n));
            functions.add(n -> three.apply("three", n, n / 2.0));
            functions.add(n -> four.apply(n, "four", 4L, n > 4));
        }
        return functions;
    }
}
