package io.github.twatcache.examples;

import io.github.twatcache.TwatCache;
import io.github.twatcache.stats.Unstored;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** What becomes of a result whose key is invalidated while it is computed? */
public final class LateResult {
    private static final AtomicReference<String> DATABASE = new AtomicReference<>("old");
    private static final CountDownLatch HAS_READ = new CountDownLatch(1);
    private static final CountDownLatch MAY_RETURN = new CountDownLatch(1);

    private LateResult() {}

    static String row(int id) throws InterruptedException {
        String row = DATABASE.get() + " row " + id;
        HAS_READ.countDown();
        MAY_RETURN.await();
        return row;
    }

    /**
     * Runs the example.
     *
     * @param args none
     * @throws InterruptedException never
     */
    public static void main(String... args) throws InterruptedException {
        try (TwatCache twat = TwatCache.open()) {
            var row = twat.memory("rows").memoize(LateResult::row);
            CompletableFuture<String> early = row.refreshAsync(1);
            HAS_READ.await(); // it has read "old row 1" and has not returned yet

            DATABASE.set("new");
            row.invalidate(1);
            MAY_RETURN.countDown();

            Claim.that(
                    "a call that begins after invalidate computes anew",
                    row.apply(1).equals("new row 1"));
            Claim.that("the early call gets what it has read", early.join().equals("old row 1"));
            Claim.that("and that is not stored", row.apply(1).equals("new row 1"));
            Claim.that("but counted", row.stats().unstoredCount(Unstored.LATE) >= 1);
        }
    }
}
