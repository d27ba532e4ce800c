package io.github.twatcache.spi;

import org.jspecify.annotations.Nullable;

/**
 * Stands for {@code null} inside a store, where {@code null} itself means absent.
 *
 * <p>Keys and values of a {@link Store} are masked: a null value and a null argument are values like any other.
 */
public enum Nil {
    /** The only one. */
    NIL;

    /**
     * Puts the stand-in in the place of {@code null}.
     *
     * @param object anything
     * @return the object, or {@link #NIL} for {@code null}
     */
    public static Object mask(@Nullable Object object) {
        return object == null ? NIL : object;
    }

    /**
     * Undoes {@link #mask}.
     *
     * @param object what a store holds
     * @return the object, or {@code null} for {@link #NIL}
     */
    public static @Nullable Object unmask(@Nullable Object object) {
        return object == NIL ? null : object;
    }

    @Override
    public String toString() {
        return "null";
    }
}
