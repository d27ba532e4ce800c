package io.github.twatcache.files.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON for people to read too: one member of the outermost object on a line. */
public final class JsonWriter {
    private static final int LAST_CONTROL = 0x1F;

    private JsonWriter() {}

    /**
     * Writes the members of an object without its closing brace, so that more can follow.
     *
     * @param members what is in it, in order: {@link String}, {@link Long}, {@link Integer}, {@link Double},
     *     {@link Boolean}, {@link List}, {@link Map}, {@code null}
     * @return the text, which ends after the last value
     */
    public static String open(Map<String, ?> members) {
        StringBuilder text = new StringBuilder(512).append('{');
        String before = "\n  ";
        for (Map.Entry<String, ?> member : members.entrySet()) {
            text.append(before);
            string(text, member.getKey());
            text.append(": ");
            value(text, member.getValue());
            before = ",\n  ";
        }
        return text.toString();
    }

    /**
     * Writes an object.
     *
     * @param members what is in it, as for {@link #open}
     * @return the text, with a line's end behind it
     */
    public static String object(Map<String, ?> members) {
        return open(members) + "\n}\n";
    }

    private static void value(StringBuilder text, @Nullable Object value) {
        if (value instanceof String string) {
            string(text, string);
        } else if (value instanceof List<?> list) {
            String before = "";
            text.append('[');
            for (Object element : list) {
                text.append(before);
                value(text, element);
                before = ", ";
            }
            text.append(']');
        } else if (value instanceof Map<?, ?> map) {
            String before = "";
            text.append('{');
            for (Map.Entry<?, ?> member : map.entrySet()) {
                text.append(before);
                string(text, String.valueOf(member.getKey()));
                text.append(": ");
                value(text, member.getValue());
                before = ", ";
            }
            text.append('}');
        } else if (value == null
                || value instanceof Boolean
                || value instanceof Long
                || value instanceof Integer
                || (value instanceof Double number && Double.isFinite(number))) {
            text.append(value);
        } else if (value instanceof Double notFinite) {
            string(text, String.valueOf(notFinite));
        } else {
            throw new IllegalArgumentException(value.getClass().getName() + " has no place in JSON");
        }
    }

    /** What is not plain ASCII is escaped, so that the file is the same in any charset; lone surrogates come through. */
    private static void string(StringBuilder text, String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c == '\n') {
                text.append("\\n");
            } else if (c <= LAST_CONTROL || c > '~') {
                text.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    text.append(Character.forDigit(c >> shift & 0xF, 16));
                }
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
