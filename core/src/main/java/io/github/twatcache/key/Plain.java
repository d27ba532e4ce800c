package io.github.twatcache.key;

import io.github.twatcache.spi.Nil;
import java.lang.reflect.Array;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes of what stands in a key what a user had given: the inverse of {@link Settler}. */
final class Plain {
    private static final Plain COPYING = new Plain(true);
    private static final Plain SHARING = new Plain(false);

    private final boolean copies;

    private Plain(boolean copies) {
        this.copies = copies;
    }

    /**
     * Undoes the settling, for somebody who may change what comes out.
     *
     * @param settled what stands in a key
     * @return an object of the same content; the same object where there was nothing to undo
     */
    static @Nullable Object of(@Nullable Object settled) {
        return COPYING.plain(settled);
    }

    /**
     * The same for somebody who only reads: arrays are those of the key.
     *
     * @param settled what stands in a key
     * @return an object of the same content, not to be changed nor kept
     */
    static @Nullable Object readOnly(@Nullable Object settled) {
        return SHARING.plain(settled);
    }

    private @Nullable Object plain(@Nullable Object settled) {
        if (settled == null || settled == Nil.NIL) {
            return null;
        }
        if (settled instanceof Content content) {
            return content(content);
        }
        return switch (Kind.of(settled.getClass())) {
            case LIST -> list((List<?>) settled);
            case SET -> set((Set<?>) settled);
            case MAP -> map((Map<?, ?>) settled);
            case ENTRY -> {
                Map.Entry<?, ?> entry = (Map.Entry<?, ?>) settled;
                yield new AbstractMap.SimpleImmutableEntry<>(plain(entry.getKey()), plain(entry.getValue()));
            }
            case OPTIONAL -> ((Optional<?>) settled).map(this::plain);
            default -> settled;
        };
    }

    private Object content(Content content) {
        if (content instanceof Content.Bits bits) {
            return copies ? PrimitiveArrays.copy(bits.array) : bits.array;
        }
        if (content instanceof Content.Coded coded) {
            return coded.object;
        }
        if (content instanceof Content.Bag bag) {
            return bag(bag);
        }
        Content.Parts parts = (Content.Parts) content;
        @Nullable Object[] objects = new @Nullable Object[parts.parts.length];
        // A record's constructor may keep an array, or change it.
        Plain each = parts.type.isRecord() ? COPYING : this;
        for (int i = 0; i < objects.length; i++) {
            objects[i] = each.plain(parts.parts[i]);
        }
        if (parts.type.isRecord()) {
            return RecordTraits.of(parts.type).make(objects);
        }
        if (parts.type == Collection.class) {
            return new ArrayDeque<>(List.of(objects));
        }
        Object[] array = (Object[]) Array.newInstance(parts.type.getComponentType(), objects.length);
        System.arraycopy(objects, 0, array, 0, objects.length);
        return array;
    }

    private Object bag(Content.Bag bag) {
        if (bag.type == Map.class) {
            IdentityHashMap<@Nullable Object, @Nullable Object> map = new IdentityHashMap<>();
            bag.counts.forEach((entry, count) -> {
                Map.Entry<?, ?> pair = (Map.Entry<?, ?>) entry;
                for (int i = 0; i < count; i++) {
                    map.put(plain(pair.getKey()), plain(pair.getValue()));
                }
            });
            return map;
        }
        Set<@Nullable Object> set = Collections.newSetFromMap(new IdentityHashMap<>());
        bag.counts.forEach((element, count) -> {
            for (int i = 0; i < count; i++) {
                set.add(plain(element));
            }
        });
        return set;
    }

    private Object list(List<?> list) {
        List<@Nullable Object> plain = new ArrayList<>(list.size());
        boolean same = true;
        for (Object element : list) {
            Object object = plain(element);
            same &= object == element;
            plain.add(object);
        }
        return same ? list : Collections.unmodifiableList(plain);
    }

    private Object set(Set<?> set) {
        Set<@Nullable Object> plain = new HashSet<>();
        boolean same = true;
        for (Object element : set) {
            Object object = plain(element);
            same &= object == element;
            plain.add(object);
        }
        return same ? set : Collections.unmodifiableSet(plain);
    }

    private Object map(Map<?, ?> map) {
        Map<@Nullable Object, @Nullable Object> plain = new HashMap<>();
        boolean same = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object key = plain(entry.getKey());
            Object value = plain(entry.getValue());
            same &= key == entry.getKey() && value == entry.getValue();
            plain.put(key, value);
        }
        return same ? map : Collections.unmodifiableMap(plain);
    }
}
