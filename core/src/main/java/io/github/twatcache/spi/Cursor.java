package io.github.twatcache.spi;

import java.util.Iterator;
import java.util.function.Function;
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

    /**
     * For {@link #key} of a cursor of your own: the key that it stands on, or the exception that says what to do.
     *
     * @param <K> the type of the keys
     * @param current the masked key, {@code null} before the first and after the last {@link #advance}
     * @return the same key
     * @throws IllegalStateException when it is {@code null}
     */
    static <K> K standing(@Nullable K current) {
        if (current == null) {
            throw new IllegalStateException(
                    "the cursor stands on no entry; call advance() and go on while it returns true");
        }
        return current;
    }

    /**
     * A cursor over keys that looks each value up: for stores that are, in the end, a map.
     *
     * @param <K> the type of the keys
     * @param keys walks over the masked keys, each once
     * @param look returns the masked value of a key without using the entry, {@code null} where there is none
     * @return the cursor; it passes over keys whose entry has gone
     */
    static <K> Cursor<K> over(Iterator<? extends K> keys, Function<? super K, ? extends @Nullable Object> look) {
        return new KeyCursor<>(keys, look);
    }
}
