package io.github.twatcache.disk.store;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Settings;
import io.github.twatcache.disk.DiskSettings;
import io.github.twatcache.disk.front.Front;
import io.github.twatcache.disk.front.Handing;
import io.github.twatcache.disk.front.Stripes;
import io.github.twatcache.disk.sqlite.ClosedDatabaseException;
import io.github.twatcache.disk.sqlite.Database;
import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Work;
import io.github.twatcache.error.ResourceException;
import io.github.twatcache.spi.BulkStore;
import io.github.twatcache.spi.ByteCount;
import io.github.twatcache.spi.CellStore;
import io.github.twatcache.spi.CounterStore;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Leases;
import io.github.twatcache.spi.MaintenanceStore;
import io.github.twatcache.spi.OrderedStore;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.QueueStore;
import io.github.twatcache.spi.StaleStore;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.StreamStore;
import io.github.twatcache.spi.TagStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.TouchStore;
import io.github.twatcache.spi.TransactionStore;
import io.github.twatcache.stats.MissReason;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cache's entries in the native format. A look-up is one statement that reads; a change is one transaction, which may be
 * shared with those of other threads.
 */
final class DiskStore<K> implements Store<K>, ByteCount {
    private static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.disk");
    private static final int STEP = 256;
    private static final int SETTLED = 1_024;

    private final OpenFolder folder;
    private final Database database;
    private final Space space;
    private final StoreContext<K> context;
    private final Values values;
    private final Lifetimes lifetimes;
    private final Entries<K> entries;
    private final Versions versions;
    private final boolean tagged;
    private final boolean reports;
    private final @Nullable Front<K, Kept> front;
    private final Desk<K> desk;
    private final Contents<K> contents;
    private final Storing<K> storing;
    private final Walks<K> walks;
    private final DiskLeases<K> leases;

    /** The same each time, so that it waits but once. */
    private final Work<Boolean> settling = this::settle;

    DiskStore(
            OpenFolder folder,
            CacheSpec spec,
            StoreContext<K> context,
            Space space,
            Versions versions,
            long fileThreshold,
            Tenancy tenancy,
            Consumer<Limits> limits) {
        this.folder = folder;
        this.database = folder.database();
        this.context = context;
        this.values = new Values(context.values(), folder.modes());
        this.tagged = spec.on(Settings.TAGS);
        this.space = space;
        this.versions = versions;
        this.lifetimes = new Lifetimes(spec, context.clock());
        Departures<K> departures = new Departures<>(context, values, folder.files());
        this.reports = departures.whole();
        limits.accept(space.limits());
        this.entries = new Entries<>(space, lifetimes, departures, folder.numbers(), this::sortable, limits);
        this.front = spec.get(DiskSettings.FRONT, true)
                ? new Front<>(
                        folder.stripes(),
                        Math.toIntExact(spec.get(DiskSettings.FRONT_ENTRIES, 16_384L)),
                        spec.get(DiskSettings.FRONT_BYTES, 64L << 20))
                : null;
        this.desk = new Desk<>(folder, space, context, values, lifetimes, entries, fileThreshold, tagged, tenancy);
        this.contents = new Contents<>(desk);
        this.storing = new Storing<>(desk, contents);
        this.walks = new Walks<>(desk, contents);
        this.leases = new DiskLeases<>(this, desk, contents, storing);
        desk.tenure().begin();
    }

    private byte[] sortable(K key) {
        return desk.sortable(key);
    }

    @Override
    public @Nullable Object get(K key) {
        Front<K, Kept> warm = front == null || database.within() ? null : front;
        Front.Held<K, Kept> held = warm == null ? null : warm.get(key);
        if (held != null && used(held.found())) {
            return desk.closed() ? null : held.value();
        }
        byte[] encoded = desk.encoded(key);
        long find = Seal.find(encoded);
        int stripe = Stripes.stripe(find);
        // Before the database is read: what is committed after this moves it.
        long stamp = folder.stripes().stamp(stripe);
        Found found = desk.read(link -> Found.read(link, space.id(), find, encoded));
        if (found == null) {
            missed(key, encoded, find, false);
            return null;
        }
        Lifetime mortal = found.lifetime().mortal();
        long now = mortal == null ? 0 : lifetimes.now();
        if (mortal != null && !entries.finds(found.id(), mortal, now)) {
            if (!entries.keeps(found.id(), mortal, now)) {
                missed(key, encoded, find, true);
            }
            return null;
        }
        Contents.Content content = contents.of(key, encoded, find, found);
        if (content == null) {
            return null;
        }
        Kept kept = kept(content.found());
        if (warm != null) {
            keep(warm, key, encoded, stripe, stamp, content, kept);
        }
        note(kept, now);
        return content.value();
    }

    /** Says why a look-up finds nothing. */
    private void missed(K key, byte[] encoded, long find, boolean expired) {
        if (expired) {
            context.missed(key, MissReason.EXPIRED);
        } else if (!entries.missed(key, find) && outdated(encoded, find)) {
            context.outdated(key);
        }
    }

    private boolean outdated(byte[] encoded, long find) {
        return !versions.spaces().isEmpty()
                && Boolean.TRUE.equals(desk.read(link -> versions.hold(link, find, encoded, lifetimes.now())));
    }

    /** Keeps what was read on the heap, unless the key might change. */
    void keep(Front<K, Kept> warm, K key, byte[] encoded, int stripe, long stamp, Contents.Content content, Kept kept) {
        K settled = context.settled(key);
        if (settled == key || settled.equals(key)) {
            int size = encoded.length + 2 * content.length() + Front.OVERHEAD;
            int mode = content.found().mode();
            Handing handing =
                    Handing.of(content.value(), content.bytes(), bytes -> values.decode(mode, encoded, bytes));
            warm.put(settled, stripe, stamp, size, kept, handing);
        }
    }

    /** Whether look-ups find what was read. */
    boolean finds(Found found) {
        Lifetime mortal = found.lifetime().mortal();
        return mortal == null || entries.finds(found.id(), mortal, lifetimes.now());
    }

    /** What a look-up on the heap needs of an entry: when it dies, null where never, and where its uses are noted. */
    record Kept(@Nullable Lifetime mortal, Uses.Tab tab) {}

    Kept kept(Found found) {
        return new Kept(found.lifetime().mortal(), entries.uses().tab(found.id()));
    }

    /** Notes a use of an entry; says whether it lives. */
    boolean used(Kept kept) {
        Lifetime mortal = kept.mortal;
        long now = 0;
        if (mortal != null) {
            now = lifetimes.now();
            if (!entries.finds(kept.tab.id(), mortal, now)) {
                return false;
            }
        }
        note(kept, now);
        return true;
    }

    /** Who reads never waits for a lock: what there is too much of is written beside him. */
    private void note(Kept kept, long now) {
        boolean renews = kept.mortal != null && kept.mortal.renewed();
        if (entries.note(kept.tab, renews ? now : 0)) {
            database.writeLater(settling);
        }
    }

    @Override
    public @Nullable Entry entry(K key) {
        byte[] encoded = desk.encoded(key);
        long find = Seal.find(encoded);
        Row row = desk.read(link -> Rows.read(link, space.id(), find, encoded));
        long now = row == null ? 0 : lifetimes.now();
        if (row == null || !entries.lives(row.id(), row.lifetime(), now)) {
            missed(key, encoded, find, row != null);
            return null;
        }
        Contents.Content content = contents.of(key, encoded, find, Found.of(row));
        if (content == null) {
            return null;
        }
        Terms terms = Lifetimes.terms(row, entries.now(row.id(), row.lifetime()), tags(row.id()), now);
        return new Entry(content.value(), new Mark(row.id(), row.version()), terms);
    }

    /** The tags of an entry; none where tags are off. */
    Set<String> tags(long id) {
        Set<String> tags = tagged ? desk.read(link -> Tags.of(link, id)) : null;
        return tags == null ? Set.of() : tags;
    }

    @Override
    public Outcome put(K key, Object value, Terms terms, Guard guard) {
        return storing.put(key, value, terms, guard);
    }

    @Override
    public boolean remove(K key, Guard guard) {
        byte[] encoded = desk.encoded(key);
        long find = Seal.find(encoded);
        return desk.write(link -> entries.remove(link, key, encoded, find, guard), false);
    }

    @Override
    public void clear() {
        if (!reports) {
            desk.write(link -> entries.clear(link, null), 0L);
            return;
        }
        String holder = folder.process().name();
        long life = desk.write(link -> entries.clear(link, holder), 0L);
        while (desk.write(link -> entries.bury(link, life, STEP), false)) {
            if (desk.closed()) {
                return;
            }
        }
    }

    private boolean touch(K key, long nanos) {
        byte[] encoded = desk.encoded(key);
        long find = Seal.find(encoded);
        return desk.write(link -> entries.touch(link, key, encoded, find, nanos), false);
    }

    private long removeTagged(String tag) {
        long end = desk.end();
        long removed = 0;
        while (true) {
            long some = desk.write(link -> entries.removeTagged(link, tag, end, STEP), -1L);
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
            desk.requireClosed(late);
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
        return after(0);
    }

    Walks<K> walks() {
        return walks;
    }

    /** The entries that came after one of that number. */
    EntryCursor<K> after(long id) {
        return walks.after(id);
    }

    private boolean settle(Link link) throws SQLException {
        if (!desk.closed()) {
            entries.settle(link, SETTLED);
            link.afterCommit(desk.tenure()::wroteBeside);
        }
        return true;
    }

    /** Whether this thread is within a transaction of this store's database. */
    boolean within() {
        return database.within();
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
        return Optional.ofNullable(ability(type)).or(() -> Store.super.capability(type));
    }

    MaintenanceStore upkeep() {
        return new Upkeep(folder, entries, desk.damage, desk::wrote);
    }

    /** What a class of its own does; null where it is nothing of that. */
    private <C> @Nullable C ability(Class<C> type) {
        Object able = null;
        if (type == BulkStore.class) {
            able = new DiskBulk<>(this, desk, contents, storing, front);
        } else if (type == CellStore.class) {
            able = new DiskCells(desk);
        } else if (type == CounterStore.class) {
            able = new DiskCounters<>(desk, contents);
        } else if (type == Leases.class) {
            able = leases;
        } else if (type == MaintenanceStore.class) {
            able = upkeep();
        } else if (type == OrderedStore.class) {
            able = walks;
        } else if (type == QueueStore.class) {
            able = new DiskQueues<>(desk, storing);
        } else if (type == StaleStore.class && lifetimes.keeps()) {
            able = new DiskStaleness<>(this, desk, contents);
        } else if (type == StreamStore.class) {
            able = new DiskStreams<>(this, desk, contents, storing);
        } else if (type == TransactionStore.class) {
            able = new DiskTransactions(desk);
        }
        return type.cast(able);
    }

    @Override
    public void close() {
        if (desk.closed()) {
            return;
        }
        try {
            if (entries.watches()) {
                desk.write(settling, false);
            }
        } catch (ResourceException untold) {
            LOG.debug("what was read last of {} could not be written down", database, untold);
        } finally {
            Footprint.Size values = desk.tenure().values();
            desk.close();
            try {
                leases.close();
            } finally {
                folder.leave();
                desk.tenure().end(values);
            }
        }
    }
}
