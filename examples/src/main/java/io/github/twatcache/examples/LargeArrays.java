package io.github.twatcache.examples;

import io.github.twatcache.TwatCache;
import io.github.twatcache.files.npy.Dtype;
import io.github.twatcache.files.npy.MappedArray;
import io.github.twatcache.files.npy.Npy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** Results are large arrays: each start computes them, and each look-up copies them. */
public final class LargeArrays {
    private static final int LENGTH = 1_000_000;
    private static final AtomicInteger COMPUTED = new AtomicInteger();

    private LargeArrays() {}

    /** The sums of the elements up to each, on the heap. */
    private static double[] sums(double[] field) {
        COMPUTED.incrementAndGet();
        double[] sums = field.clone();
        Arrays.parallelPrefix(sums, Double::sum);
        return sums;
    }

    /** The same of a file, in a file. */
    private static MappedArray mappedSums(MappedArray field) {
        COMPUTED.incrementAndGet();
        return MappedArray.create(field.shape(), Dtype.FLOAT64, to -> {
            double sum = 0;
            for (long i = 0; i < field.size(); i++) {
                sum += field.getDouble(i);
                to.put(sum);
            }
        });
    }

    private static void before(double[] field) {
        try (TwatCache twat = TwatCache.open()) {
            double[] sums = twat.memory("sums").memoize(LargeArrays::sums).apply(field);
            Claim.that("all of it is on the heap", sums.length == LENGTH);
        }
    }

    /** A program that wants one element of the sums of a file, which NumPy may have made. */
    private static void after(Path directory, Path file) {
        try (TwatCache twat = TwatCache.builder().directory(directory).open();
                MappedArray field = MappedArray.open(file)) {
            var sums = twat.files("sums").memoize(LargeArrays::mappedSums);
            try (MappedArray found = sums.apply(field)) {
                Claim.that("one element is read where it lies", found.getDouble(LENGTH - 1) == LENGTH);
            }
        }
    }

    /**
     * Runs the example.
     *
     * @param args none
     * @throws IOException when the directory cannot be made or removed
     */
    public static void main(String... args) throws IOException {
        double[] field = new double[LENGTH];
        Arrays.fill(field, 1);
        before(field);
        before(field);
        Claim.that("before, on the heap, each start computes", COMPUTED.getAndSet(0) == 2);
        try (TemporaryDirectory temporary = TemporaryDirectory.make()) {
            Npy.write(field, temporary.path().resolve("field.npy"));
            for (int start = 0; start < 3; start++) {
                after(temporary.path().resolve("cache"), temporary.path().resolve("field.npy"));
            }
        }
        Claim.that(
                "after, in files, the first one computes, and later ones map what it has stored", COMPUTED.get() == 1);
    }
}
