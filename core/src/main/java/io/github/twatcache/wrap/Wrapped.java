package io.github.twatcache.wrap;

import org.jspecify.annotations.Nullable;

/**
 * What every wrapped object is beside its interface. Two are equal when their targets are; hash code and text are the
 * target's.
 */
public interface Wrapped {
    /**
     * The object that was wrapped.
     *
     * @return the target
     */
    Object wrappedTarget();

    /**
     * Compares as wrapped objects do.
     *
     * @param one a wrapped object
     * @param other any object
     * @return whether it is the same one, or a wrapped object too, with an equal target
     */
    static boolean equal(Wrapped one, @Nullable Object other) {
        return one == other
                || (other instanceof Wrapped wrapped && one.wrappedTarget().equals(wrapped.wrappedTarget()));
    }
}
