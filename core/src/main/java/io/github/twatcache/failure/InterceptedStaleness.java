package io.github.twatcache.failure;

import io.github.twatcache.spi.StaleStore;
import io.github.twatcache.spi.StoreCall.Operation;
import io.github.twatcache.spi.Terms;
import org.jspecify.annotations.Nullable;

/** What is kept past its freshness, with interceptors round it: a look at an entry, and new lifetimes. */
record InterceptedStaleness(Intercepted store, StaleStore<Object> keeper) implements StaleStore<Object> {
    @Override
    public @Nullable Kept kept(Object key) {
        return store.<@Nullable Kept>around(Operation.ENTRY, key, () -> keeper.kept(key));
    }

    @Override
    public boolean age(Object key) {
        return store.around(Operation.TOUCH, key, () -> keeper.age(key));
    }

    @Override
    public long ageTagged(String tag) {
        return store.around(Operation.TOUCH, null, () -> keeper.ageTagged(tag));
    }

    @Override
    public long ageAll() {
        return store.around(Operation.TOUCH, null, keeper::ageAll);
    }

    @Override
    public boolean retime(Object key, Terms terms) {
        return store.around(Operation.TOUCH, key, () -> keeper.retime(key, terms));
    }
}
