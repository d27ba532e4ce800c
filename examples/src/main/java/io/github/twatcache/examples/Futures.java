package io.github.twatcache.examples;

import io.github.twatcache.AsyncCache;
import io.github.twatcache.AsyncCached1;
import io.github.twatcache.TwatCache;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** How do I cache what answers with a future, and who may cancel it? */
public final class Futures {
    private Futures() {}

    private static CompletableFuture<String> page(String url) {
        return CompletableFuture.completedFuture("page of " + url);
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (TwatCache twat = TwatCache.open()) {
            AsyncCached1<String, String> page =
                    twat.memory("pages").expireAfterWrite(Duration.ofMinutes(5)).memoizeAsync(Futures::page);
            CompletableFuture<String> first = page.apply("/home"); // begins the request
            CompletableFuture<String> again = page.apply("/home"); // has ended already
            Claim.that(
                    "the value is kept, not the future",
                    page.peek("/home").join().present() && first != again);

            AsyncCache<String, String> cache = twat.memory("data")
                    .types(String.class, String.class)
                    .build()
                    .async();
            CompletableFuture<String> source = new CompletableFuture<>();
            CompletableFuture<String> mine = cache.get("k", key -> source);
            CompletableFuture<String> yours = cache.get("k", key -> source); // joins the load
            mine.cancel(true);
            source.complete("value");
            Claim.that("one who cancels gives up for himself", yours.join().equals("value"));
            Claim.that(
                    "callers that wait see the same entries",
                    "value".equals(cache.sync().getIfPresent("k")));

            CompletableFuture<String> abandoned = new CompletableFuture<>();
            cache.get("other", key -> abandoned).cancel(true);
            Claim.that("when the last gives up, so does the load", abandoned.isCancelled());

            IOException down = new IOException("down");
            CompletableFuture<String> failed = cache.get("x", key -> CompletableFuture.failedFuture(down));
            failed.exceptionally(thrown -> {
                Claim.that("a handler is given what the loader failed with", thrown == down);
                return "";
            });
            try {
                failed.join();
            } catch (CompletionException wrapped) {
                Claim.that("join wraps it, as the JDK does", wrapped.getCause() == down);
            }
            Claim.that("a failure is not stored", !cache.contains("x").join());
        }
    }
}
