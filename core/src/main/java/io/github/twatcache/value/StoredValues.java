package io.github.twatcache.value;

import io.github.twatcache.error.SerializationException;
import io.github.twatcache.spi.Compressor;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.ValueCodec;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands between a store of bytes and a codec: a value is encoded, compressed if that makes it smaller, and signed; what
 * is read is verified, decompressed, decoded, and refused if it is not of the type that the cache has now. Stores see a codec
 * like any other. Thread-safe.
 *
 * <p>Whatever is set now, values that were stored uncompressed, or by any compressor that is present, are read. Where a key
 * is set, only values with a valid tag are.
 */
final class StoredValues implements ValueCodec {
    private static final byte[] NO_KEY = {};

    private final ValueCodec codec;
    private final Class<?> type;
    private final Compression compression;
    private final @Nullable Signing signing;

    /**
     * How values are compressed.
     *
     * @param with the compressor; {@code null} for none
     * @param above only values of more bytes
     * @param limit only values of no more bytes; nothing is decompressed to more
     * @param present all compressors, by name
     * @param mends what to do to have others, by name
     */
    record Compression(
            @Nullable Compressor with,
            long above,
            long limit,
            Map<String, Compressor> present,
            Map<String, String> mends) {
        Compression {
            present = Map.copyOf(present);
            mends = Map.copyOf(mends);
        }

        boolean fits(long length) {
            return with != null && length > above && length <= limit;
        }
    }

    StoredValues(ValueCodec codec, Class<?> type, Compression compression, @Nullable Signing signing) {
        this.codec = codec;
        this.type = MethodType.methodType(type).wrap().returnType();
        this.compression = compression;
        this.signing = signing;
    }

    @Override
    public String id() {
        return codec.id();
    }

    @Override
    public byte[] encode(Object value) {
        return encode(NO_KEY, value);
    }

    @Override
    public Object decode(byte[] bytes) {
        return decode(NO_KEY, bytes);
    }

    @Override
    public byte[] encode(byte[] key, Object value) {
        byte[] plain = codec.encode(key, value);
        byte[] body = plain;
        String name = "";
        Compressor compressor = compression.with();
        if (compressor != null && compression.fits(plain.length)) {
            byte[] smaller = compressor.compress(plain);
            if (smaller.length < plain.length) {
                body = smaller;
                name = compressor.name();
            }
        }
        if (name.isEmpty() && signing == null && !StoredForm.isEnvelope(plain)) {
            return plain;
        }
        byte[] envelope = StoredForm.wrap(body, name, plain.length, signing != null);
        if (signing != null) {
            signing.sign(key, envelope);
        }
        return envelope;
    }

    @Override
    public Object decode(byte[] key, byte[] bytes) {
        return ofType(codec.decode(key, plain(key, bytes)));
    }

    @Override
    public Object decode(byte[] key, byte[] bytes, int length) {
        return signing == null && !StoredForm.isEnvelope(bytes)
                ? ofType(codec.decode(key, bytes, length))
                : decode(key, Arrays.copyOf(bytes, length));
    }

    private Object ofType(Object value) {
        if (value != Nil.NIL && !type.isInstance(value)) {
            throw new SerializationException("a stored value is a "
                    + value.getClass().getTypeName() + ", and the cache now holds "
                    + type.getTypeName() + "; compute it anew");
        }
        return value;
    }

    @Override
    public Class<?> type() {
        return type;
    }

    @Override
    public Optional<Compressor> compressor(long length) {
        return compression.fits(length) ? Optional.ofNullable(compression.with) : Optional.empty();
    }

    @Override
    public Compressor decompressor(String name, long length) {
        Compressor compressor = compression.present().get(name);
        if (compressor == null) {
            throw new SerializationException("a stored value was compressed by '" + name
                    + "', which is not present; "
                    + compression.mends().getOrDefault(name, "add the artifact io.github.twatcache:twat-cache-compress")
                    + ", or compute it anew");
        }
        if (length < 0 || length > compression.limit()) {
            throw new SerializationException("a stored value says that it decompresses to " + length
                    + " bytes, which is more than decompress-limit = " + compression.limit()
                    + "; raise the limit, or compute it anew");
        }
        return compressor;
    }

    @Override
    public @Nullable Proof proof(byte[] key) {
        return signing == null ? null : signing.proof(key);
    }

    private byte[] plain(byte[] key, byte[] bytes) {
        if (!StoredForm.isEnvelope(bytes)) {
            if (signing != null) {
                throw new SerializationException("a stored value is not signed; compute it anew");
            }
            return bytes;
        }
        StoredForm form = StoredForm.read(bytes);
        if (signing == null ? form.signed() : !form.signed() || !signing.verifies(key, bytes)) {
            throw new SerializationException(
                    signing == null
                            ? "a stored value is signed, and this cache has no key to verify it; give it hmac-key"
                            : "a stored value has no valid tag: it was changed, or written with another key, for"
                                    + " another entry or by another cache; compute it anew");
        }
        return form.compressed() ? decompressed(form, bytes) : form.body(bytes);
    }

    private byte[] decompressed(StoredForm form, byte[] bytes) {
        Compressor compressor = decompressor(form.compressor(), form.rawLength());
        return compressor.decompress(bytes, form.bodyFrom(), form.bodyTo() - form.bodyFrom(), form.rawLength());
    }
}
