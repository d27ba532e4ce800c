package io.github.twatcache.spi;

import java.util.Optional;

/**
 * A way to make bytes fewer, found by {@link java.util.ServiceLoader} and chosen by name, with the setting
 * {@code compress}. Thread-safe.
 */
public interface Compressor {
    /**
     * The word that chooses it; it stands with each compressed value.
     *
     * @return 1 to 32 of lower-case ASCII letters, digits and dashes, such as {@code "zstd"}
     */
    String name();

    /**
     * Whether it can run here, and if not, what mends it.
     *
     * @return the availability; by default, that it can
     */
    default Availability availability() {
        return new Availability.Available();
    }

    /**
     * The levels that it can be set to, with the setting {@code compress-level}: the higher, the smaller and the slower.
     *
     * @return the levels; empty where there is but one, as by default
     */
    default Optional<Levels> levels() {
        return Optional.empty();
    }

    /**
     * The same at another level. What it has compressed is decompressed by each.
     *
     * @param level one of {@link #levels}
     * @return the compressor, of the same name
     * @throws UnsupportedOperationException where there are no levels
     */
    default Compressor at(int level) {
        throw new UnsupportedOperationException(name() + " has no levels, and was asked for " + level);
    }

    /**
     * Levels.
     *
     * @param least the fastest
     * @param most the one that makes least of it
     */
    record Levels(int least, int most) {
        /**
         * Whether a level is one of them.
         *
         * @param level the level
         * @return whether it is
         */
        public boolean hold(long level) {
            return level >= least && level <= most;
        }
    }

    /**
     * Compresses.
     *
     * @param bytes what is to become smaller
     * @return the compressed bytes, which may be more
     */
    byte[] compress(byte[] bytes);

    /**
     * Undoes {@link #compress}. The bytes may be anybody's: whatever they are, no more memory is taken than a fixed
     * multiple of the length that is expected, and nothing outside of the arrays is touched.
     *
     * @param bytes holds the compressed bytes
     * @param offset where they begin
     * @param length how many they are
     * @param expected how many bytes come out; the caller has checked that it is no more than it allows
     * @return exactly that many bytes
     * @throws io.github.twatcache.error.SerializationException when the bytes are not such, or another number comes out
     */
    byte[] decompress(byte[] bytes, int offset, int length, int expected);
}
