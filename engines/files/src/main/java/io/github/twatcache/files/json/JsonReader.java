package io.github.twatcache.files.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON strictly: ASCII only, as {@link JsonWriter} writes it, no name twice, nothing behind the end, no deeper than
 * {@value #DEEPEST}. Whatever the bytes are, it takes memory and time in proportion to their number. Used once.
 */
public final class JsonReader {
    private static final int DEEPEST = 32;
    private static final int LONGEST_NUMBER = 40;
    private static final char DELETE = 0x7F;

    private final byte[] bytes;
    private int at;

    private JsonReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads one object.
     *
     * @param bytes the whole text
     * @return its members in order: {@link String}, {@link Long}, {@link Double} for numbers with a fraction or an
     *     exponent, {@link Boolean}, {@link List}, {@link Map}, {@code null}
     * @throws JsonException when the bytes are anything else
     */
    public static Map<String, @Nullable Object> object(byte[] bytes) throws JsonException {
        JsonReader reader = new JsonReader(bytes);
        reader.space();
        Map<String, @Nullable Object> members = reader.members(1);
        reader.space();
        if (reader.at != bytes.length) {
            throw reader.wrong("something behind the end");
        }
        return members;
    }

    private JsonException wrong(String what) {
        return new JsonException(what, at);
    }

    private int peek() throws JsonException {
        if (at >= bytes.length) {
            throw wrong("the end comes too early");
        }
        return bytes[at];
    }

    private void expect(char wanted) throws JsonException {
        if (peek() != wanted) {
            throw wrong("'" + wanted + "' is missing");
        }
        at++;
    }

    private void space() {
        while (at < bytes.length && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
    }

    private Map<String, @Nullable Object> members(int depth) throws JsonException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        expect('{');
        space();
        if (peek() == '}') {
            at++;
            return members;
        }
        while (true) {
            String name = string();
            space();
            expect(':');
            space();
            Object value = value(depth);
            if (members.containsKey(name)) {
                throw wrong("a name comes twice");
            }
            members.put(name, value);
            space();
            if (peek() == '}') {
                at++;
                return members;
            }
            expect(',');
            space();
        }
    }

    private List<@Nullable Object> elements(int depth) throws JsonException {
        List<@Nullable Object> elements = new ArrayList<>();
        expect('[');
        space();
        if (peek() == ']') {
            at++;
            return elements;
        }
        while (true) {
            elements.add(value(depth));
            space();
            if (peek() == ']') {
                at++;
                return elements;
            }
            expect(',');
            space();
        }
    }

    private @Nullable Object value(int depth) throws JsonException {
        if (depth >= DEEPEST) {
            throw wrong("too deep");
        }
        return switch (peek()) {
            case '"' -> string();
            case '{' -> members(depth + 1);
            case '[' -> elements(depth + 1);
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private @Nullable Object word(String word, @Nullable Object meaning) throws JsonException {
        for (int i = 0; i < word.length(); i++) {
            expect(word.charAt(i));
        }
        return meaning;
    }

    private Object number() throws JsonException {
        int from = at;
        boolean whole = true;
        if (peek() == '-') {
            at++;
        }
        int first = at;
        digits();
        if (bytes[first] == '0' && at - first > 1) {
            throw wrong("a number begins with 0");
        }
        if (at < bytes.length && bytes[at] == '.') {
            whole = false;
            at++;
            digits();
        }
        if (at < bytes.length && (bytes[at] == 'e' || bytes[at] == 'E')) {
            whole = false;
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
        if (at - from > LONGEST_NUMBER) {
            throw wrong("a number is too long");
        }
        String number = new String(bytes, from, at - from, StandardCharsets.ISO_8859_1);
        try {
            if (whole) {
                return Long.parseLong(number);
            }
            double fraction = Double.parseDouble(number);
            if (Double.isInfinite(fraction)) {
                throw wrong("a number is too large");
            }
            return fraction;
        } catch (NumberFormatException tooLarge) {
            throw wrong("a number is too large");
        }
    }

    private void digits() throws JsonException {
        int from = at;
        while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == from) {
            throw wrong("a digit is missing");
        }
    }

    private String string() throws JsonException {
        expect('"');
        int from = at;
        while (peek() != '"' && peek() != '\\') {
            plain();
        }
        if (bytes[at] == '"') {
            return new String(bytes, from, at++ - from, StandardCharsets.ISO_8859_1);
        }
        StringBuilder text = new StringBuilder(new String(bytes, from, at - from, StandardCharsets.ISO_8859_1));
        while (peek() != '"') {
            if (peek() == '\\') {
                at++;
                text.append(escaped());
            } else {
                text.append((char) peek());
                plain();
            }
        }
        at++;
        return text.toString();
    }

    private void plain() throws JsonException {
        if (peek() < ' ' || peek() >= DELETE) {
            throw wrong("a character is not plain ASCII");
        }
        at++;
    }

    private char escaped() throws JsonException {
        int c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> (char) c;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> code();
            default -> throw wrong("an escape is none of JSON's");
        };
    }

    private char code() throws JsonException {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw wrong("an escape is no character");
            }
            code = code << 4 | digit;
            at++;
        }
        return (char) code;
    }
}
