package io.github.twatcache.key;

import io.github.twatcache.spi.Nil;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes an object as the bytes that stand for its content in a key: the same for equal content in any JVM, run, locale
 * and charset, and different for different content.
 *
 * <p>Everything is typed: {@code 1}, {@code 1L}, {@code 1.0}, {@code '1'}, {@code "1"} and {@code true} all differ, and
 * so do {@code -0.0} and {@code 0.0}; a scalar NaN equals every other one, arrays of floating-point numbers count bit by
 * bit. A {@code List} is a list, a {@code Set} a set and a {@code Map} a map, whoever wrote the class: sets and maps are
 * free of order, arrays and records count by content. {@code docs/key-format.md} specifies the bytes.
 *
 * <pre>{@code
 * Digest digest = CanonicalEncoding.standard().digest(List.of("a", 1));
 * }</pre>
 *
 * <p>Immutable and thread-safe. Time is linear in the content, with a sort for each set and map.
 */
public final class CanonicalEncoding {
    private static final CanonicalEncoding STANDARD = new CanonicalEncoding(Encoders.standard(), KeyDigest.XXH3_128);

    private final Encoders encoders;
    private final KeyDigest digest;

    private CanonicalEncoding(Encoders encoders, KeyDigest digest) {
        this.encoders = encoders;
        this.digest = digest;
    }

    /**
     * The encoding without registered types, with bulk content as its XXH3-128.
     *
     * @return the encoding
     */
    public static CanonicalEncoding standard() {
        return STANDARD;
    }

    /**
     * An encoding that knows registered types, too.
     *
     * @param encoders the registered types
     * @param digest how bulk content enters
     * @return the encoding
     */
    public static CanonicalEncoding of(Encoders encoders, KeyDigest digest) {
        Objects.requireNonNull(encoders, "encoders");
        return new CanonicalEncoding(
                digest == KeyDigest.SHA_256 ? encoders.secure() : encoders, Objects.requireNonNull(digest, "digest"));
    }

    /**
     * Writes an object.
     *
     * @param object anything; {@code null} and {@link Nil#NIL} are the same
     * @return the bytes, the caller's own
     * @throws io.github.twatcache.error.KeyException when the object holds something that has no canonical encoding,
     *     contains itself, is nested more than 500 deep, or changes while it is written
     */
    public byte[] encode(@Nullable Object object) {
        return CanonicalWriter.key(encoders, digest).encode(object);
    }

    /**
     * Writes an object and digests the bytes.
     *
     * @param object anything; {@code null} and {@link Nil#NIL} are the same
     * @return the SHA-256 of {@link #encode}
     * @throws io.github.twatcache.error.KeyException as {@link #encode}
     */
    public Digest digest(@Nullable Object object) {
        return Digest.of(encode(object));
    }

    /**
     * Tells beforehand whether objects of a declared type can be written.
     *
     * @param declared the type that a signature names
     * @return why no object of that type, or of a subtype, can ever be; empty where some or all can
     */
    public Optional<String> refusal(Class<?> declared) {
        return encoders.refusal(declared);
    }

    /**
     * The registered types.
     *
     * @return the types given when this was made
     */
    public Encoders encoders() {
        return encoders;
    }
}
