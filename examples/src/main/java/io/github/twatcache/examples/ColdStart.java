package io.github.twatcache.examples;

import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The first minutes after a start are slow: a cache on the heap begins empty each time. */
public final class ColdStart {
    private static final AtomicInteger RENDERED = new AtomicInteger();

    private ColdStart() {}

    static String render(int report) {
        RENDERED.incrementAndGet();
        return "report " + report;
    }

    /** A program that starts, needs a hundred reports, and ends; how many it had to render. */
    private static int run(Path directory, Function<TwatCache, CacheBuilder> reports) {
        RENDERED.set(0);
        long begin = System.nanoTime();
        try (TwatCache twat = TwatCache.builder().directory(directory).open()) {
            var render = reports.apply(twat).memoize(ColdStart::render);
            for (int report = 0; report < 100; report++) {
                render.apply(report);
            }
        }
        System.out.println(RENDERED + " rendered, " + (System.nanoTime() - begin) / 1_000_000 + " ms");
        return RENDERED.get();
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
            System.out.println("before, on the heap:");
            Claim.that("a start renders all", run(directory, twat -> twat.memory("reports")) == 100);
            Claim.that("and so does each other", run(directory, twat -> twat.memory("reports")) == 100);
            System.out.println("after, on disk:");
            Claim.that("the first start renders all", run(directory, twat -> twat.disk("reports")) == 100);
            Claim.that("no later one renders any", run(directory, twat -> twat.disk("reports")) == 0);
        }
    }
}
