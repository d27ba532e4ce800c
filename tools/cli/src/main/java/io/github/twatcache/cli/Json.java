package io.github.twatcache.cli;

import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON (RFC 8259) on one line, in ASCII, so that no terminal's charset can spoil it. */
final class Json {
    private final StringBuilder text = new StringBuilder(256);

    private Json() {}

    /**
     * Writes a value.
     *
     * @param value null, a {@code Boolean}, {@code Long}, {@code Integer}, finite {@code Double} or {@code String}, an
     *     {@code Iterable} or a {@code Map} of these
     * @throws IllegalArgumentException for anything else
     */
    static String of(@Nullable Object value) {
        Json json = new Json();
        json.value(value);
        return json.text.toString();
    }

    private void value(@Nullable Object value) {
        if (value == null || value instanceof Boolean || value instanceof Long || value instanceof Integer) {
            text.append(value);
        } else if (value instanceof Double number && Double.isFinite(number)) {
            text.append(String.format(Locale.ROOT, "%.3f", number));
        } else if (value instanceof String string) {
            string(string);
        } else if (value instanceof Map<?, ?> map) {
            object(map);
        } else if (value instanceof Iterable<?> elements) {
            array(elements);
        } else {
            throw new IllegalArgumentException("JSON has no place for " + value.getClass());
        }
    }

    private void object(Map<?, ?> map) {
        String gap = "";
        text.append('{');
        for (Map.Entry<?, ?> member : map.entrySet()) {
            text.append(gap);
            string((String) member.getKey());
            text.append(": ");
            value(member.getValue());
            gap = ", ";
        }
        text.append('}');
    }

    private void array(Iterable<?> elements) {
        text.append('[');
        for (Iterator<?> each = elements.iterator(); each.hasNext(); ) {
            value(each.next());
            text.append(each.hasNext() ? ", " : "");
        }
        text.append(']');
    }

    private void string(String string) {
        text.append('"');
        for (int index = 0; index < string.length(); index++) {
            char letter = string.charAt(index);
            if (letter == '"' || letter == '\\') {
                text.append('\\').append(letter);
            } else if (letter >= ' ' && letter < 127) {
                text.append(letter);
            } else {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) letter));
            }
        }
        text.append('"');
    }
}
