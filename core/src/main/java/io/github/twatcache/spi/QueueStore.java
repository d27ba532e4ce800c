package io.github.twatcache.spi;

import org.jspecify.annotations.Nullable;

/**
 * A store that keeps queues beside its entries, shared by all processes. Every store with {@link Trait#QUEUES} is one.
 *
 * <p>The items of a queue are no entries: look-ups, {@link Store#size}, {@link Store#entries}, {@link Store#clear} and
 * eviction do not know them. (A format that is not ours may decide otherwise, and says so.) A queue begins with its first
 * item and is gone with the last.
 *
 * <p>Each method is one atomic step over all processes: an item is given to one taker. An item whose lifetime is over is
 * not there.
 */
public interface QueueStore {
    /** An end of a queue. */
    enum Side {
        /** Where the item with the lowest number is. */
        FRONT,
        /** Where the item with the highest number is. */
        BACK;

        /**
         * The other end.
         *
         * @return the other end
         */
        public Side other() {
            return this == FRONT ? BACK : FRONT;
        }
    }

    /**
     * An item of a queue.
     *
     * @param number its place: from front to back numbers grow, with gaps, negative ones too; an item keeps its own
     * @param value the masked value
     */
    record Item(long number, Object value) {}

    /**
     * Adds an item at an end. What is then more than {@code most} leaves at the other end, in the same step.
     *
     * @param queue the name of the queue; any string, the empty one too
     * @param side where to add
     * @param value the masked value
     * @param terms its lifetime; tags and weight do not matter
     * @param most how many items the queue may hold, 1 or more; {@link Long#MAX_VALUE} for no limit
     * @return the number of the item
     */
    long push(String queue, Side side, Object value, Terms terms, long most);

    /**
     * Takes the item at an end out.
     *
     * @param queue the name of the queue
     * @param side which end
     * @return the item; {@code null} where the queue is empty
     */
    @Nullable Item pull(String queue, Side side);

    /**
     * Looks at the item at an end and leaves it.
     *
     * @param queue the name of the queue
     * @param side which end
     * @return the item; {@code null} where the queue is empty
     */
    @Nullable Item peek(String queue, Side side);

    /**
     * Looks at the next item beyond a number: how a queue is walked over while others change it.
     *
     * @param queue the name of the queue
     * @param side the end from which the walk comes: from {@link Side#FRONT} numbers grow
     * @param beyond the number of the item before
     * @return the item with the next number in that direction; {@code null} where there is none
     */
    @Nullable Item next(String queue, Side side, long beyond);

    /**
     * Takes an item out, wherever it is.
     *
     * @param queue the name of the queue
     * @param number its number
     * @return whether it was there
     */
    boolean remove(String queue, long number);

    /**
     * Counts the items.
     *
     * @param queue the name of the queue
     * @return how many there are
     */
    long size(String queue);

    /**
     * Takes all items out.
     *
     * @param queue the name of the queue
     */
    void empty(String queue);
}
