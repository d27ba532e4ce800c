package io.github.twatcache.spi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A store that lets one of all the processes that share it compute what is missing, while the others wait: core asks it
 * on a miss, after it has settled which thread of this process is to compute.
 *
 * <p>A lease belongs to a key that has no live entry. It ends when its owner commits or releases it, when its owner's
 * process dies (told by a lock of the operating system or the like, never by a pid), or with any change of the key by any
 * process (put, remove, clear, tag, counter, stream), in the same commit as the change, so that a late result is refused.
 * A put of the owner's process ends it too. An entry's expiry is no change: the lease of the next computation begins after it.
 *
 * <p>Every store with {@link Trait#LEASES} is one. Where a setting or the place has its processes not agree, it answers {@link
 * Mine} to each that asks, nobody waits, and a commit is refused all the same when the key was changed since.
 *
 * @param <K> the type of the keys
 */
public interface Leases<K> {
    /** The answer to who may compute. */
    sealed interface Claim {}

    /**
     * The asker may: nobody else will until the lease has ended.
     *
     * @param token proves it to {@link #commit}
     */
    record Mine(Object token) implements Claim {}

    /**
     * Another has the lease.
     *
     * @param mark tells this lease from others of the same key; for {@link #awaitChange}
     * @param owner who has it, for messages: process, machine
     * @param held for how long
     */
    record Theirs(Object mark, String owner, Duration held) implements Claim {}

    /**
     * Nobody needs to: there is a live entry. Counts as a use.
     *
     * @param value the masked value
     */
    record Found(Object value) implements Claim {}

    /**
     * Takes the lease of a key, unless there is an entry or a living owner. Never waits for an owner.
     *
     * @param key the masked key
     * @return who may compute
     */
    Claim acquire(K key);

    /**
     * The same for many keys in one step, which does not fail half way.
     *
     * @param keys the masked keys, each once
     * @return the answer for each, in the same order
     */
    default Map<K, Claim> acquireAll(Collection<? extends K> keys) {
        Map<K, Claim> claims = new LinkedHashMap<>();
        try {
            keys.forEach(key -> claims.put(key, acquire(key)));
        } catch (RuntimeException failed) {
            claims.forEach((key, claim) -> {
                if (claim instanceof Mine mine) {
                    try {
                        release(key, mine.token());
                    } catch (RuntimeException too) {
                        failed.addSuppressed(too);
                    }
                }
            });
            throw failed;
        }
        return claims;
    }

    /**
     * Takes the lease of a key from whoever has it: for one who has waited for as long as it may. The former owner's
     * commit will be refused.
     *
     * @param key the masked key
     * @return {@link Mine} or {@link Found}
     */
    Claim seize(K key);

    /**
     * Stores what the owner has computed and ends the lease, if it is still there, in one atomic step.
     *
     * @param key the masked key
     * @param token of {@link Mine}
     * @param value the masked value
     * @param terms on which it is kept
     * @return what became of it: {@link Outcome#REFUSED} when the lease had ended. Whatever it is, the lease is over
     */
    Outcome commit(K key, Object token, Object value, Terms terms);

    /**
     * The same for many keys in one step.
     *
     * @param commits what was computed, each key once
     * @return what became of each, in the same order
     */
    default List<Outcome> commitAll(List<Commit<K>> commits) {
        List<Outcome> outcomes = new ArrayList<>();
        commits.forEach(one -> outcomes.add(commit(one.key, one.token, one.value, one.terms)));
        return outcomes;
    }

    /**
     * Ends a lease without a value; one who waits gets it. Does nothing when it has ended already.
     *
     * @param key the masked key
     * @param token of {@link Mine}
     */
    void release(K key, Object token);

    /**
     * Ends the lease of a key whose token nobody has: this store has given it, and the answer was lost on its way, as where
     * something fails after {@link #acquire} is done. Else this process would wait for itself. Core asks for it where it has
     * lost an answer, and no load of this store has a lease of the key.
     *
     * @param key the masked key
     * @return whether there was one
     */
    default boolean releaseLost(K key) {
        return false;
    }

    /**
     * Whether a lease is still there: nobody has changed the key since it was taken, and it was neither committed nor
     * released. Core asks before a call joins the computation under it, which may be older than a change elsewhere.
     *
     * @param key the masked key
     * @param token of {@link Mine}
     * @return whether it is
     */
    boolean holds(K key, Object token);

    /**
     * Waits until a lease of another has ended or its owner has died, at most for some time. May return early: the caller
     * then acquires anew.
     *
     * @param key the masked key
     * @param theirs the answer that named the lease
     * @param atMost how long to wait, more than zero
     * @throws InterruptedException when interrupted meanwhile
     */
    void awaitChange(K key, Theirs theirs, Duration atMost) throws InterruptedException;

    /**
     * What an owner has computed.
     *
     * @param <K> the type of the keys
     * @param key the masked key
     * @param token of {@link Mine}
     * @param value the masked value
     * @param terms on which it is kept
     */
    record Commit<K>(K key, Object token, Object value, Terms terms) {}
}
