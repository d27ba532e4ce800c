package io.github.twatcache.spi;

import org.jspecify.annotations.Nullable;

/**
 * One operation of a store, as an interceptor sees it. What a store does with several keys in one step (look-ups and
 * changes of many, values stored under leases) is shown as one call for each key, all of them before and after the step, so
 * that every engine shows the same. What stands beside the entries is not shown: leases themselves, counters, queues,
 * streams, transactions.
 *
 * @param cache the cache's name
 * @param operation what is done
 * @param key the masked key, or {@code null} where the operation concerns more than one
 */
public record StoreCall(
        String cache, Operation operation, @Nullable Object key) {
    /** What can be done to a store. */
    public enum Operation {
        /** {@link Store#get}, {@link BulkStore#getAll}, and a value that is found where a lease was asked for. */
        GET,
        /** {@link Store#entry}. */
        ENTRY,
        /** {@link Store#put}, {@link BulkStore#putAll}, {@link Leases#commit} and {@link Leases#commitAll}. */
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
