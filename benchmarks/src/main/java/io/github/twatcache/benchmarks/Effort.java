package io.github.twatcache.benchmarks;

/**
 * How long a cell is measured.
 *
 * @param forks how many JVMs, one after the other; 0 measures in this one
 * @param warmups iterations that do not count, in each fork
 * @param iterations iterations that count, in each fork
 * @param millis the length of an iteration; a single shot has its own
 */
public record Effort(int forks, int warmups, int iterations, int millis) {
    /** For the eye: everything runs, nothing is decided. */
    private static final Effort QUICK = new Effort(0, 1, 2, 60);

    /** This, or next to nothing of it. */
    public Effort orQuick(boolean quick) {
        return quick ? QUICK : this;
    }
}
