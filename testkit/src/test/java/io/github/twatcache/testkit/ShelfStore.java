package io.github.twatcache.testkit;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Settings;
import io.github.twatcache.error.ValueException;
import io.github.twatcache.function.Fn0;
import io.github.twatcache.spi.*;
import io.github.twatcache.stats.RemovalCause;
import io.github.twatcache.testkit.Shelf.Held;
import io.github.twatcache.testkit.Shelf.Lease;
import io.github.twatcache.testkit.Shelf.Queued;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** One who has opened a {@link Shelf}. */
@SuppressWarnings({"MissingOverride", "unchecked"}) // each method overrides one; a shelf's keys are its store's
record ShelfStore<K>(Shelf shelf, CacheSpec spec, StoreContext<K> context, Runnable onClose, AtomicBoolean closed)
        implements Store<K>,
                BulkStore<K>,
                TouchStore<K>,
                CounterStore<K>,
                QueueStore,
                StreamStore<K>,
                TransactionStore,
                OrderedStore<K>,
                Leases<K>,
                MaintenanceStore,
                CellStore {
    ShelfStore(Shelf shelf, CacheSpec spec, StoreContext<K> context, Runnable onClose) {
        this(shelf, spec, context, onClose, new AtomicBoolean());
    }

    private long now() {
        return context.ticker().read();
    }

    private Held live(K key) {
        Held held = closed.get() ? null : shelf.entries.get(key);
        if (held != null && held.expired(now())) {
            shelf.entries.remove(key);
            shelf.report(context, key, held.value, RemovalCause.EXPIRED);
            return null;
        }
        return held;
    }

    private Held held(Object value, Terms terms) {
        Duration lifetime = spec.get(Settings.EXPIRE_AFTER_WRITE);
        long own = lifetime == null ? Terms.FOREVER : lifetime.toNanos();
        long nanos = terms.keptNanos() == Terms.UNSET ? own : terms.keptNanos();
        return new Held(value, now(), nanos, terms);
    }

    public Object get(K key) {
        return shelf.step(() -> {
            Held held = live(key);
            return held == null ? null : held.value;
        });
    }

    public Entry entry(K key) {
        return shelf.step(() -> {
            Held held = live(key);
            return held == null ? null : new Entry(held.value, held, held.terms(now()));
        });
    }

    public Outcome put(K key, Object value, Terms terms, Guard guard) {
        return shelf.step(() -> {
            Held before = live(key);
            if (guard instanceof Guard.Seen seen ? before != seen.mark() : guard == Guard.ABSENT && before != null) {
                return Outcome.REFUSED;
            }
            replace(key, before, held(value, terms));
            return Outcome.STORED;
        });
    }

    private void replace(K key, Held before, Held after) {
        shelf.entries.put(key, after);
        shelf.leases.remove(key);
        if (before != null) {
            shelf.report(context, key, before.value, RemovalCause.REPLACED);
        }
    }

    public boolean remove(K key, Guard guard) {
        return shelf.step(() -> {
            Held before = live(key);
            if (guard instanceof Guard.Seen seen ? before != seen.mark() : guard == Guard.ABSENT) {
                return false;
            }
            shelf.leases.remove(key);
            if (before == null) {
                return false;
            }
            shelf.entries.remove(key);
            shelf.report(context, key, before.value, RemovalCause.EXPLICIT);
            return true;
        });
    }

    public void clear() {
        shelf.step(() -> {
            expire();
            shelf.entries.forEach((key, held) -> shelf.report(context, (K) key, held.value, RemovalCause.EXPLICIT));
            shelf.entries.clear();
            shelf.leases.clear();
            return null;
        });
    }

    public long size() {
        return shelf.step(() -> {
            expire();
            return (long) shelf.entries.size();
        });
    }

    public Cursor<K> entries() {
        return entries(Order.INSERTION, false, null);
    }

    public Cursor<K> entries(Order order, boolean descending, K beyond) {
        List<K> keys = shelf.step(() -> new ArrayList<>((Collection<K>) shelf.entries.keySet()));
        if (order == Order.KEY) {
            Function<K, byte[]> bytes = key -> context.keys().ordered(key);
            keys.sort(Comparator.comparing(bytes, Arrays::compareUnsigned));
            if (beyond != null) {
                int sign = descending ? -1 : 1;
                keys.removeIf(key -> sign * Arrays.compareUnsigned(bytes.apply(key), bytes.apply(beyond)) <= 0);
            }
        }
        if (descending) {
            Collections.reverse(keys);
        }
        if (order == Order.INSERTION && beyond != null) {
            int place = keys.indexOf(beyond);
            keys = place < 0 ? List.of() : keys.subList(place + 1, keys.size());
        }
        return Cursor.over(keys.iterator(), key -> {
            Entry entry = entry(key);
            return entry == null ? null : entry.value();
        });
    }

    public <C> Optional<C> capability(Class<C> type) {
        boolean touches = spec.on(Settings.PER_ENTRY_EXPIRY);
        return type == TouchStore.class && !touches ? Optional.empty() : Store.super.capability(type);
    }

    public void close() {
        closed.set(true);
        onClose.run();
    }

    public Map<K, Object> getAll(Collection<? extends K> keys) {
        return shelf.step(() -> {
            Map<K, Object> found = new LinkedHashMap<>();
            for (K key : keys) {
                Held held = live(key);
                if (held != null) {
                    found.put(key, held.value);
                }
            }
            return found;
        });
    }

    public List<Outcome> putAll(List<Put<K>> puts) {
        return shelf.together(() -> {
            List<Outcome> outcomes = new ArrayList<>();
            puts.forEach(put -> outcomes.add(put(put.key(), put.value(), put.terms(), put.guard())));
            return outcomes;
        });
    }

    public boolean touch(K key, long nanos) {
        return shelf.step(() -> {
            Held before = live(key);
            if (before != null) {
                before.since = now();
                before.nanos = nanos;
            }
            return before != null;
        });
    }

    public OptionalLong add(K key, long delta, OptionalLong initial, Terms terms) {
        return shelf.step(() -> {
            Held before = live(key);
            if (before == null) {
                if (initial.isPresent()) {
                    long first = Math.addExact(initial.getAsLong(), delta);
                    replace(key, null, held(first, terms));
                    return OptionalLong.of(first);
                }
                return initial;
            }
            if (!(before.value instanceof Long count)) {
                throw new ValueException("a counter is a Long, but the value is none");
            }
            long sum = Math.addExact(count, delta);
            replace(key, before, new Held(sum, before.since, before.nanos, before.terms(now())));
            return OptionalLong.of(sum);
        });
    }

    private TreeMap<Long, Queued> items(String queue) {
        TreeMap<Long, Queued> items = shelf.queues.computeIfAbsent(queue, name -> new TreeMap<>());
        long now = now();
        items.values().removeIf(item -> item.expired(now));
        return items;
    }

    private static Item end(TreeMap<Long, Queued> items, Side side) {
        Map.Entry<Long, Queued> end = side == Side.FRONT ? items.firstEntry() : items.lastEntry();
        return end == null ? null : end.getValue().item();
    }

    public long push(String queue, Side side, Object value, Terms terms, long most) {
        return shelf.step(() -> {
            TreeMap<Long, Queued> items = items(queue);
            Item end = end(items, side);
            long number = end == null ? 0 : side == Side.FRONT ? end.number() - 1 : end.number() + 1;
            long nanos = terms.keptNanos() == Terms.UNSET ? Terms.FOREVER : terms.keptNanos();
            items.put(number, new Queued(new Item(number, value), now(), nanos));
            while (items.size() > most) {
                items.remove(end(items, side.other()).number());
            }
            return number;
        });
    }

    public Item pull(String queue, Side side) {
        return shelf.step(() -> {
            Item end = end(items(queue), side);
            if (end != null) {
                items(queue).remove(end.number());
            }
            return end;
        });
    }

    public Item peek(String queue, Side side) {
        return shelf.step(() -> end(items(queue), side));
    }

    public Item next(String queue, Side side, long beyond) {
        return shelf.step(() -> {
            TreeMap<Long, Queued> items = items(queue);
            Map.Entry<Long, Queued> next = side == Side.FRONT ? items.higherEntry(beyond) : items.lowerEntry(beyond);
            return next == null ? null : next.getValue().item();
        });
    }

    public boolean remove(String queue, long number) {
        return shelf.step(() -> items(queue).remove(number) != null);
    }

    public long size(String queue) {
        return shelf.step(() -> (long) items(queue).size());
    }

    public void empty(String queue) {
        shelf.step(() -> shelf.queues.remove(queue));
    }

    public Outcome put(K key, Content content, Terms terms, Guard guard) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.writeTo(bytes);
        return put(key, bytes.toByteArray(), terms, guard);
    }

    public InputStream open(K key) {
        Object value = get(key);
        if (value == null || value instanceof byte[]) {
            return value == null ? null : new ByteArrayInputStream((byte[]) value);
        }
        throw new ValueException("only an array of bytes can be read as a stream");
    }

    public <R, X extends Exception> R call(Fn0<R, X> body) throws X {
        return shelf.<R, X>together(body::apply);
    }

    public Claim acquire(K key) {
        return shelf.step(() -> {
            Held held = live(key);
            if (held != null) {
                return new Found(held.value);
            }
            Lease lease = shelf.leases.get(key);
            if (lease != null) {
                return new Theirs(lease, lease.owner(), Duration.ofNanos(System.nanoTime() - lease.since()));
            }
            return mine(key);
        });
    }

    private Claim mine(K key) {
        Lease lease = new Lease(closed, "thread '" + Thread.currentThread().getName() + "'", System.nanoTime());
        shelf.leases.put(key, lease);
        return new Mine(lease);
    }

    public Claim seize(K key) {
        return shelf.step(() -> {
            Held held = live(key);
            return held == null ? mine(key) : new Found(held.value);
        });
    }

    public Outcome commit(K key, Object token, Object value, Terms terms) {
        return shelf.step(
                () -> shelf.leases.get(key) == token ? put(key, value, terms, Guard.ABSENT) : Outcome.REFUSED);
    }

    public void release(K key, Object token) {
        shelf.step(() -> {
            if (shelf.leases.get(key) == token) {
                shelf.leases.remove(key);
            }
            return null;
        });
    }

    public boolean releaseLost(K key) {
        return shelf.step(() -> {
            Lease lease = shelf.leases.get(key);
            return lease != null && lease.store() == closed && shelf.leases.remove(key, lease);
        });
    }

    public boolean holds(K key, Object token) {
        return shelf.step(() -> shelf.leases.get(key) == token);
    }

    public void awaitChange(K key, Theirs theirs, Duration atMost) throws InterruptedException {
        shelf.step(() -> {
            long end = System.nanoTime() + atMost.toNanos();
            while (shelf.leases.get(key) == theirs.mark() && System.nanoTime() - end < 0) {
                shelf.await(end - System.nanoTime());
            }
            return null;
        });
    }

    public List<Fault> check(boolean fix) {
        return shelf.step(() -> shelf.leases.keySet().stream()
                .filter(shelf.entries::containsKey)
                .map(key -> new Fault("lease-of-an-entry", "leases", false))
                .toList());
    }

    public long cull() {
        return expire();
    }

    public long expire() {
        return shelf.step(() -> {
            List<Object> dead = new ArrayList<>(shelf.entries.keySet());
            dead.removeIf(key -> live((K) key) != null);
            return (long) dead.size();
        });
    }

    public long volume() {
        return shelf.step(() -> 64L * shelf.entries.size());
    }

    public Cell read(String name) {
        return shelf.step(() -> shelf.cells.get(name));
    }

    public boolean write(String name, long seen, byte[] content) {
        return shelf.step(() -> {
            Cell cell = shelf.cells.get(name);
            if (seen != (cell == null ? 0 : cell.version())) {
                return false;
            }
            shelf.cells.put(
                    name, new Cell(seen + 1, Objects.requireNonNull(content).clone()));
            return true;
        });
    }
}
