package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.ClosedDatabaseException;
import io.github.twatcache.disk.sqlite.DamagedDatabaseException;
import io.github.twatcache.disk.sqlite.MovedDatabaseException;
import io.github.twatcache.error.CacheException;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.error.ResourceException;
import io.github.twatcache.spi.ByteCount;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.MaintenanceStore;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.stats.MissReason;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that outlasts its database: where that is found malformed, deleted, or replaced by another process, it is opened
 * anew, and the operation, which had no effect, is done again there, once.
 *
 * <p>Troubles with files and locks come out of it as failures of the engine, so that core does with them what it does with
 * any.
 */
final class SteadyStore<K> implements Store<K>, ByteCount {
    private static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.disk");

    private final StoreContext<K> context;
    private final Supplier<DiskStore<K>> opener;
    private volatile DiskStore<K> now;
    private volatile boolean closed;

    SteadyStore(StoreContext<K> context, Supplier<DiskStore<K>> opener) {
        this.context = context;
        this.opener = opener;
        this.now = steady(opener);
    }

    /** Opens, and once more where another process moved the database aside at that moment. */
    private static <K> DiskStore<K> steady(Supplier<DiskStore<K>> opener) {
        try {
            return opener.get();
        } catch (MovedDatabaseException | DamagedDatabaseException | ClosedDatabaseException meanwhile) {
            return opener.get();
        }
    }

    @Override
    public @Nullable Object get(K key) {
        DiskStore<K> store = now;
        try {
            return store.get(key);
        } catch (RuntimeException failed) {
            Object found = again(store, failed, other -> other.get(key));
            if (found == null) {
                missed(key, failed);
            }
            return found;
        }
    }

    @Override
    public @Nullable Entry entry(K key) {
        DiskStore<K> store = now;
        try {
            return store.entry(key);
        } catch (RuntimeException failed) {
            Entry found = again(store, failed, other -> other.entry(key));
            if (found == null) {
                missed(key, failed);
            }
            return found;
        }
    }

    private void missed(K key, RuntimeException why) {
        context.missed(key, why instanceof DamagedDatabaseException ? MissReason.UNDECODABLE : MissReason.ERROR);
    }

    @Override
    public Outcome put(K key, Object value, Terms terms, Guard guard) {
        return on(store -> store.put(key, value, terms, guard));
    }

    @Override
    public boolean remove(K key, Guard guard) {
        return on(store -> store.remove(key, guard));
    }

    @Override
    public void clear() {
        on(store -> {
            store.clear();
            return true;
        });
    }

    @Override
    public long size() {
        return on(DiskStore::size);
    }

    @Override
    public long weight() {
        return on(DiskStore::weight);
    }

    @Override
    public long bytes() {
        return on(DiskStore::bytes);
    }

    @Override
    public Cursor<K> entries() {
        return on(store -> new SteadyCursor<>(this, store));
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        Optional<C> own = now.capability(type);
        if (own.isEmpty()) {
            return own;
        }
        if (type == MaintenanceStore.class) {
            return Optional.of(type.cast(new SteadyUpkeep(this)));
        }
        return Optional.of(SteadyAbility.of(type, this));
    }

    <R extends @Nullable Object> R on(Function<DiskStore<K>, R> action) {
        DiskStore<K> store = now;
        try {
            return action.apply(store);
        } catch (RuntimeException failed) {
            return again(store, failed, action);
        }
    }

    /** What comes of an operation that has failed on a store: the same on the next one, where that may help. */
    private <R extends @Nullable Object> R again(
            DiskStore<K> store, RuntimeException failed, Function<DiskStore<K>, R> action) {
        DiskStore<K> next = renewed(store, failed);
        try {
            return action.apply(next);
        } catch (ResourceException trouble) {
            throw failure(trouble);
        }
    }

    /**
     * The store that takes the place of one on which something has failed.
     *
     * @throws RuntimeException the failure, where no other store would help
     */
    DiskStore<K> renewed(DiskStore<K> store, RuntimeException failed) {
        if (failed instanceof ResourceException trouble) {
            throw failure(trouble);
        }
        boolean damaged = failed instanceof DamagedDatabaseException;
        if (closed
                || store.within()
                || !(damaged
                        || failed instanceof MovedDatabaseException
                        || failed instanceof ClosedDatabaseException)) {
            throw failed;
        }
        try {
            return replaced(store, damaged);
        } catch (ResourceException trouble) {
            throw failure(trouble);
        }
    }

    /** The same where the failure is thrown in any case. */
    void renewedQuietly(DiskStore<?> store, RuntimeException failed) {
        DiskStore<K> there = now;
        if (there.equals(store)) {
            try {
                renewed(there, failed);
            } catch (RuntimeException noHelp) {
                if (noHelp != failed) {
                    failed.addSuppressed(noHelp);
                }
            }
        }
    }

    /** Has a database that was found malformed moved aside and built anew. */
    void rebuild() {
        DiskStore<K> store = now;
        if (store.within()) {
            throw new EngineException("the database " + store.folder()
                    + " is malformed and cannot be built anew within a transaction; call check(true) outside of it");
        }
        try {
            replaced(store, true);
        } catch (ResourceException trouble) {
            throw failure(trouble);
        }
    }

    private synchronized DiskStore<K> replaced(DiskStore<K> store, boolean damaged) {
        DiskStore<K> there = now;
        if (closed || !there.equals(store)) {
            return there;
        }
        store.folder().abandon(damaged);
        DiskStore<K> next = steady(opener);
        now = next;
        store.folder().leave();
        return next;
    }

    DiskStore<K> now() {
        return now;
    }

    static EngineException failure(CacheException trouble) {
        return new EngineException(String.valueOf(trouble.getMessage()), trouble);
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            now.close();
        } catch (MovedDatabaseException | DamagedDatabaseException | ClosedDatabaseException late) {
            LOG.debug("what was read last was not written down", late);
        } catch (ResourceException trouble) {
            throw failure(trouble);
        }
    }
}
