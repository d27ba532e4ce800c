package io.github.twatcache.files.store;

import io.github.twatcache.spi.Cursor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks over the entries that there were, and passes over those that have gone. */
final class EntryCursor<K> implements Cursor<K> {
    private final Desk<K> desk;
    private final Reading<K> reading;
    private final List<String> digests;
    private int next;
    private @Nullable K current;

    EntryCursor(Desk<K> desk, Reading<K> reading, List<String> digests) {
        this.desk = desk;
        this.reading = reading;
        this.digests = digests;
    }

    @Override
    public boolean advance() {
        current = null;
        while (current == null && next < digests.size()) {
            current = key(digests.get(next++));
        }
        return current != null;
    }

    /** The key of an entry that is there and lives, and can be read back; else null. */
    private @Nullable K key(String digest) {
        try {
            byte[] bytes = desk.place().head(digest);
            Head head = bytes == null ? null : Head.read(bytes, digest);
            if (head == null
                    || head.encoded() == null
                    || !head.lives(desk.clock().now())) {
                return null;
            }
            K key = desk.context().keys().decode(head.encoded());
            return value(key) == null ? null : key;
        } catch (IOException | RuntimeException unreadable) {
            Desk.LOG.debug("an entry is passed over, since it cannot be read", unreadable);
            return null;
        }
    }

    private @Nullable Object value(K key) {
        Reading.Found found =
                reading.find(key, desk.coded(key), Reading.Until.FRESH, (digest, value) -> Optional.empty());
        return found == null ? null : found.value();
    }

    @Override
    public K key() {
        return Cursor.standing(current);
    }

    @Override
    public @Nullable Object value() {
        return value(key());
    }

    @Override
    public void close() {
        current = null;
        next = digests.size();
    }
}
