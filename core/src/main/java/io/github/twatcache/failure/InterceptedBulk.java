package io.github.twatcache.failure;

import io.github.twatcache.spi.BulkStore;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.StoreCall.Operation;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Many at once, with interceptors round it: they see each key, as they do with a store that does the same one after the
 * other, and one key that is refused refuses the step.
 */
record InterceptedBulk(Intercepted store, BulkStore<Object> bulk) implements BulkStore<Object> {
    @Override
    public Map<Object, Object> getAll(Collection<? extends Object> keys) {
        return store.aroundEach(Operation.GET, keys, () -> bulk.getAll(keys));
    }

    @Override
    public List<Outcome> putAll(List<Put<Object>> puts) {
        return store.aroundEach(Operation.PUT, puts.stream().map(Put::key).toList(), () -> bulk.putAll(puts));
    }
}
