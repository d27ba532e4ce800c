package io.github.twatcache.key;

import org.jspecify.annotations.Nullable;

/** One call of a memoized function: the function and the arguments that count. */
public abstract class CallKey {
    CallKey() {}

    public final String function() {
        throw new AssertionError("not yet");
    }

    public final int arity() {
        throw new AssertionError("not yet");
    }

    /** The SHA-256 of the canonical encoding of the function and the arguments, computed on demand. */
    public final Digest digest() {
        throw new AssertionError("not yet");
    }

    public final @Nullable Object argument(int index) {
        throw new AssertionError("not yet");
    }
}
