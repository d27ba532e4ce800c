package io.github.twatcache.files.npy;

import org.jspecify.annotations.Nullable;

/** Finds how wide strings must be stored, and whether that is sensible. */
final class TextMeasure {
    /** How many times as large as the text itself its fixed width may make it. */
    private static final int MOST_WASTE = 8;

    /** Below this many bytes waste does not matter. */
    private static final long SMALL = 1024 * 1024;

    /** A string of more code points is no element of an array: all of one is held in a buffer while it is written. */
    private static final int LONGEST = 1024 * 1024;

    private long strings;
    private long codePoints;
    private int longest = 1;
    private boolean sound = true;

    void add(@Nullable String[] some) {
        for (String string : some) {
            // A zero at the end would be taken for the filling behind a shorter string.
            if (string == null || string.endsWith("\0")) {
                sound = false;
                return;
            }
            int length = string.codePointCount(0, string.length());
            strings++;
            codePoints += length;
            longest = Math.max(longest, length);
        }
    }

    /** The width in code points, at least 1; 0 when the strings have no such form, or one that is far too large. */
    int width() {
        if (!sound || longest > LONGEST) {
            return 0;
        }
        // Numbers of strings and of characters are ints in an array: their product is a long, the bytes need not be.
        long padded = strings * longest;
        return padded > SMALL / Dtype.UNICODE.bytes() && padded / MOST_WASTE > codePoints ? 0 : longest;
    }
}
