package io.github.twatcache.files.store;

import io.github.twatcache.spi.StaleStore;
import io.github.twatcache.spi.Terms;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What a store keeps past its freshness, for all processes: who makes an entry stale writes that into its {@code entry.json}. */
record FilesStaleness<K>(Desk<K> desk, Reading<K> reading, Writing<K> writing, BooleanSupplier closed)
        implements StaleStore<K> {
    @Override
    public @Nullable Kept kept(K key) {
        return closed.getAsBoolean() ? null : reading.kept(key, desk.coded(key), writing::setAside);
    }

    @Override
    public boolean age(K key) {
        return !closed.getAsBoolean() && writing.age(desk.coded(key).digest());
    }

    @Override
    public long ageTagged(String tag) {
        return closed.getAsBoolean() ? 0L : writing.ageAll(tag);
    }

    @Override
    public long ageAll() {
        return closed.getAsBoolean() ? 0L : writing.ageAll(null);
    }

    @Override
    public boolean retime(K key, Terms terms) {
        return !closed.getAsBoolean() && writing.retime(desk.coded(key).digest(), terms);
    }
}
