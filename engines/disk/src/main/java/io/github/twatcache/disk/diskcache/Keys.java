package io.github.twatcache.disk.diskcache;

import io.github.twatcache.error.KeyException;
import io.github.twatcache.key.CanonicalKeyCodec;
import io.github.twatcache.key.Digest;
import io.github.twatcache.key.Encoders;
import io.github.twatcache.spi.KeyCodec;
import io.github.twatcache.spi.StoreContext;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one cache and what stands for them in rows. Keys of data stand there as Python writes them, so that both sides
 * find each other's. Keys of calls stand there as bytes that begin with a mark and the function's key space: Python sees
 * them, and finds nothing by them.
 *
 * @param <K> the type of the keys
 */
final class Keys<K> {
    private static final byte[] CALL = {(byte) 0xF5, 't', 'w', 'a', 't', '-', 'k', 1};
    private static final int SPACE_BYTES = 12;
    private static final CanonicalKeyCodec<Object> CANONICAL = new CanonicalKeyCodec<>(Encoders.standard());

    private final KeyCodec<K> codec;
    private final Disk disk;
    private final Class<?> type;
    private final byte[] prefix;
    private final String where;

    Keys(StoreContext<K> context, Disk disk) {
        this.codec = context.keys();
        this.disk = disk;
        this.type = MethodType.methodType(codec.type()).wrap().returnType();
        if (codec.decodable()) {
            requireShared(type, disk);
            this.prefix = new byte[0];
        } else {
            byte[] space = Digest.of(context.space()).toBytes();
            this.prefix = Arrays.copyOf(CALL, CALL.length + SPACE_BYTES);
            System.arraycopy(space, 0, prefix, CALL.length, SPACE_BYTES);
        }
        this.where = where();
    }

    private static void requireShared(Class<?> type, Disk disk) {
        if (!type.isAssignableFrom(String.class)
                && !type.isAssignableFrom(Long.class)
                && !(disk.hasBytes() && type.isAssignableFrom(byte[].class))) {
            throw new KeyException("the keys are " + type.getTypeName()
                    + ", and a cache in the format diskcache has keys of " + words(disk)
                    + ", which Python names too; use one of these, or keep the engine's own format");
        }
    }

    private static String words(Disk disk) {
        return disk.hasBytes() ? "String, Long or byte[]" : "String or Long (JSON has no bytes)";
    }

    /** What stands for a key in a row. */
    DbKey of(K key) {
        if (!codec.decodable()) {
            return call(codec.encoded(key));
        }
        Object plain = key instanceof String || key instanceof Long ? key : CANONICAL.decode(codec.encoded(key));
        if (plain instanceof String || plain instanceof Long || (plain instanceof byte[] && disk.hasBytes())) {
            return disk.key(plain);
        }
        throw new KeyException(
                "a key is a " + plain.getClass().getTypeName() + ", and a cache in the format diskcache has keys of "
                        + words(disk) + ", which Python names too; use one of these, or keep the engine's own format");
    }

    private DbKey call(byte[] encoded) {
        byte[] digest = Digest.of(encoded).toBytes();
        byte[] bytes = Arrays.copyOf(prefix, prefix.length + digest.length);
        System.arraycopy(digest, 0, bytes, prefix.length, digest.length);
        return disk.key(disk.hasBytes() ? bytes : text(bytes));
    }

    /** Bytes that cannot be a key stand there as a text of as many characters. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Whether a key in a row is one of this cache's. */
    boolean mine(DbKey key) {
        Object plain = disk.plain(key);
        if (plain == null) {
            return false;
        }
        byte[] bytes = plain instanceof byte[] itself
                ? itself
                : !disk.hasBytes() && plain instanceof String text ? text.getBytes(StandardCharsets.ISO_8859_1) : null;
        if (!codec.decodable()) {
            return bytes != null && startsWith(bytes, prefix);
        }
        return type.isInstance(plain) && (bytes == null || !startsWith(bytes, CALL));
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    /** The key that stands in a row; null where it is not one that can be told. */
    @SuppressWarnings("unchecked") // of the type that the cache was built with
    @Nullable K back(DbKey key) {
        if (!codec.decodable() || !mine(key)) {
            return null;
        }
        Object plain = disk.plain(key);
        if (plain instanceof byte[] bytes) {
            return codec.decode(CANONICAL.encoded(bytes));
        }
        return (K) plain;
    }

    /**
     * A condition in SQL that all of this cache's rows meet, with {@code KEY} for the column.
     *
     * @return the condition
     */
    private String where() {
        if (!disk.hasBytes()) {
            return "raw = 1 AND KEY >= x''";
        }
        if (!codec.decodable()) {
            byte[] end = prefix.clone();
            for (int i = end.length - 1; ++end[i] == 0; i--) {
                // Carried on to the byte before.
            }
            return "raw = 1 AND KEY >= x'" + hex(prefix) + "' AND KEY < x'" + hex(end) + "'";
        }
        // SQLite sorts numbers before texts, and texts before blobs.
        return "raw = 1 AND ("
                + String.join(
                        " OR ",
                        List.of(
                                type.isAssignableFrom(Long.class) ? "(KEY < '' AND typeof(KEY) = 'integer')" : "0",
                                type.isAssignableFrom(String.class) ? "(KEY >= '' AND KEY < x'')" : "0",
                                type.isAssignableFrom(byte[].class)
                                        ? "(KEY >= x'' AND substr(KEY, 1, " + CALL.length + ") <> x'" + hex(CALL) + "')"
                                        : "0"))
                + ")";
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** The condition, for a statement that finds rows by their keys. */
    String byKey() {
        return where.replace("KEY", "key");
    }

    /** The condition, for a statement that finds rows otherwise: the index of keys is of no use to it. */
    String byOther() {
        return where.replace("KEY", "+key");
    }

    /** Whether the condition tells all; if not, {@link #mine} has to be asked. */
    boolean exact() {
        return disk.hasBytes();
    }
}
