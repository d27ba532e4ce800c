package io.github.twatcache.spi;

import org.jspecify.annotations.Nullable;

/**
 * One operation of a store, as an interceptor sees it. What a store does with several keys in one step (look-ups and
 * changes of many, values stored under leases) is shown as one call for each key, all of them before and after the step, so
 * that every engine shows the same. Not shown is what core and the engine agree on between them: leases as such, the
 * cells of locks, semaphores, throttles and averages, maintenance, and where a result is kept.
 *
 * @param cache the cache's name
 * @param operation what is done
 * @param key the masked key, or {@code null} where the operation concerns more than one, or none: no item of a queue has
 *     a key
 */
public record StoreCall(
        String cache, Operation operation, @Nullable Object key) {
    /** What can be done to a store. */
    public enum Operation {
        /**
         * {@link Store#get}, {@link BulkStore#getAll}, {@link StreamStore#open}, and a value that is found where a lease
         * was asked for.
         */
        GET,
        /** {@link Store#entry}, {@link Store#holds} and {@link StaleStore#kept}. */
        ENTRY,
        /**
         * {@link Store#put}, {@link BulkStore#putAll}, {@link StreamStore#put}, {@link Leases#commit} and
         * {@link Leases#commitAll}.
         */
        PUT,
        /** {@link Store#remove}. */
        REMOVE,
        /** {@link TouchStore#touch}, and what of a {@link StaleStore} gives entries another lifetime or has them be stale. */
        TOUCH,
        /** {@link TagStore#removeTagged}. */
        REMOVE_TAGGED,
        /** {@link Store#clear}. */
        CLEAR,
        /** {@link Store#size}, {@link Store#estimatedSize} and {@link Store#weight}. */
        SIZE,
        /** {@link Store#entries} and {@link OrderedStore#entries}: the opening of the cursor. */
        ENTRIES,
        /** {@link CounterStore#add}. */
        COUNT,
        /** {@link QueueStore#push}. */
        PUSH,
        /** {@link QueueStore#pull}, {@link QueueStore#remove} and {@link QueueStore#empty}. */
        PULL,
        /** {@link QueueStore#peek}, {@link QueueStore#next} and {@link QueueStore#size}. */
        LOOK,
        /** {@link TransactionStore#call}, round all that is done within, which is shown too. */
        TRANSACTION,
        /** {@link Store#close}. */
        CLOSE
    }

    /** The operation and the cache; the key may be an argument, which is shown to nobody. */
    @Override
    public String toString() {
        return operation + " in cache '" + cache + "'";
    }
}
