package io.github.twatcache.key;

import io.github.twatcache.error.KeyException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call of a memoized function: the function, and the arguments that count. Two are equal when they are of the same
 * function of one cache and their arguments are equal in content.
 *
 * <p>Immutable and thread-safe as far as its arguments are.
 */
public abstract class CallKey {
    // Subclasses are spun for each function. A key holds its arguments and nothing else: no cached hash, no reference
    // to its function, which its class knows.

    CallKey() {}

    abstract CallShape shape();

    /** The argument as the key holds it, at a position among the significant parameters. */
    abstract @Nullable Object held(int position);

    /** A key of the same function that holds other things. */
    abstract CallKey holding(@Nullable Object[] held);

    /**
     * The function that is called.
     *
     * @return its name, as {@link FunctionIdentity#name}
     */
    public final String function() {
        return shape().name();
    }

    /**
     * How many arguments the function takes.
     *
     * @return 0 to 5
     */
    public final int arity() {
        return shape().arity();
    }

    /**
     * An argument of the call, as the key took it: rounded where a tolerance is set, a copy where it could have changed.
     *
     * @param index its place, from 0
     * @return the argument, which may be {@code null}; {@code null} for one that is ignored, too
     * @throws IndexOutOfBoundsException when the function has no such argument
     */
    public final @Nullable Object argument(int index) {
        if (index < 0 || index >= arity()) {
            throw new IndexOutOfBoundsException("argument " + index + " of " + function() + ", which takes " + arity());
        }
        List<CallShape.Parameter> significant = shape().significant();
        for (int i = 0; i < significant.size(); i++) {
            if (significant.get(i).index() == index) {
                return Plain.of(held(i));
            }
        }
        return null;
    }

    /**
     * The digest of the call's canonical encoding: the function with its captured values, and the arguments that count.
     * Computed at each call, in time linear in the size of the arguments. Arguments of little variety can be guessed from
     * it.
     *
     * @return the SHA-256
     * @throws KeyException when an argument has no canonical encoding
     */
    public final Digest digest() {
        return Digest.of(encoded());
    }

    /**
     * Whether an argument agrees that it equals the stored one, which has said so already. A sorted set or map with a
     * comparator may say yes where the other says no, and so may what holds one.
     *
     * @param asked the argument of the key that is looked up
     * @param stored what equals it
     * @return whether both say so
     */
    static boolean agrees(@Nullable Object asked, Object stored) {
        return !(stored instanceof Collection
                        || stored instanceof Map
                        || stored instanceof Map.Entry
                        || stored instanceof Optional)
                || (asked != null && asked.equals(stored));
    }

    final byte[] encoded() {
        CallShape shape = shape();
        List<@Nullable Object> call = new ArrayList<>();
        call.add(shape.function());
        for (int i = 0; i < shape.significant().size(); i++) {
            call.add(Plain.readOnly(held(i)));
        }
        return shape.encoding.encode(call);
    }

    /** {@inheritDoc} The function and the beginning of the digest, never an argument. */
    @Override
    public final String toString() {
        try {
            return function() + "#" + digest().shortHex();
        } catch (RuntimeException e) {
            // Equal keys need no canonical encoding to live on a heap.
            return function() + "#~" + Integer.toHexString(hashCode());
        }
    }
}
