package io.github.twatcache;

import io.github.twatcache.config.Mode;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.error.ValueException;
import io.github.twatcache.load.Judge;
import io.github.twatcache.load.Unfit;
import io.github.twatcache.spi.BulkStore;
import io.github.twatcache.spi.BulkStore.Put;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.stats.MissReason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Many entries of one cache at once: in one step of the store where it can do that, else one after the other. */
final class Many {
    private final CacheCore core;
    private final @Nullable BulkStore<Object> bulk;

    @SuppressWarnings("unchecked") // the store's keys are Objects
    Many(CacheCore core) {
        this.core = core;
        this.bulk = (BulkStore<Object>) core.store.capability(BulkStore.class).orElse(null);
    }

    /**
     * One entry that somebody puts.
     *
     * @param raw the key
     * @param value the value, not masked
     * @param judge decides on what terms it is kept
     */
    record Given(Object raw, @Nullable Object value, Judge judge) {}

    void put(List<Given> all) {
        core.inFlight.requireOpen();
        if (bulk == null || all.size() < 2 || core.inFlight.mode() != Mode.ON) {
            for (Given one : all) {
                core.put(one.raw, one.value, Terms.PLAIN, Guard.ANY, one.judge);
            }
            return;
        }
        List<Put<Object>> puts = new ArrayList<>();
        for (Given one : all) {
            Object key = core.keys.settled(one.raw);
            core.tell("put", key);
            try {
                Terms terms = core.judged(one.judge, key, one.value, Terms.PLAIN);
                puts.add(new Put<>(key, Nil.mask(core.copied(one.value)), terms, Guard.ANY));
            } catch (Unfit unfit) {
                // Its life would be over at once: what was there must not outlive it.
                core.tally.unstored(unfit.reason());
                core.changes.remove(key, Guard.ANY);
            }
        }
        ValueException refused = null;
        List<Outcome> outcomes = core.changes.putAll(bulk, puts);
        for (int i = 0; i < outcomes.size(); i++) {
            try {
                core.requireStored(outcomes.get(i), puts.get(i).terms(), Guard.ANY);
            } catch (ValueException one) {
                refused = refused == null ? one : refused;
            }
        }
        if (refused != null) {
            throw refused;
        }
    }

    /**
     * What look-ups of many keys find, by key; {@code null} where each key is to be looked up by itself.
     *
     * @param reasons takes why others are not found, where the engine says it
     */
    @Nullable Map<Object, Object> find(Collection<Object> raws, Map<Object, MissReason> reasons) {
        if (bulk == null || raws.size() < 2 || !core.inFlight.mode().finds()) {
            return null;
        }
        try {
            return core.tally.lookingUpMany(reasons, () -> bulk.getAll(raws));
        } catch (EngineException failed) {
            return null;
        }
    }
}
