package io.github.twatcache.key;

import io.github.twatcache.spi.KeyCodec;

/** How the keys of a cache that was built with types are made and kept. */
public final class DataKeys {
    private DataKeys() {}

    public static DataKeys of(Class<?> keyType, Encoders encoders) {
        throw new AssertionError("not yet");
    }

    /** Whether a key of this type is looked up as it is. */
    public boolean direct() {
        throw new AssertionError("not yet");
    }

    /** What is looked up, when not {@link #direct}. */
    public Object prepared(Object key) {
        throw new AssertionError("not yet");
    }

    /** A prepared key made fit to be kept. */
    public Object settled(Object key) {
        throw new AssertionError("not yet");
    }

    /** The user's key again. */
    public Object plain(Object key) {
        throw new AssertionError("not yet");
    }

    public KeyCodec<Object> codec() {
        throw new AssertionError("not yet");
    }
}
