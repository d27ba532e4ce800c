package io.github.twatcache;

import io.github.twatcache.function.Fn4;
import io.github.twatcache.key.CallKey;
import io.github.twatcache.key.KeyMaker4;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.Store;
import io.github.twatcache.stats.OwnedCounter;
import java.io.Serial;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A memoized function of four arguments. {@link MemoSpinner} makes a class of its own of it for every function.
 *
 * @see Memo for why
 */
@SuppressWarnings("unchecked") // a store holds what the function has returned
final class Memo4<
                A extends @Nullable Object,
                B extends @Nullable Object,
                C extends @Nullable Object,
                D extends @Nullable Object,
                R extends @Nullable Object,
                X extends Exception>
        extends Memo implements Cached4<A, B, C, D, R, X> {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The cache of the one function that this class was made for, as a constant; {@code null} in the template itself. */
    private static final @Nullable CacheCore CORE = MemoSpinner.core(MethodHandles.lookup());

    private static final @Nullable Store<Object> STORE = CORE == null ? null : CORE.store;

    private static final @Nullable OwnedCounter HITS = CORE == null ? null : CORE.hits;

    private final transient Fn4<A, B, C, D, R, X> function;
    private final transient KeyMaker4 keys;

    Memo4(MemoParts parts, Fn4<A, B, C, D, R, X> function) {
        super(parts, function);
        this.function = function;
        this.keys = parts.maker4();
    }

    @Override
    public R apply(A a, B b, C c, D d) throws X {
        Object key = keys.key(a, b, c, d);
        Object value = (STORE == null ? store : STORE).get(key);
        if (value != null) {
            Watch watch = (CORE == null ? core : CORE).watch;
            if (watch == null) {
                OwnedCounter hits = CORE == null ? core.hits : HITS;
                if (hits != null) {
                    hits.increment();
                }
                return Cast.to(value == Nil.NIL ? null : value);
            } else if (!watch.blind()) {
                return Cast.to(watch.hit(value));
            }
        }
        return missed(key, a, b, c, d);
    }

    /** Kept out of the code of a hit, see {@link ColdMethod}. */
    private R missed(Object key, A a, B b, C c, D d) throws X {
        return Cast.to(core.<X>load(key, Calls.of(function, a, b, c, d), judge(a, b, c, d)));
    }

    @Override
    public Lookup<R> peek(A a, B b, C c, D d) {
        return (Lookup<R>) core.peek(keys.key(a, b, c, d));
    }

    @Override
    public boolean isCached(A a, B b, C c, D d) {
        return core.holds(keys.key(a, b, c, d));
    }

    @Override
    public void put(A a, B b, C c, D d, R result) {
        put(keys.key(a, b, c, d), result, judge(a, b, c, d));
    }

    @Override
    public boolean invalidate(A a, B b, C c, D d) {
        return core.remove(keys.key(a, b, c, d));
    }

    @Override
    public boolean invalidateSoftly(A a, B b, C c, D d) {
        return core.age(keys.key(a, b, c, d));
    }

    @Override
    public R refresh(A a, B b, C c, D d) throws X {
        return Cast.to(core.<X>refresh(keys.key(a, b, c, d), Calls.of(function, a, b, c, d), judge(a, b, c, d)));
    }

    @Override
    public CompletableFuture<R> refreshAsync(A a, B b, C c, D d) {
        return (CompletableFuture<R>)
                inBackground(keys.key(a, b, c, d), Calls.of(function, a, b, c, d), judge(a, b, c, d));
    }

    @Override
    public CallKey key(A a, B b, C c, D d) {
        return shown(keys.key(a, b, c, d));
    }

    @Override
    public R bypass(A a, B b, C c, D d) throws X {
        return function.apply(a, b, c, d);
    }

    @Override
    public Fn4<A, B, C, D, R, X> original() {
        return function;
    }

    @Override
    public Fn4<A, B, C, D, R, RuntimeException> asFunction() {
        return Calls.unchecked(this);
    }
}
