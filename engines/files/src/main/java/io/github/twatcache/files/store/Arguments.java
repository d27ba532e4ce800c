package io.github.twatcache.files.store;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Arguments as people read them. Runs no code of theirs: of what is not plain only the type is told, and how much it is. */
final class Arguments {
    private static final int LONGEST = 1_000;

    private Arguments() {}

    static List<@Nullable Object> of(List<? extends @Nullable Object> arguments) {
        List<@Nullable Object> shown = new ArrayList<>();
        arguments.forEach(argument -> shown.add(shown(argument)));
        return shown;
    }

    private static @Nullable Object shown(@Nullable Object argument) {
        if (argument == null
                || argument instanceof Boolean
                || argument instanceof Long
                || argument instanceof Integer) {
            return argument;
        } else if (argument instanceof Double || argument instanceof Float) {
            return ((Number) argument).doubleValue();
        } else if (argument instanceof Short || argument instanceof Byte) {
            return ((Number) argument).longValue();
        } else if (argument instanceof Character character) {
            return String.valueOf(character);
        } else if (argument instanceof Enum<?> constant) {
            return constant.name();
        } else if (argument instanceof String text && text.length() <= LONGEST) {
            return text;
        }
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("type", argument.getClass().getTypeName());
        long length = length(argument);
        if (length >= 0) {
            told.put("length", length);
        }
        return told;
    }

    private static long length(Object argument) {
        if (argument instanceof String text) {
            return text.length();
        } else if (argument.getClass().isArray()) {
            return Array.getLength(argument);
        }
        boolean jdk = argument.getClass().getClassLoader() == null;
        return jdk && argument instanceof Collection<?> collection
                ? collection.size()
                : jdk && argument instanceof Map<?, ?> map ? map.size() : -1;
    }
}
