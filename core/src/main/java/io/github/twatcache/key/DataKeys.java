package io.github.twatcache.key;

import io.github.twatcache.error.KeyException;
import io.github.twatcache.error.SerializationException;
import io.github.twatcache.spi.KeyCodec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the keys of a cache that was built with types are made and kept.
 *
 * <p>Where the type of the keys tells that they compare by content, they are looked up as they are. Else each look-up
 * {@linkplain #prepared prepares} its key. A key that is put is {@linkplain #settled settled}, and users see it as
 * {@link #plain}. Immutable and thread-safe.
 */
public final class DataKeys {
    private static final String WHERE = "the key";

    private final Class<?> type;
    private final boolean direct;
    private final Settler keeping;
    private final Settler lookingUp;
    private final KeyCodec<Object> codec;
    private final Encoders encoders;

    private DataKeys(Class<?> type, boolean direct, Encoders encoders) {
        this.type = type;
        this.direct = direct;
        this.keeping = Settler.keeping(encoders);
        this.lookingUp = Settler.lookingUp(encoders);
        this.codec = new CanonicalKeyCodec<>(encoders);
        this.encoders = encoders;
    }

    /**
     * Prepares the keys of a cache.
     *
     * @param keyType the type of the keys
     * @param encoders the registered types
     * @return its keys
     * @throws KeyException when the type tells that no object of it can be a key
     */
    public static DataKeys of(Class<?> keyType, Encoders encoders) {
        Optional<Class<?>> unfit = DeclaredTypes.unfit(keyType, encoders, false);
        if (unfit.isPresent()) {
            throw Unfit.argument(WHERE, unfit.get());
        }
        return new DataKeys(keyType, DeclaredTypes.direct(keyType), encoders);
    }

    /**
     * Whether keys are looked up as they are.
     *
     * @return false where each look-up must {@link #prepared prepare} its key
     */
    public boolean direct() {
        return direct;
    }

    /**
     * Tells beforehand whether keys can be written as bytes.
     *
     * @return why none ever can; empty where some or all can
     */
    public Optional<String> unwritable() {
        return TypeRefusal.of(type, encoders).map(why -> Unfit.unwritable(WHERE, why));
    }

    /**
     * Makes of a user's key what is looked up. Costs a walk over the key; arrays of primitives are not copied.
     *
     * @param key the user's key; not kept
     * @return what equals the settled key of equal content
     * @throws KeyException when the key holds what compares by identity
     */
    public Object prepared(Object key) {
        return direct ? key : settle(lookingUp, key);
    }

    /**
     * Makes a key fit to be kept: nobody else can change it any more.
     *
     * @param key the user's key, prepared or not
     * @return the key itself where nothing had to change
     * @throws KeyException when the key holds what compares by identity
     */
    public Object settled(Object key) {
        return settle(keeping, key);
    }

    private static Object settle(Settler settler, Object key) {
        Object settled = settler.settle(key, WHERE);
        if (settled == null) {
            throw new NullPointerException(WHERE);
        }
        return settled;
    }

    /**
     * Makes of a kept key what the user had given.
     *
     * @param key a settled key
     * @return an object of the same content, the user's own; the key itself where that was kept
     */
    public Object plain(Object key) {
        return present(Plain.of(key));
    }

    private static Object present(@Nullable Object key) {
        if (key == null) {
            throw new NullPointerException(WHERE);
        }
        return key;
    }

    /**
     * Writes and reads keys for stores that keep bytes.
     *
     * @return the codec of settled keys
     */
    public KeyCodec<Object> codec() {
        return new KeyCodec<>() {
            @Override
            public byte[] encoded(Object key) {
                return codec.encoded(present(Plain.readOnly(key)));
            }

            @Override
            public byte[] ordered(Object key) {
                Object plain = plain(key);
                return SortingBytes.of(plain).orElseGet(() -> SortingBytes.other(codec.encoded(plain)));
            }

            @Override
            public Object decode(byte[] bytes) {
                Object key = codec.decode(bytes);
                try {
                    return settled(key);
                } catch (KeyException noKey) {
                    throw new SerializationException(
                            "the bytes hold a %s, which is or holds what is no key; remove the entry"
                                    .formatted(key.getClass().getTypeName()),
                            noKey);
                }
            }

            @Override
            public Class<?> type() {
                return type;
            }
        };
    }
}
