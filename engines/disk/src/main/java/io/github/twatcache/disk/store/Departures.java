package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.stats.RemovalCause;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports entries that have left: after the commit, on the thread that brought it about, as far as anybody asks. */
final class Departures<K> {
    private static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.disk");

    /** A value of more bytes fits no array: it leaves unseen. */
    private static final long LARGEST = Integer.MAX_VALUE - Long.BYTES;

    private final StoreContext<K> context;
    private final Values values;
    private final ValueFiles files;
    private final boolean wanted;
    private final boolean whole;
    private final boolean keys;

    Departures(StoreContext<K> context, Values values, ValueFiles files) {
        this.context = context;
        this.values = values;
        this.files = files;
        this.wanted = context.removals();
        this.whole = wanted && !context.countsOnly();
        this.keys = context.keys().decodable();
    }

    /** Whether the values of those that leave must be read. */
    boolean whole() {
        return whole;
    }

    /** Whether each that leaves is asked for. */
    boolean wanted() {
        return wanted;
    }

    /** Notes that a row leaves in the running transaction. */
    void left(Link link, Row row, RemovalCause cause, @Nullable K known) {
        if (!wanted) {
            return;
        }
        if (!whole) {
            link.afterCommit(() -> count(row, cause, known));
            return;
        }
        byte[] value = row.value();
        if (value == null && row.file() != 0 && row.length() <= LARGEST) {
            value = files.read(row.file());
        }
        byte[] last = value;
        link.afterCommit(() -> tell(row, last, cause, known));
    }

    /** Notes that many leave at once, of which nothing but their number is known. */
    void left(Link link, RemovalCause cause, long count) {
        if (wanted && count > 0) {
            link.afterCommit(() -> context.removed(cause, count));
        }
    }

    private void count(Row row, RemovalCause cause, @Nullable K known) {
        K key = known != null ? known : key(row);
        if (key == null) {
            context.removed(cause, 1);
        } else {
            // Nobody looks at the value where removals are only counted.
            context.removed(key, io.github.twatcache.spi.Nil.NIL, cause);
        }
    }

    private void tell(Row row, byte @Nullable [] value, RemovalCause cause, @Nullable K known) {
        K key = known != null ? known : key(row);
        Object decoded = value == null ? null : values.decodedQuietly(row, value);
        if (key == null || decoded == null) {
            context.removed(cause, 1);
        } else {
            context.removed(key, decoded, cause);
        }
    }

    private @Nullable K key(Row row) {
        if (!keys) {
            return null;
        }
        try {
            return context.keys().decode(row.key());
        } catch (RuntimeException unreadable) {
            LOG.debug("the key of a removed entry cannot be read back", unreadable);
            return null;
        }
    }
}
