package io.github.twatcache.spi;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the entries of one cache live. Narrow on purpose: keys, loading, single flight and the counting of look-ups are
 * done above it, once for all engines.
 *
 * <p>Keys and values are masked ({@link Nil} stands for {@code null}), a {@code null} result means absent. All methods
 * may be called by any number of threads. What a store offers beyond this it implements as a type of its own, found by
 * {@link #capability}.
 *
 * <p>An expired entry is absent from the first tick at which its lifetime is over. An update starts a new life.
 *
 * @param <K> the type of the keys
 */
public interface Store<K> extends AutoCloseable {
    /**
     * Looks a value up, and counts as a use of the entry. This is the hit path: one call away from the engine's own get.
     *
     * @param key the masked key
     * @return the masked value, {@code null} where there is no live entry
     */
    @Nullable Object get(K key);

    /**
     * Looks an entry up with its mark and terms, without counting as a use.
     *
     * @param key the masked key
     * @return the entry, {@code null} where there is no live one
     */
    @Nullable Entry entry(K key);

    /**
     * Tells whether there is a live entry, without counting as a use. An engine that keeps values apart from what it says of
     * them need not read the value: damage that only shows there is found by who reads it.
     *
     * @param key the masked key
     * @return whether {@link #entry} finds something
     */
    default boolean holds(K key) {
        return entry(key) != null;
    }

    /**
     * Stores an entry, if the guard holds, in one atomic step.
     *
     * @param key the masked key; the store keeps it, so it must not change any more
     * @param value the masked value
     * @param terms on which it is kept
     * @param guard the condition
     * @return what became of it; in all but {@link Outcome#STORED} nothing has changed
     */
    Outcome put(K key, Object value, Terms terms, Guard guard);

    /**
     * Removes an entry, if the guard holds, in one atomic step.
     *
     * @param key the masked key
     * @param guard the condition; {@link Guard#ABSENT} makes no sense here and removes nothing
     * @return whether a live entry was removed
     */
    boolean remove(K key, Guard guard);

    /** Removes every entry. */
    void clear();

    /**
     * Counts the live entries exactly, after finishing what the engine may have put off.
     *
     * @return how many there are
     */
    long size();

    /**
     * Counts the entries cheaply; may be off by what has expired or is about to be evicted.
     *
     * @return about how many there are
     */
    default long estimatedSize() {
        return size();
    }

    /**
     * The weight of all live entries, after finishing what the engine may have put off.
     *
     * @return the sum of {@link Terms#weight}; the number of entries where the cache has no weigher
     */
    default long weight() {
        return size();
    }

    /**
     * Walks over the live entries.
     *
     * @return a cursor, to be closed
     */
    Cursor<K> entries();

    /**
     * An ability beyond this interface.
     *
     * @param <C> the type that is the ability
     * @param type the type that is the ability
     * @return this store as that type, or empty where it has it not
     */
    default <C> Optional<C> capability(Class<C> type) {
        return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
    }

    /**
     * Why this store has not an ability that its engine claims, where a setting of the cache excludes it.
     *
     * @param type the type that is the ability
     * @return what excludes it and what to do, to go on after "since"; empty where there is nothing to say
     */
    default Optional<String> lacking(Class<?> type) {
        return Optional.empty();
    }

    /**
     * Lets go of everything: what is held on the heap is dropped, so that a {@link #get} that comes too late finds
     * nothing; what outlives the process stays where it is. Other methods are not called any more.
     */
    @Override
    void close();
}
