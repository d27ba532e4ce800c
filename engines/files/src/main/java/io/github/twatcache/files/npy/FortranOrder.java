package io.github.twatcache.files.npy;

/**
 * The positions, with the last index changing fastest, of elements that come with the first index changing fastest.
 */
final class FortranOrder {
    private final long[] shape;
    private final long[] steps;
    private final long[] index;
    private long position;

    FortranOrder(long[] shape) {
        this.shape = shape;
        this.index = new long[shape.length];
        this.steps = steps(shape, false);
    }

    /** How far apart two elements lie whose indices differ by one, for each dimension. */
    static long[] steps(long[] shape, boolean fortranOrder) {
        long[] steps = new long[shape.length];
        long step = 1;
        for (int i = 0; i < shape.length; i++) {
            int dimension = fortranOrder ? i : shape.length - 1 - i;
            steps[dimension] = step;
            step *= shape[dimension];
        }
        return steps;
    }

    /** The position of the next element. */
    long next() {
        long here = position;
        for (int i = 0; i < shape.length; i++) {
            position += steps[i];
            if (++index[i] < shape[i]) {
                break;
            }
            position -= steps[i] * shape[i];
            index[i] = 0;
        }
        return here;
    }
}
