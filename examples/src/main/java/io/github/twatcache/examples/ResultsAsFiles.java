package io.github.twatcache.examples;

import io.github.twatcache.Cached2;
import io.github.twatcache.Shelf;
import io.github.twatcache.Shelved;
import io.github.twatcache.TwatCache;
import io.github.twatcache.files.FilesSettings;
import io.github.twatcache.files.MappedCalls;
import io.github.twatcache.files.npy.MappedArray;
import io.github.twatcache.files.npy.Npy;
import io.github.twatcache.function.Fn2;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Results that are large, and that other programs want to read, are kept as files. */
public final class ResultsAsFiles {
    private static final AtomicInteger RUNS = new AtomicInteger();

    private ResultsAsFiles() {}

    /** A bar that is warm at one end, after some steps. */
    private static double[] warmth(int cells, int steps) {
        RUNS.incrementAndGet();
        double[] now = new double[cells];
        now[0] = 100;
        for (int step = 0; step < steps; step++) {
            double[] next = now.clone();
            for (int i = 1; i < cells - 1; i++) {
                next[i] = now[i] + 0.25 * (now[i - 1] - 2 * now[i] + now[i + 1]);
            }
            now = next;
        }
        return now;
    }

    private static Cached2<Integer, Integer, double[], RuntimeException> memoized(TwatCache twat) {
        return twat.files("warmth").with(FilesSettings.storeArguments()).memoize(ResultsAsFiles::warmth);
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
            Shelved<double[]> shelved;
            try (TwatCache twat = TwatCache.builder().directory(directory).open()) {
                memoized(twat).apply(1_000, 500);
                shelved = memoized(twat).shelve(1_000, 500);
            }
            try (TwatCache twat = TwatCache.builder().directory(directory).open()) {
                var again = memoized(twat);
                again.apply(1_000, 500);
                Claim.that("the next program finds what the first one computed", RUNS.get() == 1);
                Fn2<Integer, Integer, MappedArray, RuntimeException> mapped = MappedCalls.of(again);
                try (MappedArray found = mapped.apply(1_000, 500)) {
                    Claim.that("the same result is read where it lies", found.getDouble(1) > 90 && RUNS.get() == 1);
                }
                Shelf.of(again)
                        .results()
                        .forEach(result -> System.out.println(
                                result.type() + ", " + result.bytes() + " bytes, has saved " + result.saved()));
            }
            Path file = shelved.file().orElseThrow();
            System.out.println("numpy.load(\"" + file.getFileName() + "\", mmap_mode=\"r\")");
            double[] read = (double[]) Npy.read(file);
            Claim.that("the file is NumPy's, and is read without any cache", read[1] > 90 && read.length == 1_000);
            Claim.that("a shelved result is loaded when it is wanted", shelved.get().length == 1_000);
        }
    }
}
