package io.github.twatcache.benchmarks.disk;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * What is asked of a store: so many entries, of values of that size, under a policy.
 *
 * @param entries how many there are
 * @param bytes the size of a value
 * @param policy in the peer's words; {@code default} for each store's own
 */
record Load(int entries, int bytes, String policy) {
    static final String DEFAULT = "default";
    static final String LRU = "least-recently-used";

    private static final long STRIDE = 7_919;
    private static final long START = 13;

    /** The key of the operation of that number: all of them by turns, each time in the same scattered order. */
    long key(long number) {
        return (number * STRIDE + START) % entries;
    }

    /** What no compressor makes smaller, and no two keys share. */
    byte[] value(long key) {
        byte[] value = new byte[bytes];
        new SplittableRandom(key).nextBytes(value);
        ByteBuffer.wrap(value).putLong(0, key);
        return value;
    }

    /** Asks for the key of each number, and verifies that it is there. */
    Timings gets(Kept store, int operations) {
        long[] nanos = new long[operations];
        long began = System.nanoTime();
        for (int i = 0; i < operations; i++) {
            long key = key(i);
            long before = System.nanoTime();
            byte[] value = store.get(key);
            nanos[i] = System.nanoTime() - before;
            if (value == null || ByteBuffer.wrap(value).getLong(0) != key) {
                throw new IllegalStateException("a value was not there; a figure of it says nothing");
            }
        }
        return Timings.of(nanos, System.nanoTime() - began);
    }

    /** The same without a look at each single one, for operations that take less than looking at the clock. */
    Timings batchedGets(Kept store, int batches, int size) {
        long[] nanos = new long[batches];
        long began = System.nanoTime();
        long sum = 0;
        for (int i = 0; i < batches; i++) {
            long before = System.nanoTime();
            for (int j = 0; j < size; j++) {
                byte[] value = store.get(key((long) i * size + j));
                sum += value == null ? Long.MIN_VALUE : value.length;
            }
            nanos[i] = (System.nanoTime() - before) / size;
        }
        long wall = System.nanoTime() - began;
        if (sum != (long) batches * size * bytes) {
            throw new IllegalStateException("a value was not there; a figure of it says nothing");
        }
        return Timings.of(nanos, wall / size);
    }

    /** Puts a new value for the key of each number. */
    Timings puts(Kept store, int operations) {
        byte[][] values = new byte[64][];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(i);
        }
        long[] nanos = new long[operations];
        long began = System.nanoTime();
        for (int i = 0; i < operations; i++) {
            long key = key(i);
            byte[] value = values[i % values.length].clone();
            ByteBuffer.wrap(value).putLong(0, key);
            long before = System.nanoTime();
            store.put(key, value);
            nanos[i] = System.nanoTime() - before;
        }
        return Timings.of(nanos, System.nanoTime() - began);
    }

    void fill(Kept store) {
        for (int i = 0; i < entries; i++) {
            store.put(i, value(i));
        }
    }
}
