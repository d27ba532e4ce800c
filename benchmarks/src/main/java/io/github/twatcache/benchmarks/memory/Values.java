package io.github.twatcache.benchmarks.memory;

/** The functions that are memoized, and the keys they are asked for. */
public final class Values {
    private Values() {}

    /** A function of one argument. */
    public static String one(Integer key) {
        return "value " + key;
    }

    /** A function of three. */
    static String three(int number, String text, long stamp) {
        return text + number + stamp;
    }

    /** The n-th key: all differ, and their hash codes are as scattered as those of other keys. */
    static Integer key(int n) {
        return n * 0x9E3779B1;
    }

    /** The first n keys. */
    public static Integer[] keys(int n) {
        Integer[] keys = new Integer[n];
        for (int i = 0; i < n; i++) {
            keys[i] = key(i);
        }
        return keys;
    }
}
