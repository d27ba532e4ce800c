package io.github.twatcache.files.npy;

import io.github.twatcache.error.SerializationException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The text of a header: a Python dictionary with exactly the keys {@code descr}, {@code fortran_order} and {@code shape},
 * in any order. It is parsed as just that; nothing in it is evaluated and nothing nests, so that no header can make it
 * work longer than it is long.
 */
final class HeaderText {
    /** What NumPy allows, and more than any version of it has written. */
    private static final int MOST_DIMENSIONS = 64;

    private final String text;
    private int at;

    private @Nullable Element element;
    private @Nullable Boolean fortranOrder;
    private long @Nullable [] shape;

    private HeaderText(String text) {
        this.text = text;
    }

    /**
     * Parses a header's text.
     *
     * @param text all of it, with the spaces and the line end behind
     * @throws SerializationException when it is anything else, or its data type has no counterpart in Java
     */
    static Layout parse(String text) {
        return new HeaderText(text).dictionary();
    }

    private Layout dictionary() {
        expect('{');
        while (!next('}')) {
            entry();
            if (!next(',')) {
                expect('}');
                break;
            }
        }
        space();
        if (at < text.length()) {
            throw malformed("more text behind it");
        }
        if (element == null || fortranOrder == null || shape == null) {
            throw malformed("'descr', 'fortran_order' or 'shape' is missing");
        }
        return new Layout(element, fortranOrder, shape);
    }

    private void entry() {
        String key = string();
        expect(':');
        switch (key) {
            case "descr" -> {
                once(element);
                element = Element.parse(descr());
            }
            case "fortran_order" -> {
                once(fortranOrder);
                fortranOrder = bool();
            }
            case "shape" -> {
                once(shape);
                shape = tuple();
            }
            default -> throw malformed("an unknown key");
        }
    }

    private void once(@Nullable Object before) {
        if (before != null) {
            throw malformed("a key that comes twice");
        }
    }

    private String descr() {
        space();
        if (at < text.length() && (text.charAt(at) == '[' || text.charAt(at) == '(')) {
            throw Element.without(
                    text.substring(at).strip(), "; it is structured: store its fields as arrays of their own");
        }
        return string();
    }

    private String string() {
        space();
        char quote = at < text.length() ? text.charAt(at) : ' ';
        if (quote != '\'' && quote != '"') {
            throw malformed("no quoted text where one belongs");
        }
        int end = text.indexOf(quote, at + 1);
        if (end < 0) {
            throw malformed("a quote that does not end");
        }
        String string = text.substring(at + 1, end);
        if (string.indexOf('\\') >= 0) {
            throw malformed("a backslash in quoted text");
        }
        at = end + 1;
        return string;
    }

    private boolean bool() {
        space();
        for (boolean value : new boolean[] {false, true}) {
            String word = value ? "True" : "False";
            if (text.startsWith(word, at)) {
                at += word.length();
                return value;
            }
        }
        throw malformed("neither True nor False behind 'fortran_order'");
    }

    private long[] tuple() {
        expect('(');
        long[] lengths = new long[MOST_DIMENSIONS];
        int count = 0;
        boolean comma = true;
        while (!next(')')) {
            if (!comma) {
                throw malformed("no comma between two lengths");
            }
            if (count == MOST_DIMENSIONS) {
                throw malformed("more than " + MOST_DIMENSIONS + " dimensions");
            }
            lengths[count++] = length();
            comma = next(',');
        }
        if (count == 1 && !comma) {
            throw malformed("a shape that is not a tuple");
        }
        return Arrays.copyOf(lengths, count);
    }

    private long length() {
        space();
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        String digits = text.substring(from, at);
        if (digits.isEmpty() || (digits.length() > 1 && digits.charAt(0) == '0')) {
            throw malformed("no whole number where a length belongs");
        }
        // Python 2 wrote its long numbers with this behind.
        if (at < text.length() && text.charAt(at) == 'L') {
            at++;
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw malformed("a length above 2**63 - 1");
        }
    }

    private void expect(char wanted) {
        if (!next(wanted)) {
            throw malformed("no '" + wanted + "' where one belongs");
        }
    }

    private boolean next(char wanted) {
        space();
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void space() {
        while (at < text.length() && " \t\n\r\f".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private SerializationException malformed(String found) {
        return new SerializationException("the header is not a dictionary of 'descr', 'fortran_order' and 'shape': "
                + found + " at character " + at);
    }
}
