package io.github.twatcache.disk.store;

import io.github.twatcache.spi.Cursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One walk after the other. For one thread. */
final class ChainedCursor<K> implements Cursor<K> {
    private final List<Cursor<K>> parts;
    private int part;

    ChainedCursor(List<Cursor<K>> parts) {
        this.parts = parts;
    }

    @Override
    public boolean advance() {
        while (part < parts.size()) {
            if (parts.get(part).advance()) {
                return true;
            }
            part++;
        }
        return false;
    }

    private Cursor<K> current() {
        return parts.get(Math.min(part, parts.size() - 1));
    }

    @Override
    public K key() {
        return current().key();
    }

    @Override
    public @Nullable Object value() {
        return current().value();
    }

    @Override
    public void close() {
        parts.forEach(Cursor::close);
        part = parts.size();
    }
}
