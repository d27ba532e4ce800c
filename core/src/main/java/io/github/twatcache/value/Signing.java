package io.github.twatcache.value;

import io.github.twatcache.config.Secret;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.spi.ValueCodec.Proof;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tags that prove that somebody who has the key wrote a value, in this cache, under this key, with this codec. HMAC-SHA-256
 * over the cache's name, the codec's id and the entry's key, each after its length, and then the envelope without the tag; or,
 * for a value that came as a stream, a zero byte and the value.
 * Immutable and thread-safe.
 */
final class Signing {
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte STREAM = 0;

    /** Never updated, so that threads may clone it. */
    private final Mac keyed;

    private final byte[] context;

    private Signing(Mac keyed, byte[] context) {
        this.keyed = keyed;
        this.context = context;
    }

    static Signing of(Secret key, String cache, String codec) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.bytes(), ALGORITHM));
            byte[] name = cache.getBytes(StandardCharsets.UTF_16LE);
            byte[] id = codec.getBytes(StandardCharsets.UTF_16LE);
            ByteBuffer context = ByteBuffer.allocate(2 * Integer.BYTES + name.length + id.length);
            context.putInt(name.length).put(name).putInt(id.length).put(id);
            return new Signing(mac, context.array());
        } catch (GeneralSecurityException e) {
            throw new ConfigurationException("hmac-key cannot be used: this Java has no " + ALGORITHM + " (" + e
                    + "); leave it out, or run on another Java");
        }
    }

    /** Fills in the tag at the end of an envelope. */
    void sign(byte[] key, byte[] envelope) {
        int to = envelope.length - StoredForm.TAG_BYTES;
        byte[] tag = tag(key, envelope, to);
        System.arraycopy(tag, 0, envelope, to, tag.length);
    }

    /** Whether the tag at the end of an envelope is right; takes as long wherever it differs. */
    boolean verifies(byte[] key, byte[] envelope) {
        int to = envelope.length - StoredForm.TAG_BYTES;
        return MessageDigest.isEqual(
                tag(key, envelope, to), Arrays.copyOfRange(envelope, to, to + StoredForm.TAG_BYTES));
    }

    private byte[] tag(byte[] key, byte[] envelope, int to) {
        Mac mac = begun(key);
        mac.update(envelope, 0, to);
        return mac.doFinal();
    }

    /** Begins the tag of a value that is no envelope: a byte goes before it with which no envelope begins. */
    Proof proof(byte[] key) {
        Mac mac = begun(key);
        mac.update(STREAM);
        return new Proof() {
            @Override
            public void update(byte[] bytes, int from, int length) {
                mac.update(bytes, from, length);
            }

            @Override
            public byte[] tag() {
                return mac.doFinal();
            }
        };
    }

    private Mac begun(byte[] key) {
        Mac mac;
        try {
            mac = (Mac) keyed.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's own " + ALGORITHM + " can be cloned", e);
        }
        mac.update(context);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(key.length).flip());
        mac.update(key);
        return mac;
    }
}
