package io.github.twatcache;

import org.jspecify.annotations.Nullable;

/**
 * A cache that knows how to compute its values.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @param <X> what the computation throws
 */
public interface LoadingCache<K, V extends @Nullable Object, X extends Exception> extends Cache<K, V> {
    /**
     * Looks a value up, or computes and stores it; as {@link Cache#get}.
     *
     * @param key the key
     * @return the value
     * @throws X exactly what the computation throws
     */
    V get(K key) throws X;

    /**
     * Computes a value anew and stores it, though one is there. Others are answered with the old one meanwhile.
     *
     * @param key the key
     * @return the new value
     * @throws X exactly what the computation throws; the old value stays then
     */
    V refresh(K key) throws X;
}
