package io.github.twatcache;

import io.github.twatcache.function.AsyncFn1;
import io.github.twatcache.load.Alarms;
import io.github.twatcache.text.Durations;
import java.io.NotSerializableException;
import java.io.ObjectStreamException;
import java.io.Serial;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the keys that are asked for within a while, and computes their values by one call. Thread-safe.
 *
 * <p>The first key of a call opens a waiting room and sets an alarm; the key that fills the room, or the alarm, closes it
 * and calls, outside the lock: on the thread of that key's caller, or in the background. Keys that everybody has given up meanwhile are left out.
 */
final class Coalescing<K, V extends @Nullable Object> implements AsyncFn1<K, V> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient CacheCore core;
    private final transient AsyncFn1<? super Set<K>, Map<K, V>> bulk;
    private final transient int atMost;
    private final transient long nanos;
    private final transient Object lock = new Object();
    private transient @Nullable Room<K, V> open;

    Coalescing(CacheCore core, AsyncFn1<? super Set<K>, Map<K, V>> bulk, int atMost, Duration within) {
        Objects.requireNonNull(bulk, "bulk");
        Objects.requireNonNull(within, "within");
        if (atMost < 1) {
            throw new IllegalArgumentException("atMost must be 1 or more, but was " + atMost);
        }
        if (within.isZero() || within.isNegative()) {
            throw new IllegalArgumentException("within must be longer than zero, but was " + Durations.shown(within)
                    + "; to compute each key by itself, give a loader of single values");
        }
        this.core = core;
        this.bulk = bulk;
        this.atMost = atMost;
        this.nanos = Nanos.of(within);
    }

    /** Those that wait for one call. */
    private static final class Room<K, V extends @Nullable Object> {
        final Map<K, CompletableFuture<V>> waiting = new LinkedHashMap<>();
        Alarms.@Nullable Alarm alarm;

        void fail(Throwable thrown) {
            waiting.values().forEach(future -> future.completeExceptionally(thrown));
        }
    }

    @Override
    public CompletionStage<V> apply(K key) {
        Room<K, V> full = null;
        CompletableFuture<V> future;
        synchronized (lock) {
            Room<K, V> room = open;
            if (room == null) {
                Room<K, V> opened = new Room<>();
                opened.alarm = core.alarms.after(nanos, core.elsewhere.later(() -> close(opened), opened::fail));
                open = opened;
                room = opened;
            }
            CompletableFuture<V> known = room.waiting.get(key);
            // One that was given up is nobody's to share.
            future = known == null || known.isDone() ? new CompletableFuture<>() : known;
            room.waiting.put(key, future);
            if (room.waiting.size() >= atMost) {
                open = null;
                full = room;
            }
        }
        if (full != null) {
            if (full.alarm != null) {
                full.alarm.cancel();
            }
            call(full);
        }
        return future;
    }

    private void close(Room<K, V> room) {
        synchronized (lock) {
            if (open != room) {
                return;
            }
            open = null;
        }
        call(room);
    }

    private void call(Room<K, V> room) {
        Map<K, CompletableFuture<V>> wanted = new LinkedHashMap<>(room.waiting);
        wanted.values().removeIf(CompletableFuture::isDone);
        if (wanted.isEmpty()) {
            return;
        }
        try {
            CompletionStage<Map<K, V>> stage = Objects.requireNonNull(
                    bulk.apply(Collections.unmodifiableSet(wanted.keySet())),
                    "the bulk function given to coalescing returned null in the place of a stage");
            stage.whenComplete((values, thrown) -> answer(wanted, values, thrown));
            giveUpWith(wanted.values(), stage);
        } catch (Throwable thrown) {
            answer(wanted, null, thrown);
        }
    }

    /** Cancels the call when all have given up that wait for it. */
    private static void giveUpWith(Collection<? extends CompletableFuture<?>> waiting, CompletionStage<?> stage) {
        AtomicInteger left = new AtomicInteger(waiting.size());
        for (CompletableFuture<?> future : waiting) {
            CompletableFuture<?> unused = future.whenComplete((value, thrown) -> {
                if (future.isCancelled() && left.decrementAndGet() == 0) {
                    cancel(stage);
                }
            });
        }
    }

    private static void cancel(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().cancel(true);
        } catch (RuntimeException cannot) {
            // A stage need not be cancellable: then it runs to its end, and nobody hears of it.
        }
    }

    private void answer(Map<K, CompletableFuture<V>> wanted, @Nullable Map<K, V> values, @Nullable Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : null;
        Throwable failure = cause == null ? thrown : cause;
        wanted.forEach((key, future) -> {
            if (failure != null) {
                future.completeExceptionally(failure);
                return;
            }
            try {
                future.complete(Cast.to(of(key, values)));
            } catch (Throwable failed) {
                // Maps that compute as they are asked may throw, and this key is not the last.
                future.completeExceptionally(failed);
            }
        });
    }

    private @Nullable Object of(K key, @Nullable Map<K, V> values) {
        if (values == null) {
            throw new NullPointerException("the stage of the bulk function given to coalescing of cache '" + core.name()
                    + "' ended with null; end it with a map, empty for nothing");
        } else if (!values.containsKey(key)) {
            throw new NoSuchElementException("the bulk function given to coalescing of cache '" + core.name()
                    + "' left out a key that it was asked"
                    + " for; return null for a value that is null, and ask getAll for keys that may have none");
        }
        return values.get(key);
    }

    /** A waiting room cannot be written down. */
    @Serial
    private Object writeReplace() throws ObjectStreamException {
        throw new NotSerializableException("a coalescing loader of cache '" + core.name() + "' is tied to its cache");
    }
}
