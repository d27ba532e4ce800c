package io.github.twatcache;

import io.github.twatcache.function.Fn1;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A cache of data that knows how to compute its values. */
final class LoadingDataCache<K, V extends @Nullable Object, X extends Exception> extends DataCache<K, V>
        implements LoadingCache<K, V, X> {
    private final Fn1<? super K, ? extends V, X> loader;

    LoadingDataCache(Building.Made made, Fn1<? super K, ? extends V, X> loader) {
        super(made);
        this.loader = loader;
    }

    @Override
    public V get(K key) throws X {
        return get(key, loader);
    }

    @Override
    public V refresh(K key) throws X {
        return Cast.to(core.<X>refresh(keyOf(key), () -> loader.apply(key), judge(key)));
    }

    @Override
    public Map<K, V> getAll(Iterable<? extends K> keys) throws X {
        Objects.requireNonNull(keys, "keys");
        return getAll(keys, missing -> {
            Map<K, V> computed = new LinkedHashMap<>();
            for (K key : missing) {
                computed.put(key, loader.apply(key));
            }
            return computed;
        });
    }

    @Override
    public long warm(Iterable<? extends K> keys) throws X {
        Objects.requireNonNull(keys, "keys");
        return warm(keys, loader);
    }
}
