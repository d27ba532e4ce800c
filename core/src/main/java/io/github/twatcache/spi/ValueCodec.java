package io.github.twatcache.spi;

import io.github.twatcache.error.SerializationException;
import java.util.Arrays;
import java.util.Optional;
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
     * Reads the value of a key from the beginning of an array that is used again afterwards: of which the value keeps
     * nothing.
     *
     * @param key the bytes of the key
     * @param bytes the array that begins with what {@link #encode(byte[], Object)} wrote for that key
     * @param length how many bytes that were
     * @return the masked value
     * @throws io.github.twatcache.error.SerializationException when the bytes are not such
     */
    default Object decode(byte[] key, byte[] bytes, int length) {
        return decode(key, Arrays.copyOf(bytes, length));
    }

    /**
     * What values are, as far as it is known: for stores that keep some values in a form of their own, and must hand out
     * none of another type.
     *
     * @return the class that every value but {@link Nil} is an instance of
     */
    default Class<?> type() {
        return Object.class;
    }

    /**
     * What compresses a value that is not written by this codec.
     *
     * @param length how many bytes it has
     * @return the compressor; empty where values of that length are not to be compressed
     */
    default Optional<Compressor> compressor(long length) {
        return Optional.empty();
    }

    /**
     * What undoes a compressor, whatever is set now.
     *
     * @param name the compressor's name
     * @param length how many bytes come out
     * @return the compressor
     * @throws io.github.twatcache.error.SerializationException when it is not present, or more would come out than the cache
     *     allows
     */
    default Compressor decompressor(String name, long length) {
        throw new SerializationException("a stored value was compressed by '" + name + "', which is not present");
    }

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
