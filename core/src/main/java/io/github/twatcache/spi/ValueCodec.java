package io.github.twatcache.spi;

/**
 * Turns values into bytes and back. No code of the value's class runs but constructors of records. Thread-safe.
 *
 * <p>A store that keeps bytes calls the forms that take the key: so a value that is signed cannot be passed off as that of
 * another key.
 */
public interface ValueCodec {
    /**
     * Names the format; it stands with each stored entry, and another name is a miss.
     *
     * @return the id, such as {@code "canonical-1"}
     */
    String id();

    /**
     * Writes a value.
     *
     * @param value the masked value
     * @return the bytes
     * @throws io.github.twatcache.error.SerializationException when the value's class is not one that may be written
     */
    byte[] encode(Object value);

    /**
     * Reads a value.
     *
     * @param bytes what {@link #encode(Object)} wrote
     * @return the masked value
     * @throws io.github.twatcache.error.SerializationException when the bytes are not such
     */
    Object decode(byte[] bytes);

    /**
     * Writes the value of a key.
     *
     * @param key the bytes of the key, as {@link KeyCodec#encoded} gives them
     * @param value the masked value
     * @return the bytes
     * @throws io.github.twatcache.error.SerializationException when the value's class is not one that may be written
     */
    default byte[] encode(byte[] key, Object value) {
        return encode(value);
    }

    /**
     * Reads the value of a key.
     *
     * @param key the bytes of the key
     * @param bytes what {@link #encode(byte[], Object)} wrote for that key
     * @return the masked value
     * @throws io.github.twatcache.error.SerializationException when the bytes are not such
     */
    default Object decode(byte[] key, byte[] bytes) {
        return decode(bytes);
    }
}
