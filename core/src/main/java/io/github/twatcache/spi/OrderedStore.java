package io.github.twatcache.spi;

import org.jspecify.annotations.Nullable;

/**
 * A store that walks over its entries in order. Every store with {@link Trait#ORDERED} is one.
 *
 * @param <K> the type of the keys
 */
public interface OrderedStore<K> {
    /** What is walked along. */
    enum Order {
        /** By the moment at which a key was stored while it had no live entry; an update leaves an entry in its place. */
        INSERTION,
        /** By the bytes of {@link KeyCodec#ordered}: strings, numbers and times by their own order. */
        KEY
    }

    /**
     * Walks over the live entries in an order, as a {@link Cursor} does: each that is there all the while exactly once, in
     * its place, while others write. In insertion order, what is inserted after the walk has begun is not seen.
     *
     * @param order what to walk along
     * @param descending whether to walk from the last to the first
     * @param beyond where to begin: after this key in the direction of the walk, for {@link Order#KEY} whether or not
     *     it has an entry; for {@link Order#INSERTION} a key without one yields nothing; {@code null} for the beginning
     * @return a cursor, to be closed
     */
    Cursor<K> entries(Order order, boolean descending, @Nullable K beyond);
}
