package io.github.twatcache.key;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Reads the maps and entries that {@link MapForms} writes. */
final class MapReader {
    private MapReader() {}

    // A Hashtable is given back as the Hashtable that it was.
    @SuppressWarnings("JdkObsolete")
    static Map<?, ?> map(CanonicalReader in) {
        return switch (in.kind()) {
            case CollectionForms.PLAIN -> filled(in, new LinkedHashMap<>());
            case CollectionForms.UNMODIFIABLE -> Collections.unmodifiableMap(filled(in, new LinkedHashMap<>()));
            case MapForms.SORTED -> sorted(in);
            case MapForms.UNMODIFIABLE_SORTED -> Collections.unmodifiableNavigableMap(sorted(in));
            case MapForms.CONCURRENT_SORTED -> {
                Comparator<Object> order = Comparators.read(in.source());
                yield filled(in, new ConcurrentSkipListMap<>(order));
            }
            case MapForms.ENUMS -> enums(in);
            case MapForms.CONCURRENT -> filled(in, new ConcurrentHashMap<>());
            case MapForms.HASHTABLE -> filled(in, new Hashtable<>());
            case MapForms.PROPERTIES -> filled(in, new Properties());
            default -> throw CollectionReader.unknown(in);
        };
    }

    static Map.Entry<?, ?> entry(CanonicalReader in) {
        int kind = in.kind();
        Object key = in.read();
        Object value = in.read();
        return switch (kind) {
            case CollectionForms.PLAIN -> new AbstractMap.SimpleEntry<>(key, value);
            case CollectionForms.UNMODIFIABLE -> new AbstractMap.SimpleImmutableEntry<>(key, value);
            default -> throw CollectionReader.unknown(in);
        };
    }

    private static NavigableMap<Object, Object> sorted(CanonicalReader in) {
        Comparator<Object> order = Comparators.read(in.source());
        return filled(in, new TreeMap<>(order));
    }

    // EnumMap wants a type variable, where all that is known is that the class is an enum; put checks each key.
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Map<?, ?> enums(CanonicalReader in) {
        Class type = in.enumType();
        return filled(in, (Map<Object, Object>) new EnumMap(type));
    }

    private static <M extends Map<Object, Object>> M filled(CanonicalReader in, M to) {
        int count = in.source().length(2);
        for (int i = 0; i < count; i++) {
            Object key = in.read();
            to.put(key, in.read());
            if (to.size() != i + 1) {
                throw in.source().damaged("a map holds a key twice");
            }
        }
        return to;
    }
}
