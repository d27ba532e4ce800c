package io.github.twatcache.caffeine;

import com.github.benmanes.caffeine.cache.RemovalListener;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.stats.RemovalCause;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Carries removals out of Caffeine's locks. Caffeine calls its removal listener once for each entry that left, on the
 * thread that removed it (the executor is the caller), but where it evicts it holds its eviction lock meanwhile. So the
 * listener only takes a note, and {@link ReportingStore} reports a thread's notes at the end of its operation.
 */
final class Removals<K> implements RemovalListener<K, Object> {
    private final StoreContext<K> context;
    private final ConcurrentMap<Thread, Queue<Runnable>> notes = new ConcurrentHashMap<>();
    private volatile boolean silent;

    Removals(StoreContext<K> context) {
        this.context = context;
    }

    @Override
    public void onRemoval(
            @Nullable K key, @Nullable Object value, com.github.benmanes.caffeine.cache.RemovalCause cause) {
        if (key != null && value != null) { // null only for weak and soft references, and none are used
            note(key, value, cause);
        }
    }

    void note(K key, Object value, com.github.benmanes.caffeine.cache.RemovalCause cause) {
        note(key, value, causeOf(cause));
    }

    static RemovalCause causeOf(com.github.benmanes.caffeine.cache.RemovalCause cause) {
        return switch (cause) {
            case EXPLICIT -> RemovalCause.EXPLICIT;
            case REPLACED -> RemovalCause.REPLACED;
            case EXPIRED -> RemovalCause.EXPIRED;
            case SIZE -> RemovalCause.SIZE;
            case COLLECTED -> throw new IllegalStateException("no references are weak here");
        };
    }

    void note(K key, Object value, RemovalCause cause) {
        if (!silent) {
            notes.computeIfAbsent(Thread.currentThread(), thread -> new ArrayDeque<>())
                    .add(() -> context.removed(key, value, cause));
        }
    }

    /** Reports what this thread has noted. A report may use the store, and so take and report notes of its own. */
    void report() {
        if (notes.isEmpty()) {
            return;
        }
        Queue<Runnable> mine = notes.remove(Thread.currentThread());
        if (mine != null) {
            mine.forEach(Runnable::run);
        }
    }

    /** Notes nothing any more. */
    void silence() {
        silent = true;
    }
}
