package io.github.twatcache.spi;

/**
 * A format that values can be stored in, found by {@link java.util.ServiceLoader} and chosen by name, with the setting
 * {@code codec}. Its constructor does nothing.
 *
 * <pre>{@code
 * public final class MyFormat implements ValueFormat {
 *     public String name() { return "mine"; }
 *     public ValueCodec codec(ValueType type) { return new MyCodec(type); }
 * }
 * }</pre>
 */
public interface ValueFormat {
    /**
     * The word that chooses it.
     *
     * @return lower-case letters, digits and dashes, such as {@code "fory"}
     */
    String name();

    /**
     * Whether it can run here, and if not, what mends it: asked before each cache that is made with it.
     *
     * @return the availability; by default, that it can
     */
    default Availability availability() {
        return new Availability.Available();
    }

    /**
     * Makes the codec of one cache.
     *
     * @param type what the cache's values are, as far as known, and what may be in them
     * @return the codec, thread-safe
     * @throws io.github.twatcache.error.ConfigurationException when no value of that type could be written and read back,
     *     with what to do
     */
    ValueCodec codec(ValueType type);
}
