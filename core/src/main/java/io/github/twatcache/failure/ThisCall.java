package io.github.twatcache.failure;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a guarded store has to know of the call that the current thread is making. Of each cache its own. */
final class ThisCall {
    /** Whether it has waited for the engine in vain: once is enough for one call. */
    @SuppressWarnings("ThreadLocalUsage") // of each cache its own
    private final ThreadLocal<@Nullable Boolean> waited = new ThreadLocal<>();

    /** The key that it has last looked up without seeing what the engine holds. */
    @SuppressWarnings("ThreadLocalUsage") // of each cache its own
    private final ThreadLocal<@Nullable Object> unseen = new ThreadLocal<>();

    /** Whether what is done now is a part of a call that asks for several keys. */
    @SuppressWarnings("ThreadLocalUsage") // of each cache its own
    private final ThreadLocal<@Nullable Boolean> within = new ThreadLocal<>();

    private final boolean mayWait;

    ThisCall(boolean mayWait) {
        this.mayWait = mayWait;
    }

    void begins() {
        if (mayWait && within.get() == null) {
            waited.remove();
        }
    }

    /** Takes all that is done for one call. */
    <R extends @Nullable Object> R whole(Supplier<R> steps) {
        if (!mayWait || within.get() != null) {
            return steps.get();
        }
        waited.remove();
        within.set(true);
        try {
            return steps.get();
        } finally {
            within.remove();
        }
    }

    /** Whether a call that asks for several keys has waited in vain for one of them. */
    boolean isSpent() {
        return hasWaited() && within.get() != null;
    }

    void waitedInVain() {
        waited.set(true);
    }

    boolean hasWaited() {
        return mayWait && waited.get() != null;
    }

    void didNotSee(Object key) {
        unseen.set(key);
    }

    /** Whether it could not see what the engine holds under a key; asked once. */
    boolean hasNotSeen(Object key) {
        boolean same = key.equals(unseen.get());
        unseen.remove();
        return same;
    }
}
