package io.github.twatcache.load;

/**
 * Makes sure, before a load is announced, that there is stack enough to clean up after it.
 *
 * <p>A function that recurses too deep ends in a {@link StackOverflowError}, and so would the code that has to take its
 * load out of the table, were it started with no stack to spare: a load that never ends would stay behind. This call
 * goes a few frames deep and comes back. What then happens in the same frame has that much stack at its disposal, however
 * deep the function went in between; and if the stack is too short already, the error is thrown here, where nothing
 * has been announced yet. Taking a load out of the table needs about five frames; a deeper probe would cost more than the
 * rest of a miss.
 */
final class StackProbe {
    private static final int DEPTH = 8;

    private StackProbe() {}

    static void probe() {
        descend(DEPTH, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    /** The arguments have no use but to make the frame large: with more than six some lie on the stack. */
    private static long descend(
            int depth, long a, long b, long c, long d, long e, long f, long g, long h, long i, long j, long k, long l) {
        return depth == 0
                ? a ^ b ^ c ^ d ^ e ^ f ^ g ^ h ^ i ^ j ^ k ^ l
                : descend(depth - 1, b, c, d, e, f, g, h, i, j, k, l, a) + depth;
    }
}
