package io.github.twatcache.failure;

import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.StoreCall.Operation;
import org.jspecify.annotations.Nullable;

/** A cursor whose engine may fail at each step; it passes over what has been given up meanwhile. */
final class GuardedCursor implements Cursor<Object> {
    private final Cursor<Object> cursor;
    private final Protection protection;
    private final Tombstones stones;

    GuardedCursor(Cursor<Object> cursor, Protection protection, Tombstones stones) {
        this.cursor = cursor;
        this.protection = protection;
        this.stones = stones;
    }

    @Override
    public boolean advance() {
        while (protection.run(Operation.ENTRIES, null, cursor::advance)) {
            if (stones.none() || !stones.hides(cursor.key())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Object key() {
        return cursor.key();
    }

    @Override
    public @Nullable Object value() {
        return protection.<@Nullable Object>run(Operation.ENTRIES, null, cursor::value);
    }

    @Override
    public void close() {
        cursor.close();
    }
}
