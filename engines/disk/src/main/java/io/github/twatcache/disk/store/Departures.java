package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.error.PathException;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.stats.MissReason;
import io.github.twatcache.stats.RemovalCause;
import java.util.ArrayList;
import java.util.List;
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
    private final @Nullable Gone gone;

    /** What a thread holds back here is not what it holds back elsewhere; it is removed before the thread goes on. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable List<Runnable>> held = new ThreadLocal<>();

    Departures(StoreContext<K> context, Values values, ValueFiles files) {
        this.context = context;
        this.values = values;
        this.files = files;
        this.wanted = context.removals();
        this.whole = wanted && !context.countsOnly();
        this.keys = context.keys().decodable();
        this.gone = wanted ? new Gone() : null;
    }

    /** Whether the values of those that leave must be read. */
    boolean whole() {
        return whole;
    }

    /** Whether each that leaves is asked for. */
    boolean wanted() {
        return wanted;
    }

    /** Says why a key is not there that is looked up, as far as this process knows; whether it does. */
    boolean missed(K key, long find) {
        MissReason reason = gone == null ? null : gone.reason(find);
        if (reason != null) {
            context.missed(key, reason);
        }
        return reason != null;
    }

    /** Remembers why an entry leaves in the running transaction of which nothing but the hash of its key is known. */
    void left(Link link, long find, RemovalCause cause) {
        Gone memory = gone;
        if (memory != null) {
            link.afterCommit(() -> memory.left(find, cause));
        }
    }

    private void remember(Row row, RemovalCause cause) {
        if (gone != null) {
            gone.left(row.find(), cause);
        }
    }

    /** Notes that a row leaves in the running transaction. */
    void left(Link link, Row row, RemovalCause cause, @Nullable K known) {
        if (!wanted) {
            return;
        }
        if (!whole) {
            link.afterCommit(() -> report(() -> count(row, cause, known)));
            return;
        }
        byte[] value = row.value();
        if (value == null && row.file() != 0 && row.length() <= LARGEST) {
            value = last(row.file());
        }
        byte[] last = value;
        link.afterCommit(() -> report(() -> tell(row, last, cause, known)));
    }

    /** What a file holds; null also where it cannot be read, since its entry leaves all the same. */
    private byte @Nullable [] last(long file) {
        try {
            return files.read(file);
        } catch (PathException unreadable) {
            LOG.debug("the value of a removed entry cannot be read", unreadable);
            return null;
        }
    }

    /** Notes that many leave at once, of which nothing but their number is known. */
    void left(Link link, RemovalCause cause, long count) {
        if (wanted && count > 0) {
            link.afterCommit(() -> report(() -> context.removed(cause, count)));
        }
    }

    /** Holds back what this thread brings about, which is about to take a lock: listeners run outside of all. */
    void hold() {
        if (whole) {
            held.set(new ArrayList<>());
        }
    }

    /** Reports what was held back; the thread holds no lock any more. */
    void release() {
        List<Runnable> mine = held.get();
        if (mine != null) {
            held.remove();
            mine.forEach(Runnable::run);
        }
    }

    private void report(Runnable removal) {
        List<Runnable> mine = whole ? held.get() : null;
        if (mine == null) {
            removal.run();
        } else {
            mine.add(removal);
        }
    }

    private void count(Row row, RemovalCause cause, @Nullable K known) {
        K key = known != null ? known : key(row);
        remember(row, cause);
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
        remember(row, cause);
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
