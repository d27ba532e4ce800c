package io.github.twatcache.disk.diskcache;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the JSON that Python's {@code json.dumps} writes, {@code NaN} and {@code Infinity} included. */
final class JsonReader {
    private static final int DEEPEST = 1_000;
    private static final int HEX = 16;
    private static final int HEX_DIGITS = 4;

    private final String text;
    private int at;
    private int depth;

    private JsonReader(String text) {
        this.text = text;
    }

    /**
     * Reads a text.
     *
     * @param text the text
     * @return null, a Boolean, a String, a Long, a BigInteger, a Double, a List or a Map
     * @throws IllegalArgumentException when it is not JSON
     */
    static @Nullable Object value(String text) {
        JsonReader reader = new JsonReader(text);
        Object value = reader.value();
        reader.skip();
        if (reader.at != text.length()) {
            throw reader.damaged();
        }
        return value;
    }

    private IllegalArgumentException damaged() {
        return new IllegalArgumentException("no JSON at character " + at);
    }

    private void skip() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean taken(char c) {
        skip();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void require(char c) {
        if (!taken(c)) {
            throw damaged();
        }
    }

    private @Nullable Object value() {
        skip();
        if (at == text.length() || ++depth > DEEPEST) {
            throw damaged();
        }
        try {
            return switch (text.charAt(at)) {
                case '"' -> string();
                case '[' -> list();
                case '{' -> map();
                case 't', 'f', 'n', 'N', 'I' -> word();
                default -> number();
            };
        } finally {
            depth--;
        }
    }

    private List<@Nullable Object> list() {
        List<@Nullable Object> list = new ArrayList<>();
        require('[');
        if (taken(']')) {
            return list;
        }
        do {
            list.add(value());
        } while (taken(','));
        require(']');
        return list;
    }

    private Map<String, @Nullable Object> map() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        require('{');
        if (taken('}')) {
            return map;
        }
        do {
            skip();
            String key = string();
            require(':');
            map.put(key, value());
        } while (taken(','));
        require('}');
        return map;
    }

    private @Nullable Object word() {
        if (word("true")) {
            return true;
        } else if (word("false")) {
            return false;
        } else if (word("null")) {
            return null;
        } else if (word("NaN")) {
            return Double.NaN;
        } else if (word("Infinity")) {
            return Double.POSITIVE_INFINITY;
        }
        throw damaged();
    }

    private boolean word(String word) {
        boolean there = text.startsWith(word, at);
        at += there ? word.length() : 0;
        return there;
    }

    private Object number() {
        if (word("-Infinity")) {
            return Double.NEGATIVE_INFINITY;
        }
        int from = at;
        boolean whole = true;
        while (at < text.length() && "+-0123456789.eE".indexOf(text.charAt(at)) >= 0) {
            whole &= ".eE".indexOf(text.charAt(at)) < 0;
            at++;
        }
        String digits = text.substring(from, at);
        try {
            if (!whole) {
                return Double.valueOf(digits);
            }
            BigInteger number = new BigInteger(digits);
            return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
        } catch (NumberFormatException e) {
            throw damaged();
        }
    }

    private String string() {
        if (at >= text.length() || text.charAt(at++) != '"') {
            throw damaged();
        }
        StringBuilder out = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return out.toString();
            }
            out.append(c == '\\' ? escaped() : c);
        }
        throw damaged();
    }

    private char escaped() {
        if (at == text.length()) {
            throw damaged();
        }
        char c = text.charAt(at++);
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'f' -> '\f';
            case 'b' -> '\b';
            case 'u' -> unicode();
            default -> throw damaged();
        };
    }

    private char unicode() {
        if (at + HEX_DIGITS > text.length()) {
            throw damaged();
        }
        int code = 0;
        for (int i = 0; i < HEX_DIGITS; i++) {
            int digit = Character.digit(text.charAt(at++), HEX);
            if (digit < 0) {
                throw damaged();
            }
            code = code * HEX + digit;
        }
        return (char) code;
    }
}
