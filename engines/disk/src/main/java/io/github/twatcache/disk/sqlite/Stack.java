package io.github.twatcache.disk.sqlite;

/**
 * Makes sure that there is stack enough before a connection is lent: what ends half-way, since the stack does, would leave
 * a statement, a transaction or a place in the pool that nobody ends.
 */
final class Stack {
    /** A statement is run some twenty frames deep, and ends a connection that has failed in as many. */
    private static final int FRAMES = 40;

    private Stack() {}

    /** Throws a {@link StackOverflowError} here rather than further down. */
    static void probe() {
        descend(FRAMES, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    /** The arguments have no use but to make the frame large: with more than six some lie on the stack. */
    private static long descend(
            int depth, long a, long b, long c, long d, long e, long f, long g, long h, long i, long j, long k, long l) {
        return depth == 0
                ? a ^ b ^ c ^ d ^ e ^ f ^ g ^ h ^ i ^ j ^ k ^ l
                : descend(depth - 1, b, c, d, e, f, g, h, i, j, k, l, a) + depth;
    }
}
