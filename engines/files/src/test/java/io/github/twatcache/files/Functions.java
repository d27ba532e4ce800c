package io.github.twatcache.files;

import io.github.twatcache.files.npy.Dtype;
import io.github.twatcache.files.npy.MappedArray;
import io.github.twatcache.testkit.FakeTicker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What the tests memoize, and how often it was called. */
final class Functions {
    static final AtomicInteger CALLS = new AtomicInteger();

    /** The clock of the programs that are opened with it. */
    static final FakeTicker TIME = new FakeTicker();

    private Functions() {}

    @SuppressWarnings("ArrayRecordComponent") // a record of arrays is what is tested
    record Field(double[] values, int[] shape, String name) {}

    record Report(String title, List<Integer> pages) {}

    static double[] row(int n) {
        CALLS.incrementAndGet();
        double[] row = new double[n];
        for (int i = 0; i < n; i++) {
            row[i] = i == 0 ? -0.0 : i == 1 ? Double.longBitsToDouble(0x7FF8_0000_0000_1234L) : i / 3.0;
        }
        return row;
    }

    static float[][] grid(int n) {
        CALLS.incrementAndGet();
        float[][] grid = new float[n][n + 1];
        for (int i = 0; i < n; i++) {
            grid[i][i] = i;
        }
        return grid;
    }

    static double[][] jagged(int n) {
        CALLS.incrementAndGet();
        return new double[][] {new double[n], new double[n + 1]};
    }

    static double[][] empty(int rows) {
        CALLS.incrementAndGet();
        return new double[rows][0];
    }

    static String text(String text) {
        CALLS.incrementAndGet();
        return text;
    }

    static String[] words(int n) {
        CALLS.incrementAndGet();
        return new String[] {"one", "zwölf", "万".repeat(n)};
    }

    static Field field(int n) {
        CALLS.incrementAndGet();
        return new Field(row(n), new int[] {1, n}, "field " + n);
    }

    static Report report(int n) {
        CALLS.incrementAndGet();
        return new Report("r" + n, List.of(n, n + 1));
    }

    static MappedArray mapped(int n) {
        CALLS.incrementAndGet();
        return MappedArray.create(new long[] {n}, Dtype.FLOAT64, to -> {
            for (int i = 0; i < n; i++) {
                to.put(i * 0.5);
            }
        });
    }

    static byte[] bytes(int n) {
        CALLS.incrementAndGet();
        byte[] bytes = new byte[n];
        new java.util.Random(n).nextBytes(bytes);
        return bytes;
    }

    /** Takes so many milliseconds by {@link #TIME}. */
    static int slow(int n) {
        CALLS.incrementAndGet();
        TIME.advance(Duration.ofMillis(n));
        return n;
    }
}
