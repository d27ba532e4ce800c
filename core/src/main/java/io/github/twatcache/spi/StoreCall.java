package io.github.twatcache.spi;

import org.jspecify.annotations.Nullable;

/**
 * One operation of a store, as an interceptor sees it.
 *
 * @param cache the cache's name
 * @param operation what is done
 * @param key the masked key, or {@code null} where the operation concerns more than one
 */
public record StoreCall(
        String cache, Operation operation, @Nullable Object key) {
    /** What can be done to a store. */
    public enum Operation {
        /** {@link Store#get}. */
        GET,
        /** {@link Store#entry}. */
        ENTRY,
        /** {@link Store#put}. */
        PUT,
        /** {@link Store#remove}. */
        REMOVE,
        /** {@link TouchStore#touch}. */
        TOUCH,
        /** {@link TagStore#removeTagged}. */
        REMOVE_TAGGED,
        /** {@link Store#clear}. */
        CLEAR,
        /** {@link Store#size}, {@link Store#estimatedSize} and {@link Store#weight}. */
        SIZE,
        /** {@link Store#entries}: the opening of the cursor. */
        ENTRIES,
        /** {@link Store#close}. */
        CLOSE
    }

    /** The operation and the cache; the key may be an argument, which is shown to nobody. */
    @Override
    public String toString() {
        return operation + " in cache '" + cache + "'";
    }
}
