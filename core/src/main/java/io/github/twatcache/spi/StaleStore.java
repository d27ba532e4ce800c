package io.github.twatcache.spi;

import org.jspecify.annotations.Nullable;

/**
 * A store that keeps entries past their freshness; every store with {@link Trait#STALE} is one when {@code keep-stale} is
 * on.
 *
 * <p>Such an entry has three ends, all exact: {@link Terms#dueNanos}, from which on {@link Store#get} finds it no more;
 * {@link Terms#freshNanos}, from which on nothing of {@link Store} does, neither {@code entry} nor {@code size} nor a walk,
 * and it is absent to every {@link Guard}; and {@link Terms#keptNanos}, from which on it is gone. Between the last two it is
 * <em>stale</em>. It counts toward the limits until it is gone, and of those that must leave, stale ones are the first. What
 * replaces or removes an entry takes a stale one away, too; it is reported once, as
 * {@link io.github.twatcache.stats.RemovalCause#EXPIRED}, when it really leaves.
 *
 * @param <K> the type of the keys
 */
public interface StaleStore<K> {
    /**
     * Looks up an entry that is kept, fresh or stale, without counting as a use.
     *
     * @param key the masked key
     * @return the entry, {@code null} where none is kept
     */
    @Nullable Kept kept(K key);

    /**
     * Has an entry be stale from now on, if it is fresh. When it is gone does not change.
     *
     * @param key the masked key
     * @return whether there was a fresh entry
     */
    boolean age(K key);

    /**
     * Has every fresh entry that carries a tag be stale from now on.
     *
     * @param tag the tag; nothing carries it where tags are off
     * @return how many there were
     */
    long ageTagged(String tag);

    /**
     * Has every fresh entry be stale from now on. One that is stored meanwhile may or may not.
     *
     * @return how many there were
     */
    long ageAll();

    /**
     * Gives a fresh entry new lifetimes and leaves all else; not a use.
     *
     * @param key the masked key
     * @param terms the lifetimes, counted from now; the rest is not looked at
     * @return whether there was a fresh entry
     */
    boolean retime(K key, Terms terms);

    /**
     * An entry that is kept.
     *
     * @param entry the entry; of its terms, {@code dueNanos} is 0 where it is due, and {@code freshNanos} where it is stale
     * @param staleNanos for how long it has been stale, in nanoseconds; 0 where it is fresh
     * @param aged whether it is stale because of {@link #age}, {@link #ageTagged} or {@link #ageAll}
     */
    record Kept(Entry entry, long staleNanos, boolean aged) {
        /**
         * Whether it is fresh.
         *
         * @return whether it is
         */
        public boolean fresh() {
            return entry.terms().freshNanos() > 0;
        }

        /**
         * Whether look-ups find it no more.
         *
         * @return whether it is due; a stale one is
         */
        public boolean due() {
            return entry.terms().dueNanos() <= 0;
        }
    }
}
