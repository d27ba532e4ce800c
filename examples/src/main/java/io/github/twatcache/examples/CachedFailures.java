package io.github.twatcache.examples;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.github.twatcache.Cached1;
import io.github.twatcache.TwatCache;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How do I spare a service that keeps saying no? */
public final class CachedFailures {
    private static final AtomicInteger CALLS = new AtomicInteger();

    private CachedFailures() {}

    static String read(String path) throws IOException {
        CALLS.incrementAndGet();
        if (path.equals("/busy")) {
            throw new IOException("try later");
        }
        throw new FileNotFoundException(path);
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        AtomicLong now = new AtomicLong();
        try (TwatCache twat = TwatCache.builder().ticker(now::get).open()) {
            var file = twat.memory("files")
                    .cacheFailures(FileNotFoundException.class, ofSeconds(30))
                    .memoize(CachedFailures::read);
            IOException first = failure(file, "/gone");
            Claim.that("the same exception again, and no call", first == failure(file, "/gone") && CALLS.get() == 1);

            failure(file, "/busy");
            failure(file, "/busy");
            Claim.that("other types are not kept", CALLS.get() == 3);

            now.addAndGet(ofSeconds(30).toNanos());
            failure(file, "/gone");
            Claim.that("after 30 s it is tried again", CALLS.get() == 4);

            file.invalidate("/gone");
            failure(file, "/gone");
            Claim.that("invalidate forgets a failure too", CALLS.get() == 5);

            var patient = twat.memory("patient")
                    .cacheFailures(FileNotFoundException.class, ofSeconds(1), ofMinutes(5))
                    .memoize(CachedFailures::read);
            failure(patient, "/gone");
            now.addAndGet(ofSeconds(1).toNanos());
            failure(patient, "/gone");
            now.addAndGet(ofSeconds(1).toNanos());
            failure(patient, "/gone");
            Claim.that("the second time it is kept for two seconds", CALLS.get() == 7);
        }
    }

    private static IOException failure(Cached1<String, String, IOException> file, String path) {
        try {
            throw new IllegalStateException("must have failed, but returned " + file.apply(path));
        } catch (IOException e) {
            return e;
        }
    }
}
