package io.github.twatcache.spi;

import org.jspecify.annotations.Nullable;

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

    /**
     * Sees whether a value is one that the cache may hold now: for stores that read some values without the codec.
     *
     * @param value the masked value
     * @throws io.github.twatcache.error.SerializationException when it is of another type
     */
    default void check(Object value) {}

    /**
     * Begins to prove who has written a value that passes as a stream and is stored as it is, without being encoded
     * ({@link StreamStore}). The store keeps the tag behind the value, and hands out none whose tag is not the same.
     *
     * @param key the bytes of the key
     * @return what takes the value's bytes as they pass; {@code null} where values are not signed
     */
    default @Nullable Proof proof(byte[] key) {
        return null;
    }

    /** Takes the bytes of one value and makes a tag of them. For one thread. */
    interface Proof {
        /** How many bytes every tag has. */
        int TAG_BYTES = 32;

        /**
         * Takes the next bytes.
         *
         * @param bytes where they are
         * @param from where they begin
         * @param length how many they are
         */
        void update(byte[] bytes, int from, int length);

        /**
         * Ends the value.
         *
         * @return the tag over all that was taken, to be compared by {@link java.security.MessageDigest#isEqual}
         */
        byte[] tag();
    }
}
