package io.github.twatcache.spi;

/** A store that accounts for the bytes of its entries, whether or not they are bounded. */
public interface ByteCount {
    /**
     * What the live entries take: keys, values, a fixed overhead for each.
     *
     * @return the bytes; cheap to ask for
     */
    long bytes();
}
