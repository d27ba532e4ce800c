package io.github.twatcache.disk.diskcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Settings;
import io.github.twatcache.spi.CounterStore;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.TagStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.TouchStore;
import io.github.twatcache.stats.MissReason;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cache's entries in the format of diskcache. A look-up is one statement that reads; a change is one transaction, which may
 * be shared with those of other threads. All that is not the key's own stays as it is: keys of other types, of other caches,
 * and what Python has pickled.
 */
final class DiskcacheStore<K> implements Store<K> {
    private final StoreContext<K> context;
    private final Directory<K> directory;
    private final Shards shards;
    private final Expiry expiry;
    private final Entries<K> entries;
    private final boolean tagged;
    private final boolean weighs;

    DiskcacheStore(Directory<K> directory, CacheSpec spec, StoreContext<K> context) {
        this.context = context;
        this.directory = directory;
        this.shards = directory.shards();
        this.expiry = directory.expiry();
        this.tagged = spec.on(Settings.TAGS);
        this.weighs = spec.get(Settings.MAXIMUM_BYTES) != null;
        this.entries = new Entries<>(expiry, directory.departures(), tagged);
    }

    @Override
    public @Nullable Object get(K key) {
        DbKey dbKey = directory.keys().of(key);
        Shard shard = shards.of(dbKey);
        Row row = shards.read(shard, link -> Rows.find(link, dbKey));
        long now = expiry.now();
        if (row == null || !row.lives(now)) {
            directory.departures().missed(key, dbKey, row != null);
            return null;
        }
        Object value = value(key, dbKey, shard, row);
        if (value != null && shard.uses().note(row.id(), Expiry.seconds(now))) {
            shard.database().writeLater(shard.uses().settling());
        }
        return value;
    }

    private @Nullable Object value(K key, DbKey dbKey, Shard shard, Row row) {
        Values.Reading reading = directory.contents().read(shard, dbKey, row);
        if (reading.why() != MissReason.ABSENT) {
            context.missed(key, reading.why());
        }
        return reading.value();
    }

    @Override
    public @Nullable Entry entry(K key) {
        DbKey dbKey = directory.keys().of(key);
        Shard shard = shards.of(dbKey);
        Row row = shards.read(shard, link -> Rows.find(link, dbKey));
        long now = expiry.now();
        if (row == null || !row.lives(now)) {
            directory.departures().missed(key, dbKey, row != null);
            return null;
        }
        Object value = value(key, dbKey, shard, row);
        if (value == null) {
            return null;
        }
        long left = row.end() == Long.MAX_VALUE ? Terms.FOREVER : row.end() - now;
        Set<String> tags = tagged ? shards.read(shard, link -> Tags.of(link, row)) : null;
        return new Entry(value, Mark.of(dbKey, row), new Terms(left, left, tags == null ? Set.of() : tags, 1, 0));
    }

    @Override
    public Outcome put(K key, Object value, Terms terms, Guard guard) {
        DbKey dbKey = directory.keys().of(key);
        Shard shard = shards.of(dbKey);
        Draft draft = shard.files()
                .draft(directory.values().write(value), shard.settings().minFileSize());
        Entries.Entry<K> entry = new Entries.Entry<>(key, dbKey, value, draft, terms);
        boolean stored = false;
        try {
            Outcome outcome = put(shard, entry, guard);
            Mark unreadable = outcome == Outcome.REFUSED && guard == Guard.ABSENT ? unreadable(shard, dbKey) : null;
            if (unreadable != null) {
                // What no look-up finds is in nobody's way, or it would be computed anew for ever.
                outcome = put(shard, entry, Guard.seen(unreadable));
            }
            stored = outcome == Outcome.STORED;
            return outcome;
        } finally {
            if (!stored) {
                shard.files().remove(draft.filename());
            }
        }
    }

    private Outcome put(Shard shard, Entries.Entry<K> entry, Guard guard) {
        return shards.write(shard, link -> entries.put(link, shard, entry, guard), Outcome.REFUSED);
    }

    private @Nullable Mark unreadable(Shard shard, DbKey key) {
        Row row = shards.read(shard, link -> Rows.find(link, key));
        return row != null && row.lives(expiry.now()) && directory.contents().unreadable(shard, key, row)
                ? Mark.of(key, row)
                : null;
    }

    @Override
    public boolean remove(K key, Guard guard) {
        DbKey dbKey = directory.keys().of(key);
        Shard shard = shards.of(dbKey);
        return shards.write(shard, link -> entries.remove(link, shard, key, dbKey, guard), false);
    }

    private boolean touch(K key, long nanos) {
        DbKey dbKey = directory.keys().of(key);
        Shard shard = shards.of(dbKey);
        return shards.write(shard, link -> entries.touch(link, shard, key, dbKey, nanos), false);
    }

    @Override
    public void clear() {
        new Sweeps<>(directory).clear();
    }

    @Override
    public long size() {
        return new Sizes<>(directory).entries();
    }

    @Override
    public long weight() {
        return weighs ? new Sizes<>(directory).bytes() : size();
    }

    @Override
    public Cursor<K> entries() {
        return new EntryCursor<>(directory);
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        if (type == TagStore.class && tagged) {
            TagStore store = new Sweeps<>(directory)::removeTagged;
            return Optional.of(type.cast(store));
        }
        if (type == TouchStore.class && expiry.own()) {
            TouchStore<K> store = this::touch;
            return Optional.of(type.cast(store));
        }
        if (type == CounterStore.class) {
            return Optional.of(type.cast(new Counting<>(directory, entries)));
        }
        return Store.super.capability(type);
    }

    @Override
    public Optional<String> lacking(Class<?> type) {
        return Optional.of(
                "it is kept in the format of Python's diskcache (format = diskcache); keep it in the engine's own"
                        + " format");
    }

    @Override
    public void close() {
        shards.close();
    }
}
