package io.github.twatcache;

import io.github.twatcache.key.CallKeys;
import io.github.twatcache.key.CanonicalEncoding;
import io.github.twatcache.key.CodeRules;
import io.github.twatcache.key.DataKeys;
import io.github.twatcache.key.Digest;
import io.github.twatcache.load.Keying;
import io.github.twatcache.spi.KeyCodec;
import io.github.twatcache.spi.MemoizedFunction;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one cache, whichever kind they are: keys of calls, or data.
 *
 * @param settle makes a key fit to be kept
 * @param show turns a key into what users see: a {@code CallKey}, or the key that they gave
 * @param codec writes keys as bytes
 * @param calls the keys of calls, or {@code null} where the keys are data; whoever memoizes the same function again must
 *     use the same, since only keys of one {@code CallKeys} are ever equal
 * @param space what tells these keys from those of other caches of the same name, in any JVM
 * @param lineage what the spaces of all versions of the function have in common; empty where the keys are data
 * @param function the function whose calls the keys are; none where they are data
 * @param unwritable why none of these keys can ever be written as bytes; empty where some or all can
 */
record KeySide(
        UnaryOperator<Object> settle,
        UnaryOperator<Object> show,
        KeyCodec<Object> codec,
        @Nullable CallKeys calls,
        Supplier<Digest> space,
        Supplier<byte[]> lineage,
        Supplier<Optional<MemoizedFunction>> function,
        Supplier<Optional<String>> unwritable)
        implements Keying {
    private static final byte[] NONE = {};

    static KeySide of(CallKeys keys, boolean named, CodeRules code) {
        return new KeySide(
                keys::settled,
                keys::call,
                keys.codec(),
                keys,
                () -> keys.space(named, code),
                () -> keys.lineage().toBytes(),
                () -> Optional.of(keys.function(named, code)),
                keys::unwritable);
    }

    static KeySide of(DataKeys keys, Class<?> keyType, Class<?> valueType) {
        Digest space = CanonicalEncoding.standard().digest(List.of("data", keyType.getName(), valueType.getName()));
        return new KeySide(
                keys::settled,
                keys::plain,
                keys.codec(),
                null,
                () -> space,
                () -> NONE,
                Optional::empty,
                keys::unwritable);
    }

    @Override
    public Object settled(Object key) {
        return settle.apply(key);
    }

    @Override
    public String digest(Object key) {
        try {
            return Digest.of(codec.encoded(key)).shortHex();
        } catch (RuntimeException withoutEncoding) {
            return "no digest";
        }
    }
}
