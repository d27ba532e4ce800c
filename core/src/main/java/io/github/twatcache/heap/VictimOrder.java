package io.github.twatcache.heap;

import org.jspecify.annotations.Nullable;

/**
 * A policy of your own: decides which entry leaves a full cache of the engine {@code heap}.
 *
 * <p>One is made for each store. The store tells it of what happens and asks it for a victim; all calls come under the
 * store's lock, one at a time, so that no synchronisation is needed. Therefore a method must be quick and must not use
 * the cache: that would wait for itself for ever. What a method throws reaches the caller of the cache. Entries of weight
 * 0 never leave for want of room, and it does not hear of them.
 *
 * <p>Keys come as the store holds them: {@link io.github.twatcache.spi.Nil#NIL} stands for {@code null}.
 *
 * <p>Example: the entry with the longest key leaves.
 *
 * <pre>{@code
 * final class LongestFirst implements VictimOrder<String> {
 *     private final TreeSet<String> keys = new TreeSet<>(Comparator.comparing(String::length).thenComparing(naturalOrder()));
 *
 *     public void added(String key) { keys.add(key); }
 *     public void used(String key) {}
 *     public void updated(String key) {}
 *     public void removed(String key) { keys.remove(key); }
 *     public String victim(String spared) {
 *         String longest = keys.isEmpty() ? null : keys.last();
 *         return longest != null && longest.equals(spared) ? keys.lower(longest) : longest;
 *     }
 * }
 * twat.cache("names").engine("heap").maximumSize(100).set(HeapSettings.ORDER, LongestFirst::new);
 * }</pre>
 *
 * @param <K> the type of the keys
 */
public interface VictimOrder<K> {
    /**
     * An entry is about to be stored under a key that had none.
     *
     * @param key the key
     */
    void added(K key);

    /**
     * An entry was found by a look-up that counts as a use.
     *
     * @param key the key
     */
    void used(K key);

    /**
     * A new value took the place of an entry's old one.
     *
     * @param key the key
     */
    void updated(K key);

    /**
     * An entry has left, for whatever reason.
     *
     * @param key the key
     */
    void removed(K key);

    /**
     * Names the entry to leave. The store removes it and then calls {@link #removed}; it asks again until there is room.
     *
     * @param spared the key that is being updated and must not be named; {@code null} when a new key comes
     * @return the key of an entry that is there; {@code null} when nobody is to leave: the put then fails with
     *     {@link io.github.twatcache.spi.Outcome#FULL}. Any other key makes the put fail with an
     *     {@link io.github.twatcache.error.OperationException}
     */
    @Nullable K victim(@Nullable K spared);

    /** Makes the order of a new store. */
    @FunctionalInterface
    interface Factory {
        /**
         * Makes an order that knows no entries yet.
         *
         * @return the order; its keys are those of the cache
         */
        VictimOrder<?> create();
    }
}
