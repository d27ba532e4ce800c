package io.github.twatcache;

import io.github.twatcache.spi.Cursor;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A cursor of a store as users walk: with their own keys and values. */
final class Entries {
    private Entries() {}

    static <K, V extends @Nullable Object> Map.Entry<K, V> of(K key, V value) {
        return new SimpleImmutableEntry<>(key, value);
    }

    static <K, V extends @Nullable Object> Stream<Map.Entry<K, V>> stream(
            Cursor<Object> cursor, Function<Object, K> key, Function<Object, V> value) {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(
                                iterator(cursor, key, value), Spliterator.DISTINCT | Spliterator.NONNULL),
                        false)
                .onClose(cursor::close);
    }

    static <K, V extends @Nullable Object> Iterator<Map.Entry<K, V>> iterator(
            Cursor<Object> cursor, Function<Object, K> key, Function<Object, V> value) {
        return new Iterator<>() {
            private Map.@Nullable Entry<K, V> next;
            private boolean ended;

            @Override
            public boolean hasNext() {
                while (next == null && !ended) {
                    if (!cursor.advance()) {
                        ended = true;
                        cursor.close();
                        break;
                    }
                    Object masked = cursor.value();
                    if (masked != null) {
                        next = new SimpleImmutableEntry<>(key.apply(cursor.key()), value.apply(masked));
                    }
                }
                return next != null;
            }

            @Override
            public Map.Entry<K, V> next() {
                if (!hasNext() || next == null) {
                    throw new NoSuchElementException("no more entries; ask hasNext() first");
                }
                Map.Entry<K, V> entry = next;
                next = null;
                return entry;
            }
        };
    }
}
