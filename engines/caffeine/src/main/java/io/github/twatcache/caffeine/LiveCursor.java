package io.github.twatcache.caffeine;

import io.github.twatcache.spi.Cursor;
import java.util.Iterator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Walks over keys and looks at each without using it; those whose value has gone are passed over. */
final class LiveCursor<K> implements Cursor<K> {
    private final Iterator<K> keys;
    private final Function<? super K, ? extends @Nullable Object> look;
    private @Nullable K current;

    LiveCursor(Iterator<K> keys, Function<? super K, ? extends @Nullable Object> look) {
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
        K key = current;
        if (key == null) {
            throw new IllegalStateException(
                    "the cursor stands on no entry; call advance() and go on while it returns true");
        }
        return key;
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
