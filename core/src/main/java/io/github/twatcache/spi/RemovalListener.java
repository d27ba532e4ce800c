package io.github.twatcache.spi;

import io.github.twatcache.stats.RemovalCause;
import org.jspecify.annotations.Nullable;

/**
 * Is told of every entry that left a cache.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
@FunctionalInterface
public interface RemovalListener<K extends @Nullable Object, V extends @Nullable Object> {
    /**
     * Receives one removal, after it has happened, outside all locks, in the process that removed. It may use the cache.
     * What it throws is logged and goes no further.
     *
     * @param key the key that left
     * @param value the value that left; {@code null} where the value is null
     * @param cause why it left
     */
    void removed(K key, V value, RemovalCause cause);
}
