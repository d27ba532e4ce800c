package io.github.twatcache.benchmarks;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes JSON (RFC 8259) on one line, in ASCII. */
public final class Json {
    private Json() {}

    /** Writes null, a Boolean, a number, a String, a Collection or a Map of these. */
    public static String of(@Nullable Object value) {
        if (value == null || value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            return String.valueOf(value);
        } else if (value instanceof Double number && Double.isFinite(number)) {
            return String.format(Locale.ROOT, "%.3f", number);
        } else if (value instanceof String text) {
            return text.chars().mapToObj(Json::escaped).collect(Collectors.joining("", "\"", "\""));
        } else if (value instanceof Collection<?> elements) {
            return elements.stream().map(Json::of).collect(Collectors.joining(", ", "[", "]"));
        } else if (value instanceof Map<?, ?> members) {
            return members.entrySet().stream()
                    .map(member -> of(member.getKey()) + ": " + of(member.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        throw new IllegalArgumentException("JSON has no place for " + value);
    }

    private static String escaped(int character) {
        boolean plain = character >= ' ' && character <= '~' && character != '"' && character != '\\';
        return plain ? String.valueOf((char) character) : String.format(Locale.ROOT, "\\u%04x", character);
    }
}
