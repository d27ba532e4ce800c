package io.github.twatcache.benchmarks.disk;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long operations took, in microseconds.
 *
 * @param p50 half of them took at most this
 * @param p99 all but one in a hundred took at most this
 * @param max the longest
 * @param mean wall time by operations, over all threads or processes
 */
record Timings(double p50, double p99, double max, double mean) {
    private static final double NANOS = 1e3;

    /**
     * Of single operations.
     *
     * @param nanos how long each took; is sorted
     * @param wall how long all took together, in nanoseconds
     */
    static Timings of(long[] nanos, long wall) {
        Arrays.sort(nanos);
        int last = nanos.length - 1;
        return new Timings(
                nanos[last / 2] / NANOS,
                nanos[(int) (last * 0.99)] / NANOS,
                nanos[last] / NANOS,
                wall / NANOS / nanos.length);
    }

    /** As a script or another process writes them: {@code p50 p99 max mean}. */
    static Timings parsed(String line) {
        String[] words = line.strip().split(" ", -1);
        return new Timings(
                Double.parseDouble(words[0]),
                Double.parseDouble(words[1]),
                Double.parseDouble(words[2]),
                Double.parseDouble(words[3]));
    }

    String words() {
        return p50 + " " + p99 + " " + max + " " + mean;
    }

    /** The better of two, figure by figure: what it takes when nothing disturbs. */
    Timings best(Timings other) {
        return new Timings(
                Math.min(p50, other.p50),
                Math.min(p99, other.p99),
                Math.min(max, other.max),
                Math.min(mean, other.mean));
    }

    Map<String, Double> json() {
        Map<String, Double> json = new LinkedHashMap<>();
        json.put("p50", p50);
        json.put("p99", p99);
        json.put("max", max);
        json.put("mean", mean);
        return json;
    }
}
