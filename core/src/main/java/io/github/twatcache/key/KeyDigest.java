package io.github.twatcache.key;

/**
 * How bulk content (a primitive array or a string of more than 4,096 bytes) enters the canonical encoding of a key.
 *
 * <p>The equality of two digests is taken for the equality of the content.
 */
public enum KeyDigest {
    /**
     * Whole, undigested: the encoding can be read back. What data keys use.
     */
    NONE,

    /**
     * As its XXH3-128, at the speed of memory. Two contents that differ by accident share a digest with a chance of
     * about 2^-64 among 2^32 of them; one who wants them to can make it happen.
     */
    XXH3_128,

    /** As its SHA-256: for input that others choose and may choose to harm. About ten times slower than XXH3-128. */
    SHA_256
}
