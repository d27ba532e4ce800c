package io.github.twatcache.config;

import io.github.twatcache.error.ConfigurationException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are used and never shown: {@link #toString} and everything that prints settings say {@value #HIDDEN}.
 * Immutable and thread-safe.
 *
 * <pre>{@code
 * Secret key = Secret.ofBase64(System.getenv("REPORTS_KEY"));
 * }</pre>
 */
public final class Secret {
    /** What is printed in the place of the bytes. */
    public static final String HIDDEN = "(hidden)";

    /** The fewest bytes: 128 bits cannot be guessed. */
    public static final int FEWEST_BYTES = 16;

    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes bytes, which should be random.
     *
     * @param bytes at least {@value #FEWEST_BYTES}; copied
     * @return the secret
     * @throws ConfigurationException when there are fewer
     */
    public static Secret of(byte[] bytes) {
        if (bytes.length < FEWEST_BYTES) {
            throw new ConfigurationException("a secret must have at least " + FEWEST_BYTES + " bytes, but has "
                    + bytes.length + "; draw them at random: openssl rand -base64 32");
        }
        return new Secret(bytes.clone());
    }

    /**
     * Takes bytes as text.
     *
     * @param text at least {@value #FEWEST_BYTES} bytes in Base64; spaces around it do not count
     * @return the secret
     * @throws ConfigurationException when it is no Base64, or too short; the text is not in the message
     */
    public static Secret ofBase64(String text) {
        try {
            return of(Base64.getDecoder().decode(text.strip()));
        } catch (IllegalArgumentException notBase64) {
            // Its message quotes what was wrong, which is a part of the secret: neither message nor cause.
            throw new ConfigurationException("a secret is no Base64; draw one at random: openssl rand -base64 32");
        }
    }

    /**
     * The bytes.
     *
     * @return a copy
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Equal bytes; takes as long whichever of them differ. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
