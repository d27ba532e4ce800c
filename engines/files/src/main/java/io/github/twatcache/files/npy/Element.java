package io.github.twatcache.files.npy;

import io.github.twatcache.error.SerializationException;
import java.nio.ByteOrder;

/**
 * How one element lies in a file.
 *
 * @param dtype what it is
 * @param width for text the number of code points, else 1
 * @param order the order of its bytes
 */
record Element(Dtype dtype, int width, ByteOrder order) {
    private static final int LONGEST_SHOWN = 80;

    /** What is written for a data type: little-endian wherever it matters, on every machine. */
    static Element of(Dtype dtype, int width) {
        return new Element(dtype, width, ByteOrder.LITTLE_ENDIAN);
    }

    int bytes() {
        return dtype.bytes() * width;
    }

    /** As it stands in a header, such as {@code <f8}. */
    String descr() {
        char mark = dtype.bytes() == 1 ? '|' : order == ByteOrder.LITTLE_ENDIAN ? '<' : '>';
        return "" + mark + dtype.kind + (dtype == Dtype.UNICODE ? width : dtype.bytes());
    }

    /**
     * Understands what stands in a header.
     *
     * @param descr the text of the data type, without quotes
     * @throws SerializationException when it is not one, or has no counterpart in Java
     */
    static Element parse(String descr) {
        // Objects have no number, and dates have a unit behind it.
        if (descr.length() < 2 || "<>|".indexOf(descr.charAt(0)) < 0) {
            throw without(descr, "");
        }
        char mark = descr.charAt(0);
        char kind = descr.charAt(1);
        int number = number(descr);
        if (descr.length() < 3 || number < 0) {
            throw without(descr, advice(kind, number));
        }
        ByteOrder order = mark == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        if (kind == 'U' && mark != '|' && number > 0 && number <= Integer.MAX_VALUE / Dtype.UNICODE.bytes()) {
            return new Element(Dtype.UNICODE, number, order);
        }
        Dtype dtype = Dtype.of(kind, number);
        if (dtype == null || (mark == '|' && dtype.bytes() > 1)) {
            throw without(descr, advice(kind, number));
        }
        return new Element(dtype, 1, order);
    }

    /** The digits behind the kind; -1 where there are others. */
    private static int number(String descr) {
        long number = 0;
        for (int i = 2; i < descr.length(); i++) {
            char digit = descr.charAt(i);
            if (digit < '0' || digit > '9' || number > Integer.MAX_VALUE) {
                return -1;
            }
            number = number * 10 + (digit - '0');
        }
        return number > Integer.MAX_VALUE ? -1 : (int) number;
    }

    private static String advice(char kind, int number) {
        return switch (kind) {
            case 'u' ->
                number == 4
                        ? "; store it as int64: a.astype('int64')"
                        : "; store it as int64 where no number is above 2**63 - 1: a.astype('int64')";
            case 'f' ->
                number == 2
                        ? "; store it as float32, which holds each of its numbers: a.astype('float32')"
                        : "; store it as float64: a.astype('float64')";
            case 'c' -> "; store it as complex128: a.astype('complex128')";
            case 'O' -> "; it holds pickled objects, which are never read";
            case 'S' -> "; store it as text: a.astype('U')";
            case 'M', 'm' -> "; store its numbers: a.astype('int64')";
            default -> "";
        };
    }

    /** The error for a data type that Java has nothing for. */
    static SerializationException without(String descr, String advice) {
        String shown = descr.length() > LONGEST_SHOWN ? descr.substring(0, LONGEST_SHOWN) + "…" : descr;
        return new SerializationException("the array's dtype " + shown + " has no counterpart in Java" + advice);
    }
}
