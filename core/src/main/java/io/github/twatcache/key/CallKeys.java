package io.github.twatcache.key;

import io.github.twatcache.spi.KeyCodec;

/** How the keys of one memoized function are made and kept. */
public final class CallKeys {
    private CallKeys() {}

    public static CallKeys of(FunctionIdentity identity, KeyRules rules, CanonicalEncoding encoding) {
        throw new AssertionError("not yet");
    }

    /** Whether one argument, masked, is the key itself. */
    public boolean direct() {
        throw new AssertionError("not yet");
    }

    /** The index of the argument that is the key when {@link #direct}. */
    public int directIndex() {
        throw new AssertionError("not yet");
    }

    /** The key when no argument counts. */
    public Object constant() {
        throw new AssertionError("not yet");
    }

    public KeyMaker1 maker1() {
        throw new AssertionError("not yet");
    }

    public KeyMaker2 maker2() {
        throw new AssertionError("not yet");
    }

    public KeyMaker3 maker3() {
        throw new AssertionError("not yet");
    }

    public KeyMaker4 maker4() {
        throw new AssertionError("not yet");
    }

    public KeyMaker5 maker5() {
        throw new AssertionError("not yet");
    }

    /** A key fit to be kept; to be called before the function runs, which may change its arguments. */
    public Object settled(Object key) {
        throw new AssertionError("not yet");
    }

    public CallKey call(Object key) {
        throw new AssertionError("not yet");
    }

    public KeyCodec<Object> codec() {
        throw new AssertionError("not yet");
    }
}
