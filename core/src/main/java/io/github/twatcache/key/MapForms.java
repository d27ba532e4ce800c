package io.github.twatcache.key;

import java.util.AbstractMap;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** How maps and their entries are written. */
final class MapForms {
    static final int SORTED = 2;
    static final int UNMODIFIABLE_SORTED = 3;
    static final int CONCURRENT_SORTED = 4;
    static final int ENUMS = 5;
    static final int CONCURRENT = 6;
    static final int HASHTABLE = 7;
    static final int PROPERTIES = 8;

    private static final Map<Class<?>, Integer> MAPS = Map.of(
            HashMap.class, CollectionForms.PLAIN,
            LinkedHashMap.class, CollectionForms.PLAIN,
            TreeMap.class, SORTED,
            ConcurrentSkipListMap.class, CONCURRENT_SORTED,
            EnumMap.class, ENUMS,
            ConcurrentHashMap.class, CONCURRENT,
            Hashtable.class, HASHTABLE,
            Properties.class, PROPERTIES);

    private MapForms() {}

    static Form map(Class<?> type) {
        if (IdentityHashMap.class.isAssignableFrom(type)) {
            return Forms.unknown(type, "tells its keys apart by identity, which bytes cannot");
        }
        int known = MAPS.getOrDefault(type, CollectionForms.kindOfView(type));
        boolean sorted = SortedMap.class.isAssignableFrom(type);
        int kind = sorted && known >= 0 && known < SORTED ? known + SORTED : known;
        return (writer, o) -> {
            Map<?, ?> map = (Map<?, ?>) o;
            writer.enter(map);
            CollectionForms.kind(writer, Tag.MAP, kind, type);
            if (map instanceof Properties properties) {
                refuseDefaults(properties);
            }
            Object[] entries = map.entrySet().toArray();
            if (!writer.isKey()) {
                if (sorted) {
                    writer.out().u8(Comparators.code(((SortedMap<?, ?>) map).comparator(), type));
                } else if (kind == ENUMS) {
                    writer.className(keyType(entries));
                }
            }
            entries(writer, entries);
            writer.leave();
        };
    }

    static Form entry(Class<?> type) {
        boolean modifiable =
                type == AbstractMap.SimpleEntry.class || type.getName().endsWith("Node");
        int kind = !Forms.isJdk(type) ? -1 : modifiable ? CollectionForms.PLAIN : CollectionForms.UNMODIFIABLE;
        return (writer, o) -> {
            Map.Entry<?, ?> entry = (Map.Entry<?, ?>) o;
            writer.enter(entry);
            CollectionForms.kind(writer, Tag.ENTRY, kind, type);
            writer.write(entry.getKey());
            writer.write(entry.getValue());
            writer.leave();
        };
    }

    private static void entries(CanonicalWriter writer, Object[] entries) {
        writer.out().length(entries.length);
        int start = writer.out().size();
        int[] ends = new int[entries.length];
        for (int i = 0; i < ends.length; i++) {
            Map.Entry<?, ?> entry = (Map.Entry<?, ?>) entries[i];
            writer.write(entry.getKey());
            writer.write(entry.getValue());
            ends[i] = writer.out().size();
        }
        if (writer.isKey()) {
            writer.out().sort(start, ends);
        }
    }

    private static void refuseDefaults(Properties properties) {
        for (String name : properties.stringPropertyNames()) {
            if (!properties.containsKey(name)) {
                throw Refusal.of("Properties with defaults cannot be written", "copy the names and values into a map");
            }
        }
    }

    private static Class<?> keyType(Object[] entries) {
        if (entries.length == 0) {
            throw Refusal.of("an empty EnumMap does not tell the type of its keys", "return a Map.of()");
        }
        return ((Enum<?>) ((Map.Entry<?, ?>) entries[0]).getKey()).getDeclaringClass();
    }
}
