package io.github.twatcache;

import io.github.twatcache.function.Fn0;
import io.github.twatcache.key.CallKey;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.Store;
import io.github.twatcache.stats.OwnedCounter;
import java.io.Serial;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A memoized function of no arguments. {@link MemoSpinner} makes a class of its own of it for every function.
 *
 * @see Memo for why
 */
@SuppressWarnings("unchecked") // a store holds what the function has returned
final class Memo0<R extends @Nullable Object, X extends Exception> extends Memo implements Cached0<R, X> {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The cache of the one function that this class was made for, as a constant; {@code null} in the template itself. */
    private static final @Nullable CacheCore CORE = MemoSpinner.core(MethodHandles.lookup());

    private static final @Nullable Store<Object> STORE = CORE == null ? null : CORE.store;

    private static final @Nullable OwnedCounter HITS = CORE == null ? null : CORE.hits;

    private final transient Fn0<R, X> function;
    private final transient Object key;

    Memo0(MemoParts parts, Fn0<R, X> function) {
        super(parts, function);
        this.function = function;
        this.key = parts.keys().constant();
    }

    @Override
    public R apply() throws X {
        Object key = this.key;
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
        return missed(key);
    }

    /** Kept out of the code of a hit, see {@link ColdMethod}. */
    private R missed(Object key) throws X {
        return Cast.to(core.<X>load(key, Calls.of(function), judge()));
    }

    @Override
    public Lookup<R> peek() {
        return (Lookup<R>) core.peek(this.key);
    }

    @Override
    public boolean isCached() {
        return core.holds(this.key);
    }

    @Override
    public void put(R result) {
        put(this.key, result, judge());
    }

    @Override
    public boolean invalidate() {
        return core.remove(this.key);
    }

    @Override
    public boolean invalidateSoftly() {
        return core.age(this.key);
    }

    @Override
    public R refresh() throws X {
        return Cast.to(core.<X>refresh(this.key, Calls.of(function), judge()));
    }

    @Override
    public CompletableFuture<R> refreshAsync() {
        return (CompletableFuture<R>) inBackground(this.key, Calls.of(function), judge());
    }

    @Override
    public CallKey key() {
        return shown(this.key);
    }

    @Override
    public R bypass() throws X {
        return function.apply();
    }

    @Override
    public Fn0<R, X> original() {
        return function;
    }

    @Override
    public Supplier<R> asFunction() {
        return Calls.unchecked(this);
    }
}
