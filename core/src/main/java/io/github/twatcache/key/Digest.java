package io.github.twatcache.key;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of some bytes, commonly of a canonical encoding. Immutable.
 *
 * @see <a href="https://doi.org/10.6028/NIST.FIPS.180-4">FIPS 180-4</a>
 */
public final class Digest {
    /** The length of a digest in bytes. */
    public static final int BYTES = 32;

    private static final int SHORT_HEX = 12;

    /** Is copied, and digests nothing itself. */
    private static final MessageDigest UNUSED = made();

    private final long a;
    private final long b;
    private final long c;
    private final long d;

    private Digest(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        this.a = buffer.getLong();
        this.b = buffer.getLong();
        this.c = buffer.getLong();
        this.d = buffer.getLong();
    }

    /**
     * Computes the digest of bytes.
     *
     * @param bytes the bytes; not kept
     * @return their digest
     */
    public static Digest of(byte[] bytes) {
        return new Digest(sha256().digest(bytes));
    }

    /**
     * Takes a digest that was computed before.
     *
     * @param bytes the 32 bytes of it; not kept
     * @return the digest
     * @throws IllegalArgumentException when there are not 32 bytes
     */
    public static Digest fromBytes(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a digest has 32 bytes, but there were " + bytes.length);
        }
        return new Digest(bytes);
    }

    /**
     * A new SHA-256, which every Java platform has.
     *
     * @return the engine, for one thread
     */
    static MessageDigest sha256() {
        try {
            return (MessageDigest) UNUSED.clone();
        } catch (CloneNotSupportedException another) {
            return made();
        }
    }

    /** Looks through the platform's providers, which takes longer than a copy. */
    private static MessageDigest made() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /**
     * The digest's bytes.
     *
     * @return 32 bytes, the caller's own
     */
    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(a)
                .putLong(b)
                .putLong(c)
                .putLong(d)
                .array();
    }

    /**
     * The digest in hexadecimal.
     *
     * @return 64 characters of {@code 0-9a-f}
     */
    public String hex() {
        return HexFormat.of().formatHex(toBytes());
    }

    /**
     * The beginning of {@link #hex}, for messages.
     *
     * @return 12 characters of {@code 0-9a-f}
     */
    public String shortHex() {
        return hex().substring(0, SHORT_HEX);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Digest that && a == that.a && b == that.b && c == that.c && d == that.d;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(a);
    }

    /** {@inheritDoc} It is {@link #shortHex()}. */
    @Override
    public String toString() {
        return shortHex();
    }
}
