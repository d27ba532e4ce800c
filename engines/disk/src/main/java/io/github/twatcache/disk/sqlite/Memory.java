package io.github.twatcache.disk.sqlite;

import java.util.IdentityHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the transactions of this process have learnt of the database, good for the next one as long as nobody else has
 * committed since. Used under the write lock alone.
 */
final class Memory {
    private final IdentityHashMap<Object, Object> facts = new IdentityHashMap<>();
    private long commits = -1;

    /** Begins a transaction: forgets all if others have committed since the last. */
    void begin(@Nullable CommitHook hook) {
        if (hook == null || hook.commits() != commits) {
            forget();
        }
    }

    /** Ends a transaction, after all has been said about it. */
    void end(@Nullable CommitHook hook, boolean committed) {
        if (!committed || hook == null) {
            forget();
        } else {
            commits = hook.commits();
        }
    }

    /** Forgets all: it is not known what of it is true. */
    void forget() {
        facts.clear();
        commits = -1;
    }

    @SuppressWarnings("unchecked") // who asks gets what it has made
    <T> T of(Object owner, Supplier<T> maker) {
        return (T) facts.computeIfAbsent(owner, unused -> maker.get());
    }
}
