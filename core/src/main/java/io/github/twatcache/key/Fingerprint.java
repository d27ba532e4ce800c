package io.github.twatcache.key;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A digest of the code behind a function, which changes when the code does.
 *
 * <p>It covers the byte code of the implementing method and of every method of the same nest (the top-level class and
 * all that is nested in it) that this one reaches: called methods, bodies of nested lambdas, methods that override a
 * called one, virtual methods of nested classes that are created, and static initialisers where a static that is no
 * constant is read; of each what is inherited within the nest too. It does not cover names of the nest's methods, line numbers, names of locals and other debug data,
 * nor code outside the nest: name that with {@code dependsOn}, or have a {@code version} stand for all of it.
 *
 * <p>Another compiler may give another fingerprint for the same source: results are then computed anew. Immutable and
 * thread-safe.
 */
public final class Fingerprint {
    /** The number of the format, the first byte of each fingerprint. */
    public static final int FORMAT = 1;

    private final byte[] bytes;

    private Fingerprint(Digest digest) {
        byte[] hash = digest.toBytes();
        this.bytes = new byte[1 + hash.length];
        this.bytes[0] = FORMAT;
        System.arraycopy(hash, 0, bytes, 1, hash.length);
    }

    /**
     * Computes the fingerprint of a function.
     *
     * @param identity the function
     * @param dependsOn classes whose whole content counts too, in this order
     * @return the fingerprint, empty where there is no byte code to be had: hidden and generated classes, native images
     */
    public static Optional<Fingerprint> of(FunctionIdentity identity, List<Class<?>> dependsOn) {
        CodeDigest code = new CodeDigest(ByteCode::of);
        if (!code.addMethod(identity.callee().implementation())) {
            return Optional.empty();
        }
        for (Class<?> type : dependsOn) {
            if (!code.addClass(type)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Fingerprint(code.digest()));
    }

    /**
     * A fingerprint that stands for a version which the user keeps.
     *
     * @param version any text
     * @return the same for the same text
     */
    public static Fingerprint version(String version) {
        return new Fingerprint(Digest.of(("version " + version).getBytes(StandardCharsets.UTF_16BE)));
    }

    /**
     * The fingerprint's bytes.
     *
     * @return 33 bytes, the caller's own: {@link #FORMAT} and a SHA-256
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * The fingerprint in hexadecimal.
     *
     * @return 66 characters of {@code 0-9a-f}
     */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Fingerprint that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
