package io.github.twatcache.key;

import org.jspecify.annotations.Nullable;

/** Makes the key of a call with five arguments. Safe for any number of threads; a hit pays one allocation for it. */
public interface KeyMaker5 {
    /**
     * Makes the key under which a call is looked up. What it holds is not copied: see {@link CallKeys#settled}.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @param d the fourth argument
     * @param e the fifth argument
     * @return the masked key
     */
    Object key(@Nullable Object a, @Nullable Object b, @Nullable Object c, @Nullable Object d, @Nullable Object e);
}
