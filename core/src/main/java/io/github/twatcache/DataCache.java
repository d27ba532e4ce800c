package io.github.twatcache;

import io.github.twatcache.config.Settings;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.function.Fn2;
import io.github.twatcache.key.DataKeys;
import io.github.twatcache.load.Judge;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.stats.CacheStats;
import io.github.twatcache.stats.MissReason;
import io.github.twatcache.stats.OwnedCounter;
import io.github.twatcache.text.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A cache of data over a {@link CacheCore}. */
@SuppressWarnings("unchecked") // the core holds what came in through this face
class DataCache<K, V extends @Nullable Object> implements Cache<K, V> {
    final CacheCore core;
    private final DataKeys keys;
    private final boolean direct;
    private final Store<Object> store;
    /** Its core's, and changed by it: one look-up less on a hit. */
    @Nullable Watch watch;

    private final @Nullable OwnedCounter hits;
    private final boolean plain;

    DataCache(Building.Made made) {
        this.core = made.core();
        this.keys = made.keys();
        this.direct = keys.direct();
        this.store = core.store;
        this.watch = core.watch;
        this.hits = core.hits;
        this.plain = core.verdicts.plain();
    }

    /** The key that is looked up. */
    final Object keyOf(K key) {
        Objects.requireNonNull(key, "key");
        return direct ? key : keys.prepared(key);
    }

    /** A hit of a cache that needs no watch. */
    final @Nullable Object counted(Object masked) {
        OwnedCounter counter = hits;
        if (counter != null) {
            counter.increment();
        }
        return masked == Nil.NIL ? null : masked;
    }

    private K shown(Object key) {
        return (K) keys.plain(key);
    }

    final Judge judge(K key) {
        return plain ? Judge.PLAIN : core.verdicts.of(key);
    }

    @Override
    public String name() {
        return core.name();
    }

    @Override
    public @Nullable V getIfPresent(K key) {
        Object raw = keyOf(key);
        Object value = store.get(raw);
        if (value != null) {
            Watch watch = this.watch;
            if (watch == null) {
                return Cast.to(counted(value));
            } else if (!watch.blind()) {
                return Cast.to(watch.hit(value));
            }
        }
        Object settled = core.secondLook(raw);
        return settled == null ? null : Cast.<V>to(core.handed(settled));
    }

    @Override
    public Lookup<V> peek(K key) {
        return (Lookup<V>) core.peek(keyOf(key));
    }

    @Override
    public boolean contains(K key) {
        return core.holds(keyOf(key));
    }

    @Override
    public <X extends Exception> V get(K key, Fn1<? super K, ? extends V, X> loader) throws X {
        Object raw = keyOf(key);
        Objects.requireNonNull(loader, "loader");
        Object value = store.get(raw);
        if (value != null) {
            Watch watch = this.watch;
            if (watch == null) {
                return Cast.to(counted(value));
            } else if (!watch.blind()) {
                return Cast.to(watch.hit(value));
            }
        }
        return Cast.to(core.<X>load(raw, () -> loader.apply(key), judge(key)));
    }

    @Override
    public <X extends Exception> V get(K key, Keep keep, Fn1<? super K, ? extends V, X> loader) throws X {
        Terms asked = terms(keep);
        Object raw = keyOf(key);
        Objects.requireNonNull(loader, "loader");
        Object value = store.get(raw);
        if (value != null) {
            Watch watch = this.watch;
            if (watch == null) {
                return Cast.to(counted(value));
            } else if (!watch.blind()) {
                return Cast.to(watch.hit(value));
            }
        }
        return Cast.to(core.<X>load(raw, () -> loader.apply(key), keep.after(judge(key), asked)));
    }

    @Override
    public <X extends Exception> Map<K, V> getAll(
            Iterable<? extends K> asked, Fn1<? super Set<K>, ? extends Map<? extends K, ? extends V>, X> loader)
            throws X {
        Objects.requireNonNull(asked, "keys");
        Objects.requireNonNull(loader, "loader");
        Map<Object, K> byRaw = new LinkedHashMap<>();
        asked.forEach(key -> byRaw.putIfAbsent(keyOf(key), key));
        Map<Object, Object> found = new LinkedHashMap<>();
        core.<X>loadAll(
                byRaw.keySet(),
                raws -> {
                    Set<K> missing = new LinkedHashSet<>();
                    raws.forEach(raw -> missing.add(byRaw.get(raw)));
                    Map<Object, @Nullable Object> values = new LinkedHashMap<>();
                    Objects.requireNonNull(
                                    loader.apply(Collections.unmodifiableSet(missing)),
                                    "the loader given to getAll returned null; return a map, empty for nothing")
                            .forEach((key, value) -> values.put(keyOf(key), value));
                    return values;
                },
                raw -> judge(Objects.requireNonNull(byRaw.get(raw))),
                (raw, value) -> found.put(raw, Nil.mask(value)));
        Map<K, V> result = new LinkedHashMap<>();
        byRaw.forEach((raw, key) -> {
            Object value = found.get(raw);
            if (value != null) {
                result.put(key, Cast.<V>to(core.handed(value)));
            }
        });
        return Collections.unmodifiableMap(result);
    }

    @Override
    public Map<K, V> getAllPresent(Iterable<? extends K> asked) {
        Objects.requireNonNull(asked, "keys");
        core.inFlight.requireOpen();
        core.tell("look-up of several keys");
        Map<Object, K> byRaw = new LinkedHashMap<>();
        asked.forEach(key -> byRaw.putIfAbsent(keyOf(key), key));
        return core.asOne(() -> present(byRaw));
    }

    private Map<K, V> present(Map<Object, K> byRaw) {
        Map<Object, MissReason> reasons = new HashMap<>();
        Map<Object, Object> present = core.many.find(byRaw.keySet(), reasons);
        Map<K, V> result = new LinkedHashMap<>();
        byRaw.forEach((raw, key) -> {
            Watch watch = this.watch;
            Object value = watch != null && watch.blind() ? null : present == null ? store.get(raw) : present.get(raw);
            if (value != null) {
                result.put(key, Cast.<V>to(watch == null ? counted(value) : watch.hit(value)));
            } else {
                MissReason reason = reasons.get(raw);
                if (reason != null) {
                    core.tally.report(raw, reason);
                }
                Object settled = core.secondLook(raw);
                if (settled != null) {
                    result.put(key, Cast.<V>to(core.handed(settled)));
                }
            }
        });
        return Collections.unmodifiableMap(result);
    }

    @Override
    public void put(K key, V value) {
        core.put(keyOf(key), value, Terms.PLAIN, Guard.ANY, judge(key));
    }

    @Override
    public void put(K key, V value, Keep keep) {
        core.put(keyOf(key), value, terms(keep), Guard.ANY, judge(key));
    }

    /** Terms that somebody asks for, if the cache was built for such. */
    final Terms terms(Keep keep) {
        Objects.requireNonNull(keep, "keep");
        if (keep.timed()) {
            core.require(Settings.PER_ENTRY_EXPIRY, "perEntryExpiry()");
        }
        if (keep.tagged()) {
            core.require(Settings.TAGS, "tags()");
        }
        return keep.terms();
    }

    @Override
    public void putAll(Map<? extends K, ? extends V> entries) {
        Objects.requireNonNull(entries, "entries");
        List<Many.Given> given = new ArrayList<>(entries.size());
        entries.forEach((key, value) -> given.add(new Many.Given(keyOf(key), value, judge(key))));
        core.asOne(() -> {
            core.many.put(given);
            return true;
        });
    }

    @Override
    public boolean putIfAbsent(K key, V value) {
        return stored(key, value, Guard.ABSENT);
    }

    @Override
    public boolean putIfAbsent(K key, V value, Keep keep) {
        return core.put(keyOf(key), value, terms(keep), Guard.ABSENT, judge(key)) == Outcome.STORED;
    }

    final V valueOf(Entry entry) {
        return Cast.to(core.handed(entry.value()));
    }

    final boolean stored(K key, V value, Guard guard) {
        return core.put(keyOf(key), value, Terms.PLAIN, guard, judge(key)) == Outcome.STORED;
    }

    @Override
    public boolean replace(K key, V value) {
        Object raw = keyOf(key);
        core.tell("replace", raw);
        while (true) {
            Entry entry = core.entryToReplace(raw);
            if (entry == null) {
                return false;
            }
            if (stored(key, value, Guard.seen(entry.mark()))) {
                return true;
            }
        }
    }

    @Override
    public boolean replace(K key, V expected, V value) {
        Object raw = keyOf(key);
        core.tell("replace", raw);
        while (true) {
            Entry entry = core.entryToReplace(raw);
            if (entry == null || !same(entry, expected)) {
                return false;
            }
            if (stored(key, value, Guard.seen(entry.mark()))) {
                return true;
            }
        }
    }

    @Override
    public boolean remove(K key) {
        return core.remove(keyOf(key));
    }

    @Override
    public boolean remove(K key, V expected) {
        Object raw = keyOf(key);
        core.tell("remove", raw);
        while (true) {
            Entry entry = core.entryToReplace(raw);
            if (entry == null || !same(entry, expected)) {
                return false;
            }
            if (core.changes.remove(raw, Guard.seen(entry.mark()))) {
                return true;
            }
        }
    }

    @Override
    public Lookup<V> pop(K key) {
        Object raw = keyOf(key);
        core.tell("pop", raw);
        while (true) {
            Entry entry = core.entryToChange(raw);
            if (entry == null) {
                return Lookup.absent();
            }
            if (core.changes.remove(raw, Guard.seen(entry.mark()))) {
                return Lookup.found(valueOf(entry));
            }
        }
    }

    private static boolean same(Entry entry, @Nullable Object expected) {
        return Objects.deepEquals(Nil.unmask(entry.value()), expected);
    }

    @Override
    public <X extends Exception> Lookup<V> compute(K key, Fn2<? super K, ? super Lookup<V>, Lookup<V>, X> change)
            throws X {
        Objects.requireNonNull(change, "change");
        Object raw = keyOf(key);
        core.tell("compute", raw);
        while (true) {
            Entry entry = core.entryToChange(raw);
            Lookup<V> before = entry == null ? Lookup.absent() : Lookup.found(valueOf(entry));
            Lookup<V> after = Objects.requireNonNull(
                    change.apply(key, before),
                    "the function given to compute returned null; return Lookup.found(value) or Lookup.absent()");
            Guard guard = entry == null ? Guard.ABSENT : Guard.seen(entry.mark());
            if (after.present()
                    ? stored(key, after.value(), guard)
                    : entry == null || core.changes.remove(raw, guard)) {
                return after;
            }
        }
    }

    @Override
    public Optional<Duration> expiresIn(K key) {
        return core.expiresIn(keyOf(key));
    }

    @Override
    public boolean expireIn(K key, Duration lifetime) {
        Objects.requireNonNull(lifetime, "lifetime");
        if (lifetime.isZero() || lifetime.isNegative()) {
            throw new IllegalArgumentException("lifetime must be longer than zero, but was " + Durations.shown(lifetime)
                    + "; to remove an entry use remove(key)");
        }
        return core.expire(keyOf(key), Nanos.of(lifetime));
    }

    @Override
    public boolean keepForEver(K key) {
        return core.expire(keyOf(key), Terms.FOREVER);
    }

    @Override
    public long invalidateTag(String tag) {
        return core.invalidateTag(tag);
    }

    @Override
    public boolean invalidateSoftly(K key) {
        return core.age(keyOf(key));
    }

    @Override
    public long invalidateTagSoftly(String tag) {
        return core.ageTagged(tag);
    }

    @Override
    public long invalidateAllSoftly() {
        return core.ageAll();
    }

    @Override
    public Set<String> tags(K key) {
        Entry entry = core.entry(keyOf(key));
        return entry == null ? Set.of() : entry.terms().tags();
    }

    @Override
    public void clear() {
        core.clear();
    }

    @Override
    public long size() {
        core.inFlight.requireOpen();
        core.tell("size");
        return store.size();
    }

    @Override
    public long estimatedSize() {
        core.inFlight.requireOpen();
        core.tell("size");
        return store.estimatedSize();
    }

    @Override
    public long weight() {
        core.inFlight.requireOpen();
        core.tell("size");
        return store.weight();
    }

    @Override
    public Stream<Map.Entry<K, V>> entries() {
        core.inFlight.requireOpen();
        core.tell("walk");
        return walked(store.entries());
    }

    /** A walk of the store as users see it. */
    final Stream<Map.Entry<K, V>> walked(Cursor<Object> cursor) {
        return Entries.stream(cursor, this::shown, value -> Cast.<V>to(core.handed(value)));
    }

    /** The cursor is closed when it has come to its end; engines free what an abandoned one holds. */
    @Override
    public Iterator<Map.Entry<K, V>> iterator() {
        core.inFlight.requireOpen();
        core.tell("walk");
        return walking(store.entries());
    }

    /** A walk of the store as users see it, step by step. */
    final Iterator<Map.Entry<K, V>> walking(Cursor<Object> cursor) {
        return Entries.iterator(cursor, this::shown, value -> Cast.<V>to(core.handed(value)));
    }

    @Override
    public ConcurrentMap<K, V> asMap() {
        return new MapView<>(this);
    }

    @Override
    public <X extends Exception> long warm(Iterable<? extends K> asked, Fn1<? super K, ? extends V, X> loader)
            throws X {
        Objects.requireNonNull(asked, "keys");
        Objects.requireNonNull(loader, "loader");
        core.inFlight.requireOpen();
        long loaded = 0;
        for (K key : asked) {
            if (core.entry(keyOf(key)) == null) {
                get(key, loader);
                loaded++;
            }
        }
        return loaded;
    }

    @Override
    public AsyncCache<K, V> async() {
        return new AsyncDataCache<>(this);
    }

    @Override
    public CacheStats stats() {
        return core.stats();
    }

    @Override
    public Explanation explain() {
        return core.explain();
    }

    @Override
    public void close() {
        core.close();
    }

    @Override
    public String toString() {
        return "cache '" + name() + "' on " + core.spec.engine();
    }
}
