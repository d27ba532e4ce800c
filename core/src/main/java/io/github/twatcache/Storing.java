package io.github.twatcache;

import io.github.twatcache.config.Classes;
import io.github.twatcache.config.Secret;
import io.github.twatcache.config.Settings;
import io.github.twatcache.error.ConfigurationException;
import java.util.Objects;
import java.util.Set;

/**
 * The settings of a {@link CacheBuilder} that say how values become bytes. Engines that keep values by reference cannot
 * honour them.
 */
abstract sealed class Storing extends Freshening permits CacheBuilder {
    /**
     * Chooses the format in which values are stored. Entries of another format are misses.
     *
     * @param name {@code "canonical"}, the default; {@code "fory"} or {@code "jackson"} where those artifacts are present;
     *     or the name of a {@link io.github.twatcache.spi.ValueFormat} of your own
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated; one that is not present is refused when the cache is made
     */
    public CacheBuilder codec(String name) {
        return set(Settings.CODEC, name);
    }

    /**
     * Says what the values are, with their type arguments. Some codecs, such as {@code jackson}, need to know; a method's
     * reference tells, a lambda does not.
     *
     * @param type the type: {@code new TypeOf<List<User>>() {}}
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated
     */
    public CacheBuilder returns(TypeOf<?> type) {
        Objects.requireNonNull(type, "type");
        return set(Settings.VALUE_TYPE, type.type());
    }

    /**
     * Lets the codec write and read these classes, beside those that it knows by itself: what the JDK has, records, enums,
     * and what is reached from the type of the values. {@code canonical} allows no others.
     *
     * @param classes the classes, by name and not with their subclasses
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated
     */
    public CacheBuilder allow(Class<?>... classes) {
        Objects.requireNonNull(classes, "classes");
        return set(Settings.ALLOW, new Classes(Set.of(classes)));
    }

    /**
     * Compresses stored values of more than {@link #compressAbove} bytes, where that makes them smaller. What is stored
     * already is read whatever this says.
     *
     * @param name {@code "none"}, the default; {@code "zstd"}, {@code "lz4"} or {@code "gzip"} where {@code twat-cache-compress} is present;
     *     or the name of a {@link io.github.twatcache.spi.Compressor} of your own
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated; one that is not present is refused when the cache is made
     */
    public CacheBuilder compress(String name) {
        return set(Settings.COMPRESS, name);
    }

    /**
     * Compresses only values of more than so many bytes; 4,096 where it is not given.
     *
     * @param bytes 0 or more
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range or repeated
     */
    public CacheBuilder compressAbove(long bytes) {
        return set(Settings.COMPRESS_ABOVE, bytes);
    }

    /**
     * Compresses to less in more time, the higher the level is. Where it is not given, as the compressor does by itself:
     * {@code zstd} at level 3, {@code gzip} at 6.
     *
     * @param level 1 to 22 for {@code zstd}, 1 to 9 for {@code gzip}
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range or repeated; one that the compressor has not is refused when the
     *     cache is made
     */
    public CacheBuilder compressLevel(int level) {
        return set(Settings.COMPRESS_LEVEL, (long) level);
    }

    /**
     * Signs stored values with HMAC-SHA-256: one that was changed, or written without this key, for another entry or by
     * another cache, is a miss. An older value of the same entry that somebody puts back is not told from the newer one.
     * The key is never shown.
     *
     * @param key the key, the same for all who share the entries
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated
     */
    public CacheBuilder hmacKey(Secret key) {
        return set(Settings.HMAC_KEY, key);
    }
}
