package io.github.twatcache.spi;

/** Turns values into bytes and back. No code of the value's class runs but constructors of records. */
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
     * @param bytes what {@link #encode} wrote
     * @return the masked value
     * @throws io.github.twatcache.error.SerializationException when the bytes are not such
     */
    Object decode(byte[] bytes);
}
