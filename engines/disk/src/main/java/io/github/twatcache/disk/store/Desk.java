package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.ClosedDatabaseException;
import io.github.twatcache.disk.sqlite.Database;
import io.github.twatcache.disk.sqlite.Work;
import io.github.twatcache.key.Digest;
import io.github.twatcache.spi.KeyCodec;
import io.github.twatcache.spi.StoreContext;
import org.jspecify.annotations.Nullable;

/** What everything that is done to one cache's store shares: where it is, how keys and values are written, whether it is open. */
final class Desk<K> {
    final OpenFolder folder;
    final Space space;
    final StoreContext<K> context;
    final Values values;
    final Lifetimes lifetimes;
    final Entries<K> entries;
    final Damage damage;
    final long fileThreshold;
    final boolean tagged;
    private final KeyCodec<K> keys;
    private final boolean wholeKeys;
    private final Tenure tenure;
    private volatile boolean closed;

    Desk(
            OpenFolder folder,
            Space space,
            StoreContext<K> context,
            Values values,
            Lifetimes lifetimes,
            Entries<K> entries,
            long fileThreshold,
            boolean tagged,
            Tenancy tenancy) {
        this.folder = folder;
        this.space = space;
        this.context = context;
        this.values = values;
        this.lifetimes = lifetimes;
        this.entries = entries;
        this.damage = new Damage(folder, space, entries.departures());
        this.fileThreshold = fileThreshold;
        this.tagged = tagged;
        this.keys = context.keys();
        this.wholeKeys = keys.decodable();
        this.tenure = new Tenure(this, tenancy, context.directory());
    }

    Tenure tenure() {
        return tenure;
    }

    /** Notes that something was committed. */
    void wrote() {
        if (!DiskTransactions.within()) {
            folder.leases().tell(database());
        }
        tenure.wrote();
    }

    Database database() {
        return folder.database();
    }

    /** What stands for a key in the database: all of it where it can be read back, else its SHA-256. */
    byte[] encoded(K key) {
        byte[] bytes = keys.encoded(key);
        return wholeKeys ? bytes : Digest.of(bytes).toBytes();
    }

    /** What a key in the database stands for. */
    K decoded(byte[] key) {
        return keys.decode(key);
    }

    /** Bytes that sort as the keys do, where keys can be read back; where not, in an order that is always the same. */
    byte[] sortable(K key) {
        return wholeKeys ? keys.ordered(key) : encoded(key);
    }

    /** The same of a stored key. */
    byte[] sortable(byte[] key) {
        return wholeKeys ? keys.ordered(keys.decode(key)) : key;
    }

    boolean closed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    /**
     * A number that is greater than those of all entries there are. What walks over many stops there: what others store
     * meanwhile is not its business, and they may be faster.
     */
    long end() {
        Long next = read(link -> link.number("SELECT next FROM serial", 0));
        return next == null ? 0 : next;
    }

    /** Looks for something; {@code null} where there is none, or the store is closed. */
    <R> @Nullable R read(Work<R> work) {
        if (closed) {
            return null;
        }
        try {
            return database().find(work);
        } catch (ClosedDatabaseException late) {
            requireClosed(late);
            return null;
        }
    }

    /** Changes something, or says what a closed store says. */
    <R> R write(Work<R> work, R late) {
        if (closed) {
            return late;
        }
        try {
            R result = database().write(work);
            wrote();
            return result;
        } catch (ClosedDatabaseException closedMeanwhile) {
            requireClosed(closedMeanwhile);
            return late;
        }
    }

    /** What comes too late for this store finds nothing; a database that was closed under it is another matter. */
    void requireClosed(ClosedDatabaseException thrown) {
        if (!closed) {
            throw thrown;
        }
    }

    /** Changes something that nobody may believe to be done where it is not. */
    <R> R change(Work<R> work) {
        requireOpen();
        R result = database().write(work);
        wrote();
        return result;
    }

    /** Refuses to go on in a closed store. */
    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the cache is closed; open it anew");
        }
    }
}
