package io.github.twatcache.spi;

/**
 * A store whose entries have lifetimes of their own; every store with {@link Trait#PER_ENTRY_EXPIRY} is one when
 * {@code per-entry-expiry} is on.
 *
 * @param <K> the type of the keys
 */
public interface TouchStore<K> {
    /**
     * Gives a live entry a new lifetime and leaves its value; not a use.
     *
     * @param key the masked key
     * @param nanos the lifetime from now, in nanoseconds; {@link Terms#FOREVER} for no end
     * @return whether there was a live entry
     */
    boolean touch(K key, long nanos);
}
