package io.github.twatcache;

import io.github.twatcache.config.Settings;
import io.github.twatcache.function.AsyncFn1;
import io.github.twatcache.load.Alarms;
import io.github.twatcache.load.JointRun;
import io.github.twatcache.text.Durations;
import java.io.NotSerializableException;
import java.io.ObjectStreamException;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
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
 * <p>The first key of a call opens a waiting room and sets an alarm; the key that fills the room, or the alarm, closes it. Then
 * the call is made: in the background and in the context of whoever opened the room, whatever has closed it. A room that was
 * closed is never entered again, whether its call can be made or not. Keys that everybody has given up meanwhile are left out.
 */
final class Coalescing<K, V extends @Nullable Object> implements AsyncFn1<K, V> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient DataCache<K, V> cache;
    private final transient CacheCore core;
    private final transient AsyncFn1<? super Set<K>, Map<K, V>> bulk;
    private final transient int atMost;
    private final transient long nanos;
    private final transient Object lock = new Object();
    private transient @Nullable Room<K, V> open;

    Coalescing(DataCache<K, V> cache, AsyncFn1<? super Set<K>, Map<K, V>> bulk, int atMost, Duration within) {
        Objects.requireNonNull(bulk, "bulk");
        Objects.requireNonNull(within, "within");
        if (atMost < 1) {
            throw new IllegalArgumentException("atMost must be 1 or more, but was " + atMost);
        }
        if (within.isZero() || within.isNegative()) {
            throw new IllegalArgumentException("within must be longer than zero, but was " + Durations.shown(within)
                    + "; to compute each key by itself, give a loader of single values");
        }
        this.cache = cache;
        this.core = cache.core;
        this.bulk = bulk;
        // A load keeps its place at the source while it waits here, so more than there are places can never come.
        Long places = core.spec.get(Settings.MAX_CONCURRENT_LOADS);
        this.atMost = places == null ? atMost : (int) Math.min(atMost, places);
        this.nanos = Nanos.of(within);
    }

    /** One key of a call. Each who asks for it has a future of his own, to give up for himself alone. */
    private static final class Wanted<K, V extends @Nullable Object> {
        final K key;
        final List<CompletableFuture<V>> callers = new ArrayList<>();

        Wanted(K key) {
            this.key = key;
        }

        CompletableFuture<V> once() {
            callers.removeIf(CompletableFuture::isDone);
            CompletableFuture<V> own = new CompletableFuture<>();
            callers.add(own);
            return own;
        }

        boolean givenUp() {
            return callers.stream().allMatch(CompletableFuture::isDone);
        }

        /** Answers all: each with a value of his own, made before the first can change his, where each load has one. */
        void answer(@Nullable Object value, CacheCore core) {
            List<V> values = new ArrayList<>();
            for (int i = 0; i < callers.size(); i++) {
                values.add(Cast.to(i == 0 ? value : core.another(value)));
            }
            for (int i = 0; i < callers.size(); i++) {
                callers.get(i).complete(values.get(i));
            }
        }

        void fail(Throwable thrown) {
            callers.forEach(caller -> caller.completeExceptionally(thrown));
        }
    }

    /** Those that wait for one call, by the keys that the cache compares. Changed under the lock, and while it is open. */
    private static final class Room<K, V extends @Nullable Object> {
        final Map<Object, Wanted<K, V>> waiting = new LinkedHashMap<>();
        final JointRun run;
        final Runnable call;
        Alarms.@Nullable Alarm alarm;

        Room(Coalescing<K, V> of) {
            this.run = new JointRun(of.core.inFlight);
            this.call = of.core.elsewhere.later(() -> of.call(this), thrown -> of.core.async.apart(() -> fail(thrown)));
        }

        void fail(Throwable thrown) {
            waiting.values().forEach(wanted -> wanted.fail(thrown));
        }
    }

    @Override
    public CompletionStage<V> apply(K key) {
        Object kept = core.keys.settled(cache.keyOf(key));
        Room<K, V> full = null;
        CompletableFuture<V> future;
        synchronized (lock) {
            Room<K, V> room = open;
            if (room == null) {
                Room<K, V> opened = new Room<>(this);
                opened.alarm = core.alarms.after(nanos, () -> timeIsOver(opened));
                open = opened;
                room = opened;
            }
            room.run.awaitedBy(kept);
            future = room.waiting
                    .computeIfAbsent(kept, first -> new Wanted<>(key))
                    .once();
            if (room.waiting.size() >= atMost) {
                open = null;
                full = room;
            }
        }
        if (full != null) {
            if (full.alarm != null) {
                full.alarm.cancel();
            }
            full.call.run();
        }
        return future;
    }

    private void timeIsOver(Room<K, V> room) {
        synchronized (lock) {
            if (open != room) {
                return;
            }
            open = null;
        }
        room.call.run();
    }

    private void call(Room<K, V> room) {
        Collection<Wanted<K, V>> wanted = room.waiting.values();
        wanted.removeIf(Wanted::givenUp);
        if (wanted.isEmpty()) {
            return;
        }
        Set<K> keys = new LinkedHashSet<>();
        wanted.forEach(one -> keys.add(one.key));
        try {
            CompletionStage<Map<K, V>> stage = Objects.requireNonNull(
                    room.run.call(() -> bulk.apply(Collections.unmodifiableSet(keys))),
                    "the bulk function given to coalescing returned null in the place of a stage");
            stage.whenComplete((values, thrown) -> answer(room, values, thrown));
            giveUpWith(wanted, stage);
        } catch (Throwable thrown) {
            answer(room, null, thrown);
        }
    }

    /** Cancels the call when all have given up that wait for it. */
    private static <K, V extends @Nullable Object> void giveUpWith(
            Collection<Wanted<K, V>> wanted, CompletionStage<?> stage) {
        List<CompletableFuture<V>> callers =
                wanted.stream().flatMap(one -> one.callers.stream()).toList();
        AtomicInteger left = new AtomicInteger(callers.size());
        for (CompletableFuture<V> caller : callers) {
            CompletableFuture<?> unused = caller.whenComplete((value, thrown) -> {
                if (caller.isCancelled() && left.decrementAndGet() == 0) {
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

    private void answer(Room<K, V> room, @Nullable Map<K, V> values, @Nullable Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : null;
        Throwable failure = cause == null ? thrown : cause;
        if (failure != null) {
            room.fail(failure);
            return;
        }
        Answers answers = new Answers(values);
        room.waiting.forEach((kept, wanted) -> {
            try {
                wanted.answer(answers.of(wanted.key, kept), core);
            } catch (Throwable failed) {
                // Maps that compute as they are asked may throw, and this key is not the last.
                wanted.fail(failed);
            }
        });
    }

    /** What the function has answered with, under keys that may equal those it was asked for in the eyes of the cache alone. */
    private final class Answers {
        private final @Nullable Map<K, V> values;
        private @Nullable Map<Object, K> keys;

        Answers(@Nullable Map<K, V> values) {
            this.values = values;
        }

        @Nullable Object of(K key, Object kept) {
            if (values == null) {
                throw new NullPointerException("the stage of the bulk function given to coalescing of cache '"
                        + core.name() + "' ended with null; end it with a map, empty for nothing");
            }
            if (values.containsKey(key)) {
                return values.get(key);
            }
            K equal = byContent(values).get(kept);
            if (equal == null) {
                throw new NoSuchElementException("the bulk function given to coalescing of cache '" + core.name()
                        + "' left out a key that it was asked"
                        + " for; return null for a value that is null, and ask getAll for keys that may have none");
            }
            return values.get(equal);
        }

        private Map<Object, K> byContent(Map<K, V> all) {
            Map<Object, K> known = keys;
            if (known == null) {
                known = new HashMap<>();
                for (K key : all.keySet()) {
                    if (key != null) {
                        known.put(cache.keyOf(key), key);
                    }
                }
                keys = known;
            }
            return known;
        }
    }

    /** A waiting room cannot be written down. */
    @Serial
    private Object writeReplace() throws ObjectStreamException {
        throw new NotSerializableException("a coalescing loader of cache '" + core.name() + "' is tied to its cache");
    }
}
