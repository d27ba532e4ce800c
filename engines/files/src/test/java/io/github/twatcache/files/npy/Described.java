package io.github.twatcache.files.npy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Says what a Java array holds in the words of {@link NumPy}, element by element and without any code of the product. */
final class Described {
    private Described() {}

    /** The digest that NumPy would print for the same array. */
    static String digest(Object value) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            put(value, new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), sha)));
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The bytes of each element, big-endian. */
    static byte[] bytes(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            put(value, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The shape as NumPy's words have it, of an array that has no empty dimension before its last. */
    static String shape(Object value) {
        if (value instanceof Complex128 complex) {
            return lengths(complex.shape());
        }
        if (value instanceof Complex64 complex) {
            return lengths(complex.shape());
        }
        StringBuilder shape = new StringBuilder();
        Object row = value;
        while (row != null && row.getClass().isArray()) {
            int length = Array.getLength(row);
            shape.append(shape.isEmpty() ? "" : "x").append(length);
            row = length == 0 ? null : Array.get(row, 0);
        }
        return shape.isEmpty() ? "-" : shape.toString();
    }

    private static String lengths(int[] shape) {
        StringBuilder text = new StringBuilder();
        for (int length : shape) {
            text.append(text.isEmpty() ? "" : "x").append(length);
        }
        return text.isEmpty() ? "-" : text.toString();
    }

    private static void put(Object value, DataOutputStream to) throws IOException {
        if (value instanceof Complex128 complex) {
            put(complex.pairs(), to);
        } else if (value instanceof Complex64 complex) {
            put(complex.pairs(), to);
        } else if (value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                put(Array.get(value, i), to);
            }
        } else if (value instanceof Boolean one) {
            to.writeByte(one ? 1 : 0);
        } else if (value instanceof Byte one) {
            to.writeByte(one);
        } else if (value instanceof Short one) {
            to.writeShort(one);
        } else if (value instanceof Character one) {
            to.writeChar(one);
        } else if (value instanceof Integer one) {
            to.writeInt(one);
        } else if (value instanceof Long one) {
            to.writeLong(one);
        } else if (value instanceof Float one) {
            to.writeInt(Float.floatToRawIntBits(one));
        } else if (value instanceof Double one) {
            to.writeLong(Double.doubleToRawLongBits(one));
        } else {
            for (int codePoint : ((String) value).codePoints().toArray()) {
                to.writeInt(codePoint);
            }
            to.writeInt(0);
        }
    }
}
