package io.github.twatcache;

import io.github.twatcache.function.AsyncFn4;
import io.github.twatcache.key.CallKey;
import io.github.twatcache.key.KeyMaker4;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.Store;
import io.github.twatcache.stats.OwnedCounter;
import java.io.Serial;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A memoized function of four arguments that answers with a future. {@link MemoSpinner} makes a class of its own of it for
 * every function.
 *
 * @see Memo for why
 */
@SuppressWarnings("unchecked") // a store holds what the function's stages have ended with
final class AsyncMemo4<
                A extends @Nullable Object,
                B extends @Nullable Object,
                C extends @Nullable Object,
                D extends @Nullable Object,
                R extends @Nullable Object>
        extends AsyncMemo implements AsyncCached4<A, B, C, D, R> {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The cache of the one function that this class was made for, as a constant; {@code null} in the template itself. */
    private static final @Nullable CacheCore CORE = MemoSpinner.core(MethodHandles.lookup());

    private static final @Nullable Store<Object> STORE = CORE == null ? null : CORE.store;

    private static final @Nullable OwnedCounter HITS = CORE == null ? null : CORE.hits;

    private final transient AsyncFn4<A, B, C, D, R> function;
    private final transient KeyMaker4 keys;

    AsyncMemo4(MemoParts parts, AsyncFn4<A, B, C, D, R> function) {
        super(parts, function);
        this.function = function;
        this.keys = parts.maker4();
    }

    @Override
    public CompletableFuture<R> apply(A a, B b, C c, D d) {
        try {
            Object key = keys.key(a, b, c, d);
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
            return missed(key, a, b, c, d);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** Kept out of the code of a hit, see {@link ColdMethod}. */
    private CompletableFuture<R> missed(Object key, A a, B b, C c, D d) {
        return (CompletableFuture<R>) core.loadAsync(key, AsyncCalls.of(function, a, b, c, d), judge(a, b, c, d));
    }

    @Override
    public CompletableFuture<Lookup<R>> peek(A a, B b, C c, D d) {
        try {
            return (CompletableFuture<Lookup<R>>) (CompletableFuture<?>) found(keys.key(a, b, c, d));
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CompletableFuture<Boolean> isCached(A a, B b, C c, D d) {
        try {
            return there(keys.key(a, b, c, d));
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CompletableFuture<@Nullable Void> put(A a, B b, C c, D d, R result) {
        try {
            return stored(keys.key(a, b, c, d), result, judge(a, b, c, d));
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CompletableFuture<Boolean> invalidate(A a, B b, C c, D d) {
        try {
            return removed(keys.key(a, b, c, d));
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CompletableFuture<Boolean> invalidateSoftly(A a, B b, C c, D d) {
        try {
            return aged(keys.key(a, b, c, d));
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CompletableFuture<R> refresh(A a, B b, C c, D d) {
        try {
            return (CompletableFuture<R>)
                    renewed(keys.key(a, b, c, d), AsyncCalls.of(function, a, b, c, d), judge(a, b, c, d));
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CallKey key(A a, B b, C c, D d) {
        return shown(keys.key(a, b, c, d));
    }

    @Override
    public CompletionStage<R> bypass(A a, B b, C c, D d) throws Exception {
        return function.apply(a, b, c, d);
    }

    @Override
    public AsyncFn4<A, B, C, D, R> original() {
        return function;
    }
}
