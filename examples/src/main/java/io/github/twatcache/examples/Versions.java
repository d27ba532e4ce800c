package io.github.twatcache.examples;

import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** When a program finds what an earlier one has stored, and when it computes anew since code has changed. */
public final class Versions {
    private static final AtomicInteger RENDERED = new AtomicInteger();

    private Versions() {}

    /** What the report relies on, in another class. */
    static final class Tax {
        private Tax() {}

        static int of(int net) {
            return net * 119 / 100;
        }
    }

    static String render(int net) {
        RENDERED.incrementAndGet();
        return "total " + Tax.of(net);
    }

    /** A program that starts, renders one report, and ends; whether it had to render. */
    private static boolean renders(Path directory, UnaryOperator<CacheBuilder> settings) {
        int before = RENDERED.get();
        try (TwatCache twat = TwatCache.builder().directory(directory).open()) {
            settings.apply(twat.disk("reports")).memoize(Versions::render).apply(100);
        }
        return RENDERED.get() > before;
    }

    /**
     * Runs the example.
     *
     * @param args none
     * @throws IOException when the directory cannot be made or removed
     */
    public static void main(String... args) throws IOException {
        try (TemporaryDirectory temporary = TemporaryDirectory.make()) {
            Path directory = temporary.path().resolve("cache");
            Claim.that("the first program renders", renders(directory, reports -> reports));
            Claim.that("the next one finds it", !renders(directory, reports -> reports));
            Claim.that("with another class counted, it is rendered anew", renders(directory, Versions::withTax));
            Claim.that("as long as that does not change, it is found", !renders(directory, Versions::withTax));
            Claim.that("a version stands for all code", renders(directory, reports -> reports.version("v3")));
            Claim.that("and is found until it changes", !renders(directory, reports -> reports.version("v3")));
        }
    }

    private static CacheBuilder withTax(CacheBuilder reports) {
        return reports.dependsOn(Tax.class);
    }
}
