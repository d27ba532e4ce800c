package io.github.twatcache.spi;

import org.jspecify.annotations.Nullable;

/**
 * Walks over the live entries of a store: each that is there all the while exactly once, one that comes or goes
 * meanwhile at most once. Never counts as a use, never throws for what others change.
 *
 * @param <K> the type of the keys
 */
public interface Cursor<K> extends AutoCloseable {
    /**
     * Moves to the next entry.
     *
     * @return whether there is one
     */
    boolean advance();

    /**
     * The key of the current entry.
     *
     * @return the masked key
     * @throws IllegalStateException before the first or after the last {@link #advance}
     */
    K key();

    /**
     * The value of the current entry.
     *
     * @return the masked value; {@code null} when the entry has gone since {@link #advance}
     * @throws IllegalStateException before the first or after the last {@link #advance}
     */
    @Nullable Object value();

    @Override
    void close();
}
