package io.github.twatcache.load;

import io.github.twatcache.function.Fn0;
import io.github.twatcache.spi.BulkStore;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.StaleStore;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.TagStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.TransactionStore;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Changes that users make to the entries of one cache.
 *
 * <p><b>Late results.</b> Whoever changes an entry (put, remove, clear, tag) first detaches the running load of its key,
 * or waits while that load is storing; then changes the store; then detaches once more, for a load that began in
 * between. So no call that begins after the change has returned can join an older load or be given its value. The store
 * itself takes a loaded value only where nothing is ({@link Guard#ABSENT}), which settles the rest.
 */
public final class Changes {
    private final InFlight inFlight;
    private final Store<Object> store;
    private final @Nullable StaleStore<Object> keeper;

    /**
     * Creates the way to a store.
     *
     * @param inFlight the loads of the cache
     * @param store its store
     */
    @SuppressWarnings("unchecked") // the store's keys are Objects
    public Changes(InFlight inFlight, Store<Object> store) {
        this.inFlight = inFlight;
        this.store = store;
        this.keeper = (StaleStore<Object>) store.capability(StaleStore.class).orElse(null);
    }

    /**
     * Stores a value that somebody puts.
     *
     * @param raw the key
     * @param value the value, not masked
     * @param terms on which it is kept
     * @param guard the condition
     * @return what became of it
     */
    public Outcome put(Object raw, @Nullable Object value, Terms terms, Guard guard) {
        Object key = inFlight.settled(raw);
        inFlight.requireOpen();
        inFlight.putByHand();
        inFlight.detach(key);
        Outcome outcome = store.put(key, Nil.mask(value), terms, guard);
        if (outcome == Outcome.STORED) {
            inFlight.detach(key);
            inFlight.tally().put();
        }
        return outcome;
    }

    /**
     * Stores values that somebody puts, in one step.
     *
     * @param bulk the store
     * @param puts the entries, their keys fit to be kept
     * @return what became of each
     */
    public List<Outcome> putAll(BulkStore<Object> bulk, List<BulkStore.Put<Object>> puts) {
        inFlight.requireOpen();
        puts.forEach(put -> inFlight.detach(put.key()));
        try {
            List<Outcome> outcomes = bulk.putAll(puts);
            for (Outcome outcome : outcomes) {
                if (outcome == Outcome.STORED) {
                    inFlight.tally().put();
                }
            }
            return outcomes;
        } finally {
            puts.forEach(put -> inFlight.detach(put.key()));
        }
    }

    /**
     * Removes an entry.
     *
     * @param raw the key
     * @param guard the condition
     * @return whether a live entry was removed
     */
    public boolean remove(Object raw, Guard guard) {
        Object key = inFlight.settled(raw);
        inFlight.requireOpen();
        inFlight.detach(key);
        boolean removed = store.remove(key, guard);
        inFlight.detach(key);
        return removed;
    }

    /**
     * Changes an entry in some way of the store's own.
     *
     * @param <R> what the change returns
     * @param <X> what it throws
     * @param key the key, fit to be kept
     * @param change changes the store
     * @return what it returned
     * @throws X what it throws
     */
    public <R extends @Nullable Object, X extends Exception> R change(Object key, Fn0<R, X> change) throws X {
        inFlight.requireOpen();
        inFlight.detach(key);
        try {
            return change.apply();
        } finally {
            inFlight.detach(key);
        }
    }

    /**
     * Makes many changes as one. No load of this cache is stored meanwhile: whoever changes an entry within need not wait
     * for one, which would wait for the store.
     *
     * @param <R> what the body returns
     * @param <X> what it throws
     * @param transactions the store's
     * @param body makes the changes
     * @return what the body returned
     * @throws X what the body throws
     */
    public <R extends @Nullable Object, X extends Exception> R together(TransactionStore transactions, Fn0<R, X> body)
            throws X {
        inFlight.requireOpen();
        return inFlight.together().<R, X>run(() -> transactions.call(body), inFlight::detachAll);
    }

    /** Removes all entries. */
    public void clear() {
        inFlight.requireOpen();
        inFlight.detachAll();
        store.clear();
        inFlight.detachAll();
    }

    /**
     * Removes all entries that carry a tag. What the running loads will be tagged with nobody knows, so all are
     * detached.
     *
     * @param tag the tag
     * @return how many were removed
     */
    public long removeTagged(String tag) {
        inFlight.requireOpen();
        inFlight.detachAll();
        long removed = store.capability(TagStore.class)
                .map(tagged -> tagged.removeTagged(tag))
                .orElse(0L);
        inFlight.detachAll();
        return removed;
    }

    /**
     * Has an entry be stale: calls are answered with it until it is computed anew. A computation that is running is not
     * stored, as though the entry had been removed.
     *
     * @param raw the key
     * @return whether there was a fresh entry
     */
    public boolean age(Object raw) {
        Object key = inFlight.settled(raw);
        return this.<Boolean, RuntimeException>change(key, () -> keeper != null && keeper.age(key));
    }

    /**
     * Has all entries that carry a tag be stale, and all running computations not be stored.
     *
     * @param tag the tag
     * @return how many there were
     */
    public long ageTagged(String tag) {
        return ageMany(keeper -> keeper.ageTagged(tag));
    }

    /**
     * Has all entries be stale, and all running computations not be stored.
     *
     * @return how many there were
     */
    public long ageAll() {
        return ageMany(StaleStore::ageAll);
    }

    private long ageMany(ToLongFunction<StaleStore<Object>> change) {
        inFlight.requireOpen();
        inFlight.detachAll();
        long aged = keeper == null ? 0 : change.applyAsLong(keeper);
        inFlight.detachAll();
        return aged;
    }
}
