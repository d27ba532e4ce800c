package io.github.twatcache.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns keys into bytes that are the same in every JVM, run, locale and charset.
 *
 * @param <K> the type of the keys
 */
public interface KeyCodec<K> {
    /**
     * The canonical encoding of a key: two keys are equal exactly when these bytes are.
     *
     * @param key the masked key
     * @return the bytes
     * @throws io.github.twatcache.error.KeyException when the key holds something that has no canonical encoding
     */
    byte[] encoded(K key);

    /**
     * Bytes that sort, each taken as a number from 0 to 255, as the keys do: numbers of one type by value, strings as
     * {@link String#compareTo} has it, booleans, times and dates by their own order; keys of other types in an order that is
     * always the same. Two keys are equal exactly when these bytes are. Not to be read back.
     *
     * @param key the masked key
     * @return the bytes
     * @throws io.github.twatcache.error.KeyException as for {@link #encoded}
     */
    default byte[] ordered(K key) {
        return encoded(key);
    }

    /**
     * Reads a key back.
     *
     * @param bytes what {@link #encoded} wrote
     * @return the masked key
     * @throws io.github.twatcache.error.SerializationException when the bytes are not such
     */
    K decode(byte[] bytes);

    /**
     * Whether keys can be read back. Where they cannot, as those of calls, a store keeps their SHA-256 in their place, and
     * nobody asks it for the keys that it holds.
     *
     * @return whether {@link #decode} works
     */
    default boolean decodable() {
        return true;
    }

    /**
     * The arguments of the call that a key stands for, as the key holds them: for stores that note them for people to read.
     *
     * @param key the masked key
     * @return the arguments in their order; {@code null} for those that do not count; empty for keys that are data
     */
    default List<@Nullable Object> arguments(K key) {
        return List.of();
    }

    /**
     * What the keys are, for stores that cannot keep every type of them and refuse the others early.
     *
     * @return the type that the cache was built with; {@code Object} where it is not known
     */
    default Class<?> type() {
        return Object.class;
    }
}
