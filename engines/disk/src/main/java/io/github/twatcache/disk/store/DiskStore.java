package io.github.twatcache.disk.store;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Settings;
import io.github.twatcache.disk.DiskSettings;
import io.github.twatcache.disk.front.Front;
import io.github.twatcache.disk.front.Handing;
import io.github.twatcache.disk.front.Stripes;
import io.github.twatcache.disk.sqlite.ClosedDatabaseException;
import io.github.twatcache.disk.sqlite.Database;
import io.github.twatcache.disk.sqlite.Work;
import io.github.twatcache.key.Digest;
import io.github.twatcache.spi.ByteCount;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.KeyCodec;
import io.github.twatcache.spi.MaintenanceStore;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.TagStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.TouchStore;
import io.github.twatcache.stats.MissReason;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cache's entries in the native format. A look-up is one statement that reads; a change is one transaction, which may be
 * shared with those of other threads.
 */
final class DiskStore<K> implements Store<K>, ByteCount {
    private static final int PAGE = 64;
    private static final int STEP = 256;
    private static final int SETTLED = 1_024;

    private final OpenFolder folder;
    private final Database database;
    private final Space space;
    private final StoreContext<K> context;
    private final KeyCodec<K> keys;
    private final boolean wholeKeys;
    private final Values values;
    private final Damage damage;
    private final Lifetimes lifetimes;
    private final Entries<K> entries;
    private final boolean tagged;
    private final boolean reports;
    private final long fileThreshold;
    private final @Nullable Front<K, Found> front;
    private volatile boolean closed;

    DiskStore(OpenFolder folder, CacheSpec spec, StoreContext<K> context, Space space, long fileThreshold) {
        this.folder = folder;
        this.database = folder.database();
        this.context = context;
        this.keys = context.keys();
        this.wholeKeys = keys.decodable();
        this.values = new Values(context.values(), folder.modes());
        this.tagged = spec.on(Settings.TAGS);
        this.fileThreshold = fileThreshold;
        this.space = space;
        this.lifetimes = new Lifetimes(spec, context.clock());
        Departures<K> departures = new Departures<>(context, values, folder.files());
        this.reports = departures.whole();
        this.entries = new Entries<>(space, lifetimes, departures, folder.numbers());
        this.damage = new Damage(folder, space);
        this.front = spec.get(DiskSettings.FRONT, true)
                ? new Front<>(
                        folder.stripes(),
                        Math.toIntExact(spec.get(DiskSettings.FRONT_ENTRIES, 16_384L)),
                        spec.get(DiskSettings.FRONT_BYTES, 64L << 20))
                : null;
    }

    /** What stands for a key in the database: all of it where it can be read back, else its SHA-256. */
    private byte[] encoded(K key) {
        byte[] bytes = keys.encoded(key);
        return wholeKeys ? bytes : Digest.of(bytes).toBytes();
    }

    @Override
    public @Nullable Object get(K key) {
        Front<K, Found> warm = front == null || database.within() ? null : front;
        Front.Held<K, Found> held = warm == null ? null : warm.get(key);
        if (held != null && used(held.found())) {
            return closed ? null : held.value();
        }
        byte[] encoded = encoded(key);
        long find = Seal.find(encoded);
        int stripe = Stripes.stripe(find);
        // Before the database is read: what is committed after this moves it.
        long stamp = folder.stripes().stamp(stripe);
        Found found = read(link -> Found.read(link, space.id(), find, encoded));
        if (found == null || !lives(found)) {
            return null;
        }
        Content content = content(key, encoded, find, found);
        if (content == null) {
            return null;
        }
        if (warm != null) {
            keep(warm, key, encoded, stripe, stamp, content);
        }
        used(found);
        return content.value();
    }

    private void keep(Front<K, Found> warm, K key, byte[] encoded, int stripe, long stamp, Content content) {
        K settled = context.settled(key);
        if (settled == key || settled.equals(key)) {
            int size = encoded.length + 2 * content.bytes().length + Front.OVERHEAD;
            Handing handing = Handing.of(content.value(), content.bytes(), bytes -> values.decode(encoded, bytes));
            warm.put(settled, stripe, stamp, size, content.found().light(), handing);
        }
    }

    private boolean lives(Found found) {
        Lifetime lifetime = found.lifetime();
        return (lifetime.fresh() == Terms.FOREVER && !lifetime.renewed())
                || entries.lives(found.id(), lifetime, lifetimes.now());
    }

    /** Notes a use of an entry; says whether it lives. */
    private boolean used(Found found) {
        Lifetime lifetime = found.lifetime();
        long now = 0;
        if (lifetime.fresh() != Terms.FOREVER || lifetime.renewed()) {
            now = lifetimes.now();
            if (!entries.lives(found.id(), lifetime, now)) {
                return false;
            }
        }
        if (entries.watches()) {
            entries.uses().note(found.id(), lifetime.renewed() ? now : 0);
            if (entries.uses().full()) {
                settle();
            }
        }
        return true;
    }

    /** A value, what it was decoded from, and of which row. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Content(Object value, byte[] bytes, Found found) {}

    private @Nullable Object value(K key, byte[] encoded, long find, Found found) {
        Content content = content(key, encoded, find, found);
        return content == null ? null : content.value();
    }

    /** The value of what was found, or null and the reason told. */
    private @Nullable Content content(K key, byte[] encoded, long find, Found found) {
        if (!values.reads(found.mode())) {
            context.missed(key, MissReason.VERSION);
            return null;
        }
        Found now = found;
        byte[] bytes = now.value();
        for (int tries = 0; bytes == null && now.file() != 0 && tries < 3; tries++) {
            bytes = folder.files().read(now.file());
            if (bytes == null) {
                // Replaced or removed between the look and the reading; looked up anew.
                Found again = read(link -> Found.read(link, space.id(), find, encoded));
                if (again == null) {
                    return null;
                }
                if (again.file() == now.file() && again.value() == null) {
                    break;
                }
                now = again;
                bytes = now.value();
            }
        }
        long terms = Seal.terms(now.id(), now.life(), now.lifetime());
        if (bytes == null || (Seal.content(find, encoded.length, now.mode(), bytes) ^ terms) != now.sum()) {
            context.missed(key, MissReason.UNDECODABLE);
            damage.setAside(now.id(), bytes == null ? "its value is gone" : "its checksum is wrong");
            return null;
        }
        try {
            return new Content(values.decode(encoded, bytes), bytes, now);
        } catch (RuntimeException changed) {
            // The bytes are as they were written: the value's class is not.
            context.missed(key, MissReason.VERSION);
            return null;
        }
    }

    @Override
    public @Nullable Entry entry(K key) {
        byte[] encoded = encoded(key);
        long find = Seal.find(encoded);
        Row row = read(link -> Rows.read(link, space.id(), find, encoded));
        if (row == null) {
            return null;
        }
        long now = lifetimes.now();
        if (!entries.lives(row.id(), row.lifetime(), now)) {
            return null;
        }
        Object value = value(
                key,
                encoded,
                find,
                new Found(row.id(), row.life(), row.mode(), row.sum(), row.lifetime(), row.file(), row.value()));
        if (value == null) {
            return null;
        }
        Set<String> tags = tagged ? tags(row.id()) : Set.of();
        Lifetime lifetime = entries.now(row.id(), row.lifetime());
        Terms terms = new Terms(
                left(lifetime.fresh(), now),
                left(lifetime.kept(), now),
                tags,
                (int) Math.min(Integer.MAX_VALUE, row.weight()),
                row.cost());
        return new Entry(value, new Mark(row.id(), row.version()), terms);
    }

    private Set<String> tags(long id) {
        Set<String> tags = read(link -> Tags.of(link, id));
        return tags == null ? Set.of() : tags;
    }

    private static long left(long end, long now) {
        return end == Terms.FOREVER ? Terms.FOREVER : end - now;
    }

    @Override
    public Outcome put(K key, Object value, Terms terms, Guard guard) {
        byte[] encoded = encoded(key);
        byte[] bytes = values.encode(encoded, value);
        long file = bytes.length > fileThreshold ? folder.numbers().next() : 0;
        if (file != 0) {
            folder.files().write(file, bytes);
        }
        Entries.Draft<K> draft = new Entries.Draft<>(
                key, encoded, Seal.find(encoded), values.mode(), bytes, file, tagged ? terms : terms.tagged(Set.of()));
        boolean stored = false;
        try {
            Outcome outcome = write(link -> entries.put(link, draft, guard), Outcome.REFUSED);
            Mark unreadable = outcome == Outcome.REFUSED && guard == Guard.ABSENT ? unreadable(encoded) : null;
            if (unreadable != null) {
                // What no look-up finds is in nobody's way, or it would be computed anew for ever.
                outcome = write(link -> entries.put(link, draft, Guard.seen(unreadable)), Outcome.REFUSED);
            }
            stored = outcome == Outcome.STORED;
            return outcome;
        } finally {
            if (!stored && file != 0) {
                folder.files().delete(file);
            }
        }
    }

    /** The mark of an entry that was written by another codec, key or version of its class; null where it can be read. */
    private @Nullable Mark unreadable(byte[] encoded) {
        long find = Seal.find(encoded);
        Row row = read(link -> Rows.read(link, space.id(), find, encoded));
        if (row == null || !entries.lives(row.id(), row.lifetime(), lifetimes.now())) {
            return null;
        }
        byte[] bytes = folder.files().content(row);
        return bytes != null && values.decodedQuietly(row, bytes) == null ? new Mark(row.id(), row.version()) : null;
    }

    @Override
    public boolean remove(K key, Guard guard) {
        byte[] encoded = encoded(key);
        long find = Seal.find(encoded);
        return write(link -> entries.remove(link, key, encoded, find, guard), false);
    }

    @Override
    public void clear() {
        if (!reports) {
            write(link -> entries.clear(link, null), 0L);
            return;
        }
        String holder = folder.process().name();
        long life = write(link -> entries.clear(link, holder), 0L);
        while (write(link -> entries.bury(link, life, STEP), false)) {
            if (closed) {
                return;
            }
        }
    }

    private boolean touch(K key, long nanos) {
        byte[] encoded = encoded(key);
        long find = Seal.find(encoded);
        return write(link -> entries.touch(link, key, encoded, find, nanos), false);
    }

    private long removeTagged(String tag) {
        long removed = 0;
        while (true) {
            long some = write(link -> entries.removeTagged(link, tag, STEP), -1L);
            if (some < 0) {
                return removed;
            }
            removed += some;
        }
    }

    private Tallies tallies() {
        long now = lifetimes.now();
        try {
            return database.readAtOnce(link -> Tallies.of(link, space, now, entries));
        } catch (ClosedDatabaseException late) {
            requireClosed(late);
            return new Tallies(0, 0, 0);
        }
    }

    @Override
    public long size() {
        return tallies().entries();
    }

    @Override
    public long weight() {
        Tallies tallies = tallies();
        return space.limits().measure() == Measure.BYTES ? tallies.bytes() : tallies.weight();
    }

    @Override
    public long bytes() {
        return tallies().bytes();
    }

    @Override
    public Cursor<K> entries() {
        Long upto = read(link -> link.number("SELECT next FROM serial", 0));
        return new EntryCursor<>(this, upto == null ? 0 : upto);
    }

    /** Reads the next live entries of a walk, and returns how far it has come. */
    long page(long after, long upto, Deque<EntryCursor.Step<K>> page) {
        long now = lifetimes.now();
        Long reached = read(link -> {
            page.clear();
            PreparedStatement select = link.prepared(
                    "SELECT id, key, ifnull(fresh, 9223372036854775807), terms, life = (SELECT life FROM space WHERE id = ?1),"
                            + " find FROM entry WHERE id > ?2 AND id < ?3 ORDER BY id LIMIT ?4");
            select.setLong(1, space.id());
            select.setLong(2, after);
            select.setLong(3, upto);
            select.setInt(4, PAGE);
            long last = after;
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    last = row.getLong(1);
                    Lifetime lifetime = Lifetime.unpacked(row.getLong(3), row.getBytes(4));
                    byte[] key = row.getBytes(2);
                    boolean whole = key != null && Seal.find(key) == row.getLong(6);
                    if (whole && row.getInt(5) == 1 && entries.lives(last, lifetime, now)) {
                        page.add(new EntryCursor.Step<>(last, keys.decode(key)));
                    }
                }
            }
            return last;
        });
        return reached == null ? after : reached;
    }

    /** Whether an entry is there and lives. */
    boolean there(long id) {
        return live(id, false) != null;
    }

    /** The value of an entry, null where it has gone. */
    @Nullable Object valueOf(long id) {
        Row row = live(id, true);
        if (row == null) {
            return null;
        }
        byte[] bytes = folder.files().content(row);
        return bytes == null ? null : values.decodedQuietly(row, bytes);
    }

    private @Nullable Row live(long id, boolean whole) {
        Row row = read(link -> {
            Row found = Rows.byId(link, id, whole);
            Account account = found == null ? null : Account.read(link, space.id());
            return account == null || found == null || found.life() != account.life ? null : found;
        });
        return row == null || !entries.lives(id, row.lifetime(), lifetimes.now()) ? null : row;
    }

    private void settle() {
        write(
                link -> {
                    entries.settle(link, SETTLED);
                    return true;
                },
                false);
    }

    private <R> @Nullable R read(Work<R> work) {
        if (closed) {
            return null;
        }
        try {
            return database.find(work);
        } catch (ClosedDatabaseException late) {
            requireClosed(late);
            return null;
        }
    }

    private <R> R write(Work<R> work, R late) {
        if (closed) {
            return late;
        }
        try {
            return database.write(work);
        } catch (ClosedDatabaseException closedMeanwhile) {
            requireClosed(closedMeanwhile);
            return late;
        }
    }

    /** What comes too late for this store finds nothing; a database that was closed under it is another matter. */
    private void requireClosed(ClosedDatabaseException thrown) {
        if (!closed) {
            throw thrown;
        }
    }

    /** Whether this thread is within a transaction of this store's database. */
    boolean within() {
        return database.within();
    }

    MaintenanceStore upkeep() {
        return new Upkeep(folder, entries, damage);
    }

    OpenFolder folder() {
        return folder;
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        if (type == TagStore.class && tagged) {
            TagStore store = this::removeTagged;
            return Optional.of(type.cast(store));
        }
        if (type == TouchStore.class && lifetimes.own()) {
            TouchStore<K> store = this::touch;
            return Optional.of(type.cast(store));
        }
        if (type == MaintenanceStore.class) {
            return Optional.of(type.cast(upkeep()));
        }
        return Store.super.capability(type);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        try {
            if (entries.watches()) {
                settle();
            }
        } finally {
            closed = true;
            folder.leave();
        }
    }
}
