package io.github.twatcache;

import io.github.twatcache.function.AsyncFn0;
import io.github.twatcache.key.CallKey;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.Store;
import io.github.twatcache.stats.OwnedCounter;
import java.io.Serial;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A memoized function of no arguments that answers with a future. {@link MemoSpinner} makes a class of its own of it for
 * every function.
 *
 * @see Memo for why
 */
@SuppressWarnings("unchecked") // a store holds what the function's stages have ended with
final class AsyncMemo0<R extends @Nullable Object> extends AsyncMemo implements AsyncCached0<R> {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The cache of the one function that this class was made for, as a constant; {@code null} in the template itself. */
    private static final @Nullable CacheCore CORE = MemoSpinner.core(MethodHandles.lookup());

    private static final @Nullable Store<Object> STORE = CORE == null ? null : CORE.store;

    private static final @Nullable OwnedCounter HITS = CORE == null ? null : CORE.hits;

    private final transient AsyncFn0<R> function;
    private final transient Object key;

    AsyncMemo0(MemoParts parts, AsyncFn0<R> function) {
        super(parts, function);
        this.function = function;
        this.key = parts.keys().constant();
    }

    @Override
    public CompletableFuture<R> apply() {
        try {
            Object key = this.key;
            if (!(CORE == null ? core : CORE).blocks) {
                Object value = (STORE == null ? store : STORE).get(key);
                if (value != null) {
                    Watch watch = (CORE == null ? core : CORE).watch;
                    if (watch == null) {
                        OwnedCounter hits = CORE == null ? core.hits : HITS;
                        if (hits != null) {
                            hits.increment();
                        }
                        return CompletableFuture.completedFuture(Cast.to(value == Nil.NIL ? null : value));
                    } else if (!watch.blind()) {
                        return CompletableFuture.completedFuture(Cast.to(watch.hit(value)));
                    }
                }
            }
            return missed(key);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** Kept out of the code of a hit, see {@link ColdMethod}. */
    private CompletableFuture<R> missed(Object key) {
        return (CompletableFuture<R>) core.loadAsync(key, AsyncCalls.of(function), judge());
    }

    @Override
    public CompletableFuture<Lookup<R>> peek() {
        try {
            return (CompletableFuture<Lookup<R>>) (CompletableFuture<?>) found(this.key);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CompletableFuture<Boolean> isCached() {
        try {
            return there(this.key);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CompletableFuture<@Nullable Void> put(R result) {
        try {
            return stored(this.key, result, judge());
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CompletableFuture<Boolean> invalidate() {
        try {
            return removed(this.key);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CompletableFuture<Boolean> invalidateSoftly() {
        try {
            return aged(this.key);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CompletableFuture<R> refresh() {
        try {
            return (CompletableFuture<R>) renewed(this.key, AsyncCalls.of(function), judge());
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CallKey key() {
        return shown(this.key);
    }

    @Override
    public CompletionStage<R> bypass() throws Exception {
        return function.apply();
    }

    @Override
    public AsyncFn0<R> original() {
        return function;
    }
}
