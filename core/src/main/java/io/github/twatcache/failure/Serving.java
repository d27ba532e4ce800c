package io.github.twatcache.failure;

import io.github.twatcache.error.EngineException;
import io.github.twatcache.error.ReadOnlyException;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.Terms;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A guarded store as loads see it: what the engine does not answer is computed, and what it does not take is returned
 * unstored. An entry that a refresh could neither see nor replace is given up, since whoever has seen the new value must
 * not get the old one again.
 *
 * <p>A call that has waited for the engine in vain does not ask it again: a hanging engine costs a call one time limit.
 */
final class Serving implements Store<Object> {
    private final Guarded guarded;

    Serving(Guarded guarded) {
        this.guarded = guarded;
    }

    @Override
    public @Nullable Object get(Object key) {
        return guarded.lookUp(key);
    }

    /** Asked by a refresh, as the first thing that it does. */
    @Override
    public @Nullable Entry entry(Object key) {
        return guarded.entryToRenew(key);
    }

    @Override
    public Outcome put(Object key, Object value, Terms terms, Guard guard) {
        try {
            return guarded.keep(key, value, terms, guard);
        } catch (EngineException | ReadOnlyException failed) {
            if (guard instanceof Guard.Seen) {
                guarded.stones.place(key);
            }
            throw failed;
        }
    }

    @Override
    public boolean remove(Object key, Guard guard) {
        try {
            boolean taken = guarded.take(key, guard);
            if (!taken) {
                // The entry may have been seen in the standby, and the engine's own be another.
                guarded.giveUp(key);
            }
            return taken;
        } catch (EngineException | ReadOnlyException failed) {
            guarded.stones.place(key);
            return false;
        }
    }

    @Override
    public void clear() {
        guarded.clear();
    }

    @Override
    public long size() {
        return guarded.size();
    }

    @Override
    public Cursor<Object> entries() {
        return guarded.entries();
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return guarded.capability(type);
    }

    @Override
    public Optional<String> lacking(Class<?> type) {
        return guarded.lacking(type);
    }

    @Override
    public void close() {
        guarded.close();
    }
}
