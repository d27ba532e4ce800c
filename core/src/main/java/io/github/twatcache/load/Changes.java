package io.github.twatcache.load;

import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.TagStore;
import io.github.twatcache.spi.Terms;
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

    /**
     * Creates the way to a store.
     *
     * @param inFlight the loads of the cache
     * @param store its store
     */
    public Changes(InFlight inFlight, Store<Object> store) {
        this.inFlight = inFlight;
        this.store = store;
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
        inFlight.detach(key);
        Outcome outcome = store.put(key, Nil.mask(value), terms, guard);
        if (outcome == Outcome.STORED) {
            inFlight.detach(key);
            inFlight.tally().put();
        }
        return outcome;
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
}
