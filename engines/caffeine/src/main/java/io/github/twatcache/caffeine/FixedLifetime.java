package io.github.twatcache.caffeine;

import com.github.benmanes.caffeine.cache.Expiry;

/**
 * One lifetime for all entries, from their storing.
 *
 * <p>Caffeine's {@code expireAfterWrite} does not notice a second write within one second of the first; its variable
 * expiry takes each write at its own time, for the same number of bytes per entry.
 */
final class FixedLifetime<K> implements Expiry<K, Object> {
    private final long nanos;

    FixedLifetime(long nanos) {
        this.nanos = nanos;
    }

    @Override
    public long expireAfterCreate(K key, Object value, long currentTime) {
        return nanos;
    }

    @Override
    public long expireAfterUpdate(K key, Object value, long currentTime, long currentDuration) {
        return nanos;
    }

    @Override
    public long expireAfterRead(K key, Object value, long currentTime, long currentDuration) {
        return currentDuration;
    }
}
