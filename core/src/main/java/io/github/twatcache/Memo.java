package io.github.twatcache;

import io.github.twatcache.error.LoadRejectedException;
import io.github.twatcache.key.CallKey;
import io.github.twatcache.load.Carrying;
import io.github.twatcache.load.Computation;
import io.github.twatcache.load.Judge;
import io.github.twatcache.load.Loads;
import io.github.twatcache.spi.ContextCarrier;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.stats.CacheStats;
import java.io.NotSerializableException;
import java.io.ObjectStreamException;
import java.io.Serial;
import java.io.Serializable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What memoized functions of any arity share; nothing of it runs on a hit.
 *
 * <p>The subclasses hold the hit path, and every memoized function has a class of its own, made from one of them. The JIT
 * compiler learns per class: with one class for all, it would see every engine and every kind of key at the same call
 * site as soon as a program memoizes a few functions, and call through a table what it could have inlined.
 */
abstract class Memo implements Cached {
    @Serial
    private static final long serialVersionUID = 1L;

    final transient CacheCore core;
    final transient Store<Object> store;
    final transient MemoParts parts;
    private final transient Serializable original;

    Memo(MemoParts parts, Serializable original) {
        this.parts = parts;
        this.core = parts.core();
        this.store = core.store;
        this.original = original;
    }

    @Override
    public String name() {
        return core.name();
    }

    @Override
    public CacheStats stats() {
        return core.stats();
    }

    @Override
    public Explanation explain() {
        return core.explain();
    }

    @Override
    public void clear() {
        core.clear();
    }

    @Override
    public long invalidateTag(String tag) {
        return core.invalidateTag(tag);
    }

    @Override
    public long invalidateTagSoftly(String tag) {
        return core.ageTagged(tag);
    }

    @Override
    public long invalidateAllSoftly() {
        return core.ageAll();
    }

    @Override
    public long size() {
        core.inFlight.requireOpen();
        core.tell("size");
        return store.size();
    }

    @Override
    public Serializable originalFunction() {
        return original;
    }

    /** The judge of one call; the arguments are brought along only where something is decided from them. */
    Judge judge(@Nullable Object... arguments) {
        return parts.plain() ? Judge.PLAIN : core.verdicts.of(arguments);
    }

    CompletableFuture<?> inBackground(Object key, Computation computation, Judge judge) {
        core.inFlight.requireOpen();
        Object settled = core.keys.settled(key);
        CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
        ContextCarrier.Carried context = core.async.context();
        try {
            parts.executor().execute(() -> {
                try {
                    Carrying.within(context, () -> refreshed(result, settled, computation, judge));
                } catch (Throwable thrown) {
                    result.completeExceptionally(thrown);
                }
            });
        } catch (RejectedExecutionException full) {
            result.completeExceptionally(new LoadRejectedException(
                    "the refresh of key " + core.keys.digest(settled) + " in cache '" + name()
                            + "' was not begun: the executor takes no more work (from code); give it a longer queue, or"
                            + " refresh less at once",
                    full));
        }
        return result;
    }

    private void refreshed(
            CompletableFuture<@Nullable Object> result, Object settled, Computation computation, Judge judge) {
        try {
            result.complete(core.<Exception>refresh(settled, computation, judge));
        } catch (Throwable thrown) {
            result.completeExceptionally(thrown);
        }
    }

    void put(Object key, @Nullable Object result, Judge judge) {
        core.put(key, result, Terms.PLAIN, Guard.ANY, judge);
    }

    /** Removes the result of a call, when run. The key is made at once: the arguments may change until then. */
    Runnable removal(@Nullable Object... arguments) {
        Object key = core.keys.settled(parts.key(arguments));
        return () -> core.remove(key);
    }

    /** Computes the result of a call anew, with another computation. */
    @Nullable Object refresh(Computation computation, @Nullable Object... arguments) throws Exception {
        return core.<Exception>refresh(parts.key(arguments), computation, judge(arguments));
    }

    CallKey shown(Object key) {
        return parts.keys().call(key);
    }

    /** Runs what may throw a checked exception, and lets it through as it is. */
    static <T extends @Nullable Object> T unchecked(Throwing<T> call) {
        try {
            return call.run();
        } catch (Exception thrown) {
            throw Loads.<RuntimeException>same(thrown);
        }
    }

    /** A call that may throw. */
    @FunctionalInterface
    interface Throwing<T extends @Nullable Object> {
        T run() throws Exception;
    }

    @Override
    public String toString() {
        return core.explain().function() + " memoized in cache '" + name() + "' on " + core.spec.engine();
    }

    /** A live cache cannot be written down. */
    @Serial
    final Object writeReplace() throws ObjectStreamException {
        throw new NotSerializableException("the memoized function of cache '" + name()
                + "' is tied to its cache and cannot be serialized; serialize the function itself (original())");
    }
}
