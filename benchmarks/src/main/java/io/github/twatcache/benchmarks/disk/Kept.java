package io.github.twatcache.benchmarks.disk;

import org.jspecify.annotations.Nullable;

/** A store of bytes by number that is open. */
interface Kept extends AutoCloseable {
    byte @Nullable [] get(long key);

    void put(long key, byte[] value);

    @Override
    void close();
}
