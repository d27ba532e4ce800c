package io.github.twatcache.files.store;

import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.stats.MissReason;
import io.github.twatcache.stats.RemovalCause;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells who wants to know of entries that leave, after the fact and without a lock, and remembers for some time why they have
 * left. What a listener is to see is read before it is deleted.
 */
final class Departures<K> {
    private static final int REMEMBERED = 4_096;

    private final Desk<K> desk;
    private final StoreContext<K> context;
    private final boolean wanted;
    private final boolean whole;
    private final ThreadLocal<List<Runnable>> held = ThreadLocal.withInitial(ArrayList::new);
    private final Map<String, MissReason> gone = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, MissReason> eldest) {
            return size() > REMEMBERED;
        }
    };

    Departures(Desk<K> desk) {
        this.desk = desk;
        this.context = desk.context();
        this.wanted = context.removals();
        this.whole = wanted && !context.countsOnly();
    }

    /** Whether anybody wants to know. */
    boolean wanted() {
        return wanted;
    }

    /** Whether somebody wants to see what has left. */
    boolean whole() {
        return whole;
    }

    /** Notes an entry that is about to leave, to be told by {@link #tell}; of a key that is known, or is to be read back. */
    void leaves(@Nullable K known, Head head, RemovalCause cause) throws IOException {
        if (!wanted) {
            return;
        }
        K key = known == null ? key(head) : known;
        boolean damaged = cause == RemovalCause.DAMAGED;
        Object value = whole && key != null && !damaged ? value(head) : Nil.NIL;
        MissReason reason = switch (cause) {
            case EXPIRED -> MissReason.EXPIRED;
            case SIZE -> MissReason.EVICTED;
            default -> MissReason.INVALIDATED;
        };
        held.get().add(() -> {
            if (cause != RemovalCause.REPLACED && !damaged) {
                remember(head.key(), reason);
            }
            if (damaged || key == null || value == null) {
                context.removed(cause, 1);
            } else {
                context.removed(key, value, cause);
            }
        });
    }

    /** Notes an entry of which nothing can be read that is about to leave. */
    void damaged() {
        held.get().add(() -> context.removed(RemovalCause.DAMAGED, 1));
    }

    private @Nullable K key(Head head) {
        byte[] encoded = head.encoded();
        if (encoded == null) {
            return null;
        }
        try {
            return context.keys().decode(encoded);
        } catch (RuntimeException unreadable) {
            Desk.LOG.debug("the key of a removed entry cannot be read back", unreadable);
            return null;
        }
    }

    private @Nullable Object value(Head head) throws IOException {
        try {
            byte[] key = head.encoded() == null ? java.util.HexFormat.of().parseHex(head.key()) : head.encoded();
            return desk.values().reads(head)
                    ? desk.values()
                            .read(key, head, desk.place().path(head.key()).resolve(head.value()))
                    : null;
        } catch (DamagedValueException | RuntimeException unreadable) {
            Desk.LOG.debug("the value of a removed entry cannot be read back", unreadable);
            return null;
        }
    }

    /** Tells what was noted by this thread. To be called holding no lock. */
    void tell() {
        if (wanted) {
            List<Runnable> mine = held.get();
            held.remove();
            mine.forEach(Runnable::run);
        }
    }

    /** Forgets what was noted by this thread: it did not happen. */
    void drop() {
        held.remove();
    }

    private void remember(String digest, MissReason reason) {
        synchronized (gone) {
            gone.put(digest, reason);
        }
    }

    /** Says why a key is absent, as far as that is remembered. */
    void missed(K key, String digest) {
        MissReason reason = null;
        if (wanted) {
            synchronized (gone) {
                reason = gone.get(digest);
            }
        }
        if (reason != null) {
            context.missed(key, reason);
        }
    }

    /** Forgets why a key has left: it is there again. */
    void came(String digest) {
        if (wanted) {
            synchronized (gone) {
                gone.remove(digest);
            }
        }
    }
}
