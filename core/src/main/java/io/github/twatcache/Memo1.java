package io.github.twatcache;

import io.github.twatcache.function.Fn1;
import io.github.twatcache.key.CallKey;
import io.github.twatcache.key.KeyMaker1;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.Store;
import io.github.twatcache.stats.OwnedCounter;
import java.io.Serial;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A memoized function of one argument. {@link MemoSpinner} makes a class of its own of it for every function.
 *
 * @see Memo for why
 */
@SuppressWarnings("unchecked") // a store holds what the function has returned
final class Memo1<A extends @Nullable Object, R extends @Nullable Object, X extends Exception> extends Memo
        implements Cached1<A, R, X> {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The cache of the one function that this class was made for, as a constant; {@code null} in the template itself. */
    private static final @Nullable CacheCore CORE = MemoSpinner.core(MethodHandles.lookup());

    private static final @Nullable Store<Object> STORE = CORE == null ? null : CORE.store;

    private static final @Nullable OwnedCounter HITS = CORE == null ? null : CORE.hits;

    private final transient Fn1<A, R, X> function;
    /** {@code null} where the argument itself is the key. */
    private final transient @Nullable KeyMaker1 keys;

    Memo1(MemoParts parts, Fn1<A, R, X> function) {
        super(parts, function);
        this.function = function;
        this.keys = parts.maker1();
    }

    private Object keyOf(A a) {
        KeyMaker1 maker = keys;
        return maker == null ? Nil.mask(a) : maker.key(a);
    }

    @Override
    public R apply(A a) throws X {
        Object key = keyOf(a);
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
        return missed(key, a);
    }

    /** Kept out of the code of a hit, see {@link ColdMethod}. */
    private R missed(Object key, A a) throws X {
        return Cast.to(core.<X>load(key, Calls.of(function, a), judge(a)));
    }

    @Override
    public Lookup<R> peek(A a) {
        return (Lookup<R>) core.peek(keyOf(a));
    }

    @Override
    public boolean isCached(A a) {
        return core.holds(keyOf(a));
    }

    @Override
    public void put(A a, R result) {
        put(keyOf(a), result, judge(a));
    }

    @Override
    public boolean invalidate(A a) {
        return core.remove(keyOf(a));
    }

    @Override
    public boolean invalidateSoftly(A a) {
        return core.age(keyOf(a));
    }

    @Override
    public R refresh(A a) throws X {
        return Cast.to(core.<X>refresh(keyOf(a), Calls.of(function, a), judge(a)));
    }

    @Override
    public CompletableFuture<R> refreshAsync(A a) {
        return (CompletableFuture<R>) inBackground(keyOf(a), Calls.of(function, a), judge(a));
    }

    @Override
    public CallKey key(A a) {
        return shown(keyOf(a));
    }

    @Override
    public R bypass(A a) throws X {
        return function.apply(a);
    }

    @Override
    public Fn1<A, R, X> original() {
        return function;
    }

    @Override
    public Function<A, R> asFunction() {
        return Calls.unchecked(this);
    }

    @Override
    public long warm(Iterable<? extends A> arguments) throws X {
        core.inFlight.requireOpen();
        long loaded = 0;
        for (A a : arguments) {
            if (!isCached(a)) {
                apply(a);
                loaded++;
            }
        }
        return loaded;
    }
}
