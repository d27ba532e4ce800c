package io.github.twatcache;

import io.github.twatcache.stats.MissReason;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * What a look-up has found: a value, which may be {@code null}, or nothing, and why. Immutable.
 *
 * @param <V> the type of the value
 */
public sealed interface Lookup<V extends @Nullable Object> {
    /**
     * Whether there is a value. A null that is stored is one.
     *
     * @return whether there is
     */
    boolean present();

    /**
     * The value.
     *
     * @return the value, possibly {@code null}
     * @throws NoSuchElementException when there is none
     */
    V value();

    /**
     * Whether the value is past its freshness and only served because it is still kept.
     *
     * @return whether it is stale; false where there is no value
     */
    boolean stale();

    /**
     * The value, or another where there is none.
     *
     * @param other what to return where there is none
     * @return one of them
     */
    default V orElse(V other) {
        return present() ? value() : other;
    }

    /**
     * A value that is there.
     *
     * @param <V> the type of the value
     * @param value the value, possibly {@code null}
     * @return the look-up
     */
    static <V extends @Nullable Object> Lookup<V> found(V value) {
        return new Found<>(value, false);
    }

    /**
     * Nothing.
     *
     * @param <V> the type of the value that is not there
     * @return the look-up
     */
    static <V extends @Nullable Object> Lookup<V> absent() {
        return new Absent<>(MissReason.ABSENT);
    }

    /**
     * A value that is there.
     *
     * @param <V> the type of the value
     * @param value the value, possibly {@code null}
     * @param stale whether it is past its freshness
     */
    record Found<V extends @Nullable Object>(V value, boolean stale) implements Lookup<V> {
        @Override
        public boolean present() {
            return true;
        }
    }

    /**
     * Nothing.
     *
     * @param <V> the type of the value that is not there
     * @param reason why it is not there; {@link MissReason#ABSENT} where nobody remembers, as always without {@code
     *     statistics()}
     */
    record Absent<V extends @Nullable Object>(MissReason reason) implements Lookup<V> {
        @Override
        public boolean present() {
            return false;
        }

        @Override
        public V value() {
            throw new NoSuchElementException("nothing is stored (" + reason + "); ask present() first");
        }

        @Override
        public boolean stale() {
            return false;
        }
    }
}
