package io.github.twatcache;

import java.util.Map;
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

    /**
     * Looks many values up, and computes those that are missing one after the other; where one call computes many at once,
     * there is {@link Cache#getAll}.
     *
     * @param keys the keys; repeated ones count once
     * @return the values, in the order of the keys; unmodifiable
     * @throws X exactly what the computation throws, at the first key where it does; nothing that was missing is stored then
     */
    Map<K, V> getAll(Iterable<? extends K> keys) throws X;

    /**
     * Computes what is missing, one key after the other.
     *
     * @param keys the keys
     * @return how many were computed here
     * @throws X exactly what the computation throws, at the first key where it does; what came before is stored
     */
    long warm(Iterable<? extends K> keys) throws X;
}
