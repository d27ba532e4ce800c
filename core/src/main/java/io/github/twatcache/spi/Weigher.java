package io.github.twatcache.spi;

import org.jspecify.annotations.Nullable;

/**
 * Says how heavy an entry is, once, when it is stored.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
@FunctionalInterface
public interface Weigher<K extends @Nullable Object, V extends @Nullable Object> {
    /**
     * Weighs an entry. It runs on the thread that stores, outside all locks.
     *
     * @param key the key
     * @param value the value; {@code null} where the value is null
     * @return the weight, 0 or more; an entry of weight 0 never makes another one leave
     */
    int weigh(K key, V value);
}
