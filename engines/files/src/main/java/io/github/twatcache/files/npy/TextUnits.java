package io.github.twatcache.files.npy;

import io.github.twatcache.error.SerializationException;
import java.nio.ByteBuffer;

/**
 * Strings of a fixed width: each code point in four bytes, and zeros up to the width. What ends in zeros cannot be told
 * from what is shorter, here as in NumPy. Surrogates that stand alone are kept as they are.
 */
final class TextUnits extends Units {
    private final int width;

    TextUnits(int width) {
        super(Math.multiplyExact(width, Dtype.UNICODE.bytes()));
        this.width = width;
    }

    @Override
    void get(Object array, int from, int count, ByteBuffer to) {
        String[] strings = (String[]) array;
        for (int i = from; i < from + count; i++) {
            String string = strings[i];
            int end = to.position() + bytes;
            // One that has become longer, or null, since it was measured: by a thread that should have let it alone.
            if (string == null || string.codePointCount(0, string.length()) > width) {
                throw Leaves.changed();
            }
            for (int at = 0; at < string.length(); at = string.offsetByCodePoints(at, 1)) {
                to.putInt(string.codePointAt(at));
            }
            while (to.position() < end) {
                to.putInt(0);
            }
        }
    }

    @Override
    void put(ByteBuffer from, Object array, int at, int count) {
        String[] strings = (String[]) array;
        for (int i = at; i < at + count; i++) {
            strings[i] = string(from);
            passed(from, 1);
        }
    }

    /** The string at the buffer's position, which does not move. */
    private String string(ByteBuffer from) {
        int start = from.position();
        int length = width;
        while (length > 0 && from.getInt(start + (length - 1) * Dtype.UNICODE.bytes()) == 0) {
            length--;
        }
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            int codePoint = from.getInt(start + i * Dtype.UNICODE.bytes());
            if (!Character.isValidCodePoint(codePoint)) {
                throw new SerializationException("a character of the array is none of Unicode's");
            }
            text.appendCodePoint(codePoint);
        }
        return text.toString();
    }
}
