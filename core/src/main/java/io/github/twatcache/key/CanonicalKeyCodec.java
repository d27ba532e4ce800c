package io.github.twatcache.key;

import io.github.twatcache.spi.KeyCodec;
import io.github.twatcache.spi.Nil;
import java.util.List;
import java.util.Objects;

/**
 * The codec of data keys: the canonical encoding, whole, and its inverse.
 *
 * <p>A key is read back as the content that it was: a list as an {@code ArrayList}, a set as a {@code LinkedHashSet} and a
 * map as a {@code LinkedHashMap}, whatever class the key had, in the order of their encodings.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <K> the type of the keys
 */
public final class CanonicalKeyCodec<K> implements KeyCodec<K> {
    private final CanonicalEncoding encoding;
    private final ClassNames classes;

    /**
     * Creates a codec that finds classes through the thread's context loader, then through the loader of this class.
     *
     * @param encoders the registered types
     */
    public CanonicalKeyCodec(Encoders encoders) {
        this.encoding = CanonicalEncoding.of(encoders, KeyDigest.NONE);
        this.classes = ClassNames.first(List.of());
    }

    /**
     * Creates a codec that finds classes through one loader.
     *
     * @param encoders the registered types
     * @param loader finds records, enums and the types of arrays
     */
    public CanonicalKeyCodec(Encoders encoders, ClassLoader loader) {
        this.encoding = CanonicalEncoding.of(encoders, KeyDigest.NONE);
        this.classes = ClassNames.of(Objects.requireNonNull(loader, "loader"));
    }

    @Override
    public byte[] encoded(K key) {
        return encoding.encode(key);
    }

    @Override
    // The caller names the type of what it wrote, as with every store of bytes.
    @SuppressWarnings("unchecked")
    public K decode(byte[] bytes) {
        return (K) Nil.mask(CanonicalReader.of(encoding.encoders(), classes).decode(bytes, bytes.length));
    }
}
