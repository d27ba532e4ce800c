package io.github.twatcache.disk.diskcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Settings;
import io.github.twatcache.disk.sqlite.ClosedDatabaseException;
import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Work;
import io.github.twatcache.error.ValueException;
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
import io.github.twatcache.stats.RemovalCause;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cache's entries in the format of diskcache. A look-up is one statement that reads; a change is one transaction, which may
 * be shared with those of other threads. All that is not the key's own stays as it is: keys of other types, of other caches,
 * and what Python has pickled.
 */
final class DiskcacheStore<K> implements Store<K> {
    private static final int PAGE = 64;
    private static final int STEP = 256;

    private final List<Shard> shards;
    private final StoreContext<K> context;
    private final Keys<K> keys;
    private final Values values;
    private final Contents contents;
    private final Expiry expiry;
    private final Departures<K> departures;
    private final Entries<K> entries;
    private final boolean tagged;
    private final boolean weighs;
    private volatile boolean closed;

    DiskcacheStore(List<Shard> shards, Disk disk, CacheSpec spec, StoreContext<K> context) {
        this.shards = shards;
        this.context = context;
        this.keys = new Keys<>(context, disk);
        this.values = disk.values(context.values());
        this.contents = new Contents(values);
        this.expiry = new Expiry(spec, context.clock());
        this.departures = new Departures<>(context, keys, contents);
        this.tagged = spec.on(Settings.TAGS);
        this.weighs = spec.get(Settings.MAXIMUM_BYTES) != null;
        this.entries = new Entries<>(expiry, departures, tagged);
    }

    private Shard shard(DbKey key) {
        return shards.get(key.shard(shards.size()));
    }

    @Override
    public @Nullable Object get(K key) {
        DbKey dbKey = keys.of(key);
        Shard shard = shard(dbKey);
        Row row = read(shard, link -> Rows.find(link, dbKey));
        long now = expiry.now();
        if (row == null || !row.lives(now)) {
            return null;
        }
        Object value = value(key, dbKey, shard, row);
        if (value != null && shard.uses().note(row.id(), Expiry.seconds(now))) {
            settle(shard);
        }
        return value;
    }

    private @Nullable Object value(K key, DbKey dbKey, Shard shard, Row row) {
        Values.Reading reading = contents.read(shard, dbKey, row);
        switch (reading.why()) {
            case VERSION, UNDECODABLE -> context.missed(key, reading.why());
            default -> {
                // Found, or simply not there any more.
            }
        }
        return reading.value();
    }

    private void settle(Shard shard) {
        write(
                shard,
                link -> {
                    shard.uses().settle(link);
                    return true;
                },
                false);
    }

    @Override
    public @Nullable Entry entry(K key) {
        DbKey dbKey = keys.of(key);
        Shard shard = shard(dbKey);
        Row row = read(shard, link -> Rows.find(link, dbKey));
        long now = expiry.now();
        if (row == null || !row.lives(now)) {
            return null;
        }
        Object value = value(key, dbKey, shard, row);
        if (value == null) {
            return null;
        }
        long left = row.end() == Long.MAX_VALUE ? Terms.FOREVER : row.end() - now;
        Set<String> tags = tagged ? read(shard, link -> Tags.of(link, row)) : null;
        return new Entry(value, Mark.of(dbKey, row), new Terms(left, left, tags == null ? Set.of() : tags, 1, 0));
    }

    @Override
    public Outcome put(K key, Object value, Terms terms, Guard guard) {
        DbKey dbKey = keys.of(key);
        Shard shard = shard(dbKey);
        Draft draft = shard.files().draft(values.write(value), shard.settings().minFileSize());
        Entries.Entry<K> entry = new Entries.Entry<>(key, dbKey, value, draft, terms);
        boolean stored = false;
        try {
            Outcome outcome = write(shard, link -> entries.put(link, shard, entry, guard), Outcome.REFUSED);
            Mark unreadable = outcome == Outcome.REFUSED && guard == Guard.ABSENT ? unreadable(shard, dbKey) : null;
            if (unreadable != null) {
                // What no look-up finds is in nobody's way, or it would be computed anew for ever.
                outcome =
                        write(shard, link -> entries.put(link, shard, entry, Guard.seen(unreadable)), Outcome.REFUSED);
            }
            stored = outcome == Outcome.STORED;
            return outcome;
        } finally {
            if (!stored) {
                shard.files().remove(draft.filename());
            }
        }
    }

    private @Nullable Mark unreadable(Shard shard, DbKey key) {
        Row row = read(shard, link -> Rows.find(link, key));
        return row != null && row.lives(expiry.now()) && contents.unreadable(shard, key, row)
                ? Mark.of(key, row)
                : null;
    }

    @Override
    public boolean remove(K key, Guard guard) {
        DbKey dbKey = keys.of(key);
        Shard shard = shard(dbKey);
        return write(shard, link -> entries.remove(link, shard, key, dbKey, guard), false);
    }

    private boolean touch(K key, long nanos) {
        DbKey dbKey = keys.of(key);
        Shard shard = shard(dbKey);
        return write(shard, link -> entries.touch(link, shard, key, dbKey, nanos), false);
    }

    /** Python's incr: a number in a row, changed in place. */
    private OptionalLong add(K key, long delta, OptionalLong initial, Terms terms) {
        DbKey dbKey = keys.of(key);
        Shard shard = shard(dbKey);
        return write(
                shard,
                link -> {
                    Row row = Rows.find(link, dbKey);
                    boolean live = row != null && row.lives(expiry.now());
                    if (!live && initial.isEmpty()) {
                        return OptionalLong.empty();
                    }
                    Object before =
                            live && row != null ? contents.quietly(shard, dbKey, row) : (Long) initial.getAsLong();
                    if (!(before instanceof Long number)) {
                        throw new ValueException(
                                "the value of counter " + dbKey + " in "
                                        + shard.database().file()
                                        + " is no Long, which Python has as an int; count under another key, or remove this one");
                    }
                    long sum = Math.addExact(number, delta);
                    Draft draft = new Draft(values.write(sum), Mode.RAW, 0, null);
                    if (live && row != null) {
                        entries.replace(link, shard, key, dbKey, row, draft);
                    } else {
                        entries.put(link, shard, new Entries.Entry<>(key, dbKey, sum, draft, terms), Guard.ANY);
                    }
                    return OptionalLong.of(sum);
                },
                OptionalLong.empty());
    }

    @Override
    public void clear() {
        for (Shard shard : shards) {
            Long upto = read(shard, Rows::last);
            long last = upto == null ? 0 : upto;
            long after = Long.MIN_VALUE;
            while (after < last) {
                long from = after;
                after = write(
                        shard,
                        link -> {
                            List<Row> rows = Rows.page(link, keys.byOther(), from, last, STEP);
                            long now = expiry.now();
                            for (Row row : rows) {
                                if (mine(row)) {
                                    RemovalCause cause = row.lives(now) ? RemovalCause.EXPLICIT : RemovalCause.EXPIRED;
                                    departures.delete(link, shard, row, cause, null);
                                }
                            }
                            return rows.isEmpty()
                                    ? last
                                    : rows.get(rows.size() - 1).id();
                        },
                        last);
            }
        }
    }

    private boolean mine(Row row) {
        DbKey key = row.key();
        return key != null && keys.mine(key);
    }

    private long removeTagged(String tag) {
        long removed = 0;
        for (Shard shard : shards) {
            removed += removeTagged(shard, (link, after) -> Rows.tagged(link, keys.byOther(), tag, after, STEP));
            removed += removeTagged(shard, (link, after) -> Tags.carriers(link, tag, after, STEP));
        }
        return removed;
    }

    /** Finds the next rows after a number. */
    private interface Next {
        List<Row> after(Link link, long number) throws SQLException;
    }

    private record Removed(long count, long last) {}

    private long removeTagged(Shard shard, Next next) {
        long removed = 0;
        Removed some = new Removed(0, Long.MIN_VALUE);
        while (true) {
            long after = some.last();
            some = write(shard, link -> removeSome(link, shard, next.after(link, after), after), new Removed(0, after));
            if (some.last() == after) {
                return removed;
            }
            removed += some.count();
        }
    }

    private Removed removeSome(Link link, Shard shard, List<Row> rows, long after) throws SQLException {
        long now = expiry.now();
        long count = 0;
        long last = after;
        for (Row row : rows) {
            last = row.id();
            if (mine(row)) {
                boolean live = row.lives(now);
                departures.delete(link, shard, row, live ? RemovalCause.EXPLICIT : RemovalCause.EXPIRED, null);
                count += live ? 1 : 0;
            }
        }
        return new Removed(count, last);
    }

    @Override
    public long size() {
        long size = 0;
        for (Shard shard : shards) {
            Long some = read(shard, keys.exact() ? this::counted : this::walked);
            size += some == null ? 0 : some;
        }
        return size;
    }

    private Long counted(Link link) throws SQLException {
        PreparedStatement expired = link.prepared("SELECT " + Row.COLUMNS + " FROM Cache WHERE expire_time IS NOT NULL"
                + " AND expire_time <= ? AND " + keys.byOther());
        long now = expiry.now();
        // Near the end of a life, only the exact times tell.
        expired.setDouble(1, Expiry.seconds(now) + 1e-3);
        long dead = 0;
        try (ResultSet row = expired.executeQuery()) {
            while (row.next()) {
                dead += Row.read(row).lives(now) ? 0 : 1;
            }
        }
        return link.number("SELECT count(*) FROM Cache WHERE " + keys.byKey(), 0) - dead;
    }

    private Long walked(Link link) throws SQLException {
        long now = expiry.now();
        long count = 0;
        long after = Long.MIN_VALUE;
        while (true) {
            List<Row> rows = Rows.page(link, keys.byOther(), after, Long.MAX_VALUE, STEP);
            if (rows.isEmpty()) {
                return count;
            }
            for (Row row : rows) {
                after = row.id();
                count += mine(row) && row.lives(now) ? 1 : 0;
            }
        }
    }

    @Override
    public long weight() {
        if (!weighs) {
            return size();
        }
        long bytes = 0;
        for (Shard shard : shards) {
            Long volume = read(shard, Entries::volume);
            bytes += volume == null ? 0 : volume;
        }
        return bytes;
    }

    @Override
    public Cursor<K> entries() {
        long[] upto = new long[shards.size()];
        for (int i = 0; i < upto.length; i++) {
            Long last = read(shards.get(i), Rows::last);
            upto[i] = last == null ? 0 : last;
        }
        return new EntryCursor<>(this, upto);
    }

    /** Reads the next live entries of a walk, and returns how far it has come. */
    long page(int shard, long after, long upto, Deque<EntryCursor.Step<K>> page) {
        long now = expiry.now();
        List<Row> rows = read(shards.get(shard), link -> Rows.page(link, keys.byOther(), after, upto, PAGE));
        long reached = after;
        for (Row row : rows == null ? List.<Row>of() : rows) {
            reached = row.id();
            DbKey dbKey = row.key();
            K key = dbKey == null || !row.lives(now) ? null : keys.back(dbKey);
            if (key != null && dbKey != null) {
                page.add(new EntryCursor.Step<>(key, dbKey, row.id()));
            }
        }
        return reached;
    }

    /** Whether an entry is there and lives. */
    boolean there(int shard, EntryCursor.Step<K> step) {
        return live(shards.get(shard), step) != null;
    }

    /** The value of an entry; null where it has gone, and where this cache cannot hold it: a walk passes over those. */
    @Nullable Object valueOf(int shard, EntryCursor.Step<K> step) {
        Row row = live(shards.get(shard), step);
        return row == null ? null : contents.quietly(shards.get(shard), step.dbKey(), row);
    }

    private @Nullable Row live(Shard shard, EntryCursor.Step<K> step) {
        Row row = read(shard, link -> Rows.byId(link, step.id()));
        return row != null && step.dbKey().equals(row.key()) && row.lives(expiry.now()) ? row : null;
    }

    private <R> @Nullable R read(Shard shard, Work<R> work) {
        if (closed) {
            return null;
        }
        try {
            return shard.database().find(work);
        } catch (ClosedDatabaseException late) {
            return null;
        }
    }

    private <R> R write(Shard shard, Work<R> work, R late) {
        if (closed) {
            return late;
        }
        try {
            return shard.database().write(work);
        } catch (ClosedDatabaseException closedMeanwhile) {
            return late;
        }
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        if (type == TagStore.class && tagged) {
            TagStore store = this::removeTagged;
            return Optional.of(type.cast(store));
        }
        if (type == TouchStore.class && expiry.own()) {
            TouchStore<K> store = this::touch;
            return Optional.of(type.cast(store));
        }
        if (type == CounterStore.class) {
            CounterStore<K> store = this::add;
            return Optional.of(type.cast(store));
        }
        return Store.super.capability(type);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        try {
            for (Shard shard : shards) {
                if (!shard.uses().none()) {
                    settle(shard);
                }
            }
        } finally {
            closed = true;
            shards.forEach(Shard::close);
        }
    }
}
