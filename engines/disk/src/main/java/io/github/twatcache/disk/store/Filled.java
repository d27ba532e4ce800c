package io.github.twatcache.disk.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is to be decoded, at the beginning of an array.
 *
 * @param bytes the array
 * @param length how many of its bytes
 * @param lent whether the array is used again once it is given back
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Filled(byte[] bytes, int length, boolean lent) {
    static @Nullable Filled of(byte @Nullable [] whole) {
        return whole == null ? null : new Filled(whole, whole.length, false);
    }

    /** The bytes alone, which nobody uses again. */
    byte[] own() {
        return lent ? Arrays.copyOf(bytes, length) : bytes;
    }
}
