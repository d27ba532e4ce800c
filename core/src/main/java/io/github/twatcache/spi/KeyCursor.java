package io.github.twatcache.spi;

import java.util.Iterator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Walks over keys and looks at each without using it; those whose value has gone are passed over. */
final class KeyCursor<K> implements Cursor<K> {
    private final Iterator<? extends K> keys;
    private final Function<? super K, ? extends @Nullable Object> look;
    private @Nullable K current;

    KeyCursor(Iterator<? extends K> keys, Function<? super K, ? extends @Nullable Object> look) {
        this.keys = keys;
        this.look = look;
    }

    @Override
    public boolean advance() {
        while (keys.hasNext()) {
            K key = keys.next();
            if (look.apply(key) != null) {
                current = key;
                return true;
            }
        }
        current = null;
        return false;
    }

    @Override
    public K key() {
        return Cursor.standing(current);
    }

    @Override
    public @Nullable Object value() {
        return look.apply(key());
    }

    @Override
    public void close() {
        current = null;
    }
}
