package io.github.twatcache.examples;

import static java.time.Duration.ofMinutes;

import io.github.twatcache.LoadContext;
import io.github.twatcache.TwatCache;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How does the function itself say how long its result holds, or that the old one still does? */
public final class FunctionDecides {
    private static final AtomicInteger BODIES = new AtomicInteger();

    private FunctionDecides() {}

    /** What a server answers. */
    record Response(int status, String etag, String body, long maxAgeMinutes) {}

    static Response get(String path, String etag) {
        return etag.equals("v1")
                ? new Response(304, "v1", "", 0)
                : new Response(200, "v1", "page " + BODIES.incrementAndGet(), path.equals("/news") ? 1 : 60);
    }

    static String page(String path) {
        LoadContext load = LoadContext.current();
        Response response = get(path, load.version().orElse(""));
        if (response.status() == 304) {
            return load.notModified();
        }
        load.version(response.etag()).expireAfter(ofMinutes(response.maxAgeMinutes()));
        if (response.body().isEmpty()) {
            load.doNotStore();
        }
        return response.body();
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        AtomicLong now = new AtomicLong();
        BODIES.set(0);
        try (TwatCache twat = TwatCache.builder().ticker(now::get).open()) {
            var page = twat.memory("pages")
                    .expireAfterWrite(ofMinutes(5))
                    .failSafe(ofMinutes(60))
                    .memoize(FunctionDecides::page);
            page.apply("/news");
            page.apply("/terms");
            now.addAndGet(ofMinutes(1).toNanos());
            Claim.that("the news held for a minute", !page.isCached("/news") && page.isCached("/terms"));
            Claim.that(
                    "the server says that they still hold", page.apply("/news").equals("page 1"));
            Claim.that("a new life without a new body", page.isCached("/news") && BODIES.get() == 2);
        }
    }
}
