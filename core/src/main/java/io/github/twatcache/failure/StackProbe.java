package io.github.twatcache.failure;

/**
 * Makes sure that there is stack enough, before something is begun that must not stop half-way: a load that nobody would
 * take out of its table, a lock that nobody would let go of.
 *
 * <p>A function that recurses too deep ends in a {@link StackOverflowError}, and so would the code that has to clean up
 * after it, were it started with no stack to spare. A probe goes some frames deep and comes back. What then happens in the
 * same frame has that much stack at its disposal, however deep the function went in between; and if the stack is too short
 * already, the error is thrown here, where nothing has begun.
 */
public final class StackProbe {
    /** Taking a load out of its table needs about five frames; a deeper probe would cost more than the rest of a miss. */
    private static final int LOAD = 8;

    /** What runs under the heap's lock is some ten frames deep, and they are larger where interpreted: 16 were too few. */
    private static final int LOCK = 32;

    /**
     * An operation of an engine behind its guard, with another attempt and a change of the breaker's state, takes some
     * forty frames; the engine takes its own below that.
     */
    private static final int GUARD = 64;

    private StackProbe() {}

    /** Probes for what a load needs. */
    public static void load() {
        descend(LOAD, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    /** Probes for what may run under the lock of the built-in engine. */
    public static void lock() {
        descend(LOCK, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    /** Probes for what a guarded operation needs. */
    static void guard() {
        descend(GUARD, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    /** The arguments have no use but to make the frame large: with more than six some lie on the stack. */
    private static long descend(
            int depth, long a, long b, long c, long d, long e, long f, long g, long h, long i, long j, long k, long l) {
        return depth == 0
                ? a ^ b ^ c ^ d ^ e ^ f ^ g ^ h ^ i ^ j ^ k ^ l
                : descend(depth - 1, b, c, d, e, f, g, h, i, j, k, l, a) + depth;
    }
}
