package io.github.twatcache.benchmarks;

/**
 * How long a cell is measured.
 *
 * @param forks how many JVMs, one after the other; 0 measures in this one
 * @param warmups iterations that do not count, in each fork
 * @param warmupMillis the length of each of these; a single shot has its own
 * @param iterations iterations that count, in each fork: many short ones find the moments in which nothing disturbs
 * @param millis the length of each of these
 */
public record Effort(int forks, int warmups, int warmupMillis, int iterations, int millis) {
    /** For the eye: everything runs, nothing is decided. */
    private static final Effort QUICK = new Effort(0, 1, 60, 3, 30);

    /** This, or next to nothing of it. */
    public Effort orQuick(boolean quick) {
        return quick ? QUICK : this;
    }
}
