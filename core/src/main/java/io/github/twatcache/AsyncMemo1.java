package io.github.twatcache;

import io.github.twatcache.function.AsyncFn1;
import io.github.twatcache.key.CallKey;
import io.github.twatcache.key.KeyMaker1;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.Store;
import io.github.twatcache.stats.OwnedCounter;
import java.io.Serial;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A memoized function of one argument that answers with a future. {@link MemoSpinner} makes a class of its own of it for
 * every function.
 *
 * @see Memo for why
 */
@SuppressWarnings("unchecked") // a store holds what the function's stages have ended with
final class AsyncMemo1<A extends @Nullable Object, R extends @Nullable Object> extends AsyncMemo
        implements AsyncCached1<A, R> {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The cache of the one function that this class was made for, as a constant; {@code null} in the template itself. */
    private static final @Nullable CacheCore CORE = MemoSpinner.core(MethodHandles.lookup());

    private static final @Nullable Store<Object> STORE = CORE == null ? null : CORE.store;

    private static final @Nullable OwnedCounter HITS = CORE == null ? null : CORE.hits;

    private final transient AsyncFn1<A, R> function;
    /** {@code null} where the argument itself is the key. */
    private final transient @Nullable KeyMaker1 keys;

    AsyncMemo1(MemoParts parts, AsyncFn1<A, R> function) {
        super(parts, function);
        this.function = function;
        this.keys = parts.maker1();
    }

    private Object keyOf(A a) {
        KeyMaker1 maker = keys;
        return maker == null ? Nil.mask(a) : maker.key(a);
    }

    @Override
    public CompletableFuture<R> apply(A a) {
        try {
            Object key = keyOf(a);
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
            return missed(key, a);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** Kept out of the code of a hit, see {@link ColdMethod}. */
    private CompletableFuture<R> missed(Object key, A a) {
        return (CompletableFuture<R>) core.loadAsync(key, AsyncCalls.of(function, a), judge(a));
    }

    @Override
    public CompletableFuture<Lookup<R>> peek(A a) {
        try {
            return (CompletableFuture<Lookup<R>>) (CompletableFuture<?>) found(keyOf(a));
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CompletableFuture<Boolean> isCached(A a) {
        try {
            return there(keyOf(a));
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CompletableFuture<@Nullable Void> put(A a, R result) {
        try {
            return stored(keyOf(a), result, judge(a));
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CompletableFuture<Boolean> invalidate(A a) {
        try {
            return removed(keyOf(a));
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CompletableFuture<Boolean> invalidateSoftly(A a) {
        try {
            return aged(keyOf(a));
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CompletableFuture<R> refresh(A a) {
        try {
            return (CompletableFuture<R>) renewed(keyOf(a), AsyncCalls.of(function, a), judge(a));
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CallKey key(A a) {
        return shown(keyOf(a));
    }

    @Override
    public CompletionStage<R> bypass(A a) throws Exception {
        return function.apply(a);
    }

    @Override
    public AsyncFn1<A, R> original() {
        return function;
    }
}
