package io.github.twatcache.benchmarks.files;

import java.nio.file.Path;

/**
 * How much is measured.
 *
 * @param large elements of the large array
 * @param small elements of the small array
 * @param smooth elements of the array that is compressed
 * @param rounds how often each
 * @param pruned how many entries are pruned at most
 * @param heap the heap of the JVM that measures ours, as {@code -Xmx} takes it
 */
record Sizes(int large, int small, int smooth, int rounds, int pruned, String heap) {
    /** As the goals have it: 800 MB, 8 MB, 100 MB. */
    static final Sizes WHOLE = new Sizes(100_000_000, 1_000_000, 12_500_000, 4, 100_000, "5g");

    static final Sizes QUICK = new Sizes(1_000_000, 100_000, 1_000_000, 1, 2_000, "512m");

    /** What both sides are told. */
    Object[] arguments(Path directory, String parts) {
        return new Object[] {directory, parts, large, small, smooth, rounds};
    }
}
