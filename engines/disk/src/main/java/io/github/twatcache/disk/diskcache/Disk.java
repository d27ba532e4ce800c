package io.github.twatcache.disk.diskcache;

import io.github.twatcache.spi.ValueCodec;
import org.jspecify.annotations.Nullable;

/** What Python calls a Disk: how keys and values are turned into what stands in rows. */
interface Disk {
    /**
     * Writes a key.
     *
     * @param key a String, a Long or a byte[]
     * @return what stands in the row
     * @throws io.github.twatcache.error.KeyException when it cannot stand there
     */
    DbKey key(Object key);

    /**
     * Reads a key back.
     *
     * @param key what stands in a row
     * @return a String, a Long or a byte[]; null where Java has no name for it
     */
    @Nullable Object plain(DbKey key);

    /** Whether bytes are keys. */
    boolean hasBytes();

    Values values(ValueCodec codec);
}
