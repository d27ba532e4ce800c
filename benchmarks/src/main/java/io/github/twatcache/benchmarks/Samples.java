package io.github.twatcache.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What one cell has shown: the time of one operation, and the bytes it allocated, for each iteration of each fork. */
public final class Samples {
    private final List<Double> nanos = new ArrayList<>();
    private final List<Double> bytes = new ArrayList<>();

    void add(double nanosOfOne, double bytesOfOne) {
        nanos.add(nanosOfOne);
        if (!Double.isNaN(bytesOfOne)) {
            bytes.add(bytesOfOne);
        }
    }

    /** All times. */
    public List<Double> nanos() {
        return Collections.unmodifiableList(nanos);
    }

    /** All allocations; empty where they were not asked for. */
    public List<Double> bytes() {
        return Collections.unmodifiableList(bytes);
    }
}
