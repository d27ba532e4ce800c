package io.github.twatcache;

import io.github.twatcache.error.CacheException;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.function.Fn0;
import io.github.twatcache.key.CallKey;
import io.github.twatcache.spi.ResultStore;
import io.github.twatcache.spi.StoredReference;
import io.github.twatcache.spi.StoredResult;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The results of a memoized function that an engine keeps in files of their own: what there is, how old and how large it is,
 * and what it has saved. Thread-safe.
 *
 * <pre>{@code
 * var field = twat.files("field").memoize(Simulation::run);
 * Shelf.of(field).results().forEach(result -> System.out.println(result.file() + " " + result.saved()));
 * }</pre>
 */
public final class Shelf {
    private final CacheCore core;
    private final ResultStore<Object> store;

    private Shelf(CacheCore core, ResultStore<Object> store) {
        this.core = core;
        this.store = store;
    }

    /**
     * The shelf of a memoized function. Cheap; may be asked for each time.
     *
     * @param function the memoized function
     * @return its shelf
     * @throws ConfigurationException when the engine does not keep results in files of their own
     * @throws IllegalArgumentException when the function is none of ours
     * @throws IllegalStateException when the cache is closed
     */
    public static Shelf of(Cached function) {
        CacheCore core = core(function);
        core.inFlight.requireOpen();
        ResultStore<Object> store = store(core);
        if (store == null) {
            throw new ConfigurationException("cache '" + core.name() + "' is on engine '" + core.spec.engine()
                    + "', which does not keep results in files of their own; name one that does where the cache is"
                    + " built: twat.files(\"" + core.name() + "\")");
        }
        return new Shelf(core, store);
    }

    private static CacheCore core(Cached function) {
        if (function instanceof Memo memo) {
            return memo.core;
        }
        throw new IllegalArgumentException("function '" + function.name() + "' is a "
                + function.getClass().getName() + ", which twat-cache has not made; give one that memoize returned");
    }

    @SuppressWarnings("unchecked") // the store's keys are Objects
    private static @Nullable ResultStore<Object> store(CacheCore core) {
        return (ResultStore<Object>) core.store.capability(ResultStore.class).orElse(null);
    }

    /** A key that stays what it is, whatever becomes of the arguments. */
    static CallKey settled(Cached function, CallKey key) {
        return function instanceof Memo memo ? memo.shown(memo.core.keys.settled(key)) : key;
    }

    /** Refers to a result that is stored, which is a look-up that has found it; null where none is. */
    static <R extends @Nullable Object> @Nullable Shelved<R> found(Cached function, CallKey key) {
        Found found = stored(function, key);
        if (found == null) {
            return null;
        }
        found.count();
        return Shelved.at(found.reference, found.core.values);
    }

    /** Refers to a result that was just asked for; holds it where it is not stored. */
    static <R extends @Nullable Object> Shelved<R> shelved(Cached function, R result, CallKey key) {
        Found found = stored(function, key);
        return found == null ? Shelved.holding(result) : Shelved.at(found.reference, found.core.values);
    }

    /**
     * Answers a call in a form of its engine's own, in which results need not be read: with what is stored, or with what is
     * computed and stored first. For what engines offer, such as the {@code MappedCalls} of the engine {@code files}.
     *
     * @param <R> the type of the result
     * @param <F> the form
     * @param <X> what the function throws
     * @param function the memoized function
     * @param key the key of the call
     * @param form the class of the form
     * @param call calls the memoized function; runs once at most, where nothing is stored that has the form
     * @param otherwise gives its result the form where it is not stored, or not so
     * @return the result in the form
     * @throws X what the function throws
     * @throws IllegalStateException when the cache is closed
     */
    public static <R extends @Nullable Object, F, X extends Exception> F inForm(
            Cached function, CallKey key, Class<F> form, Fn0<R, X> call, Function<? super R, ? extends F> otherwise)
            throws X {
        // Settled before the function runs, which may change its arguments.
        CallKey settled = settled(function, key);
        Found found = stored(function, settled);
        F there = found == null ? null : found.as(form);
        if (found != null && there != null) {
            found.count();
            return there;
        }
        R result = call.apply();
        Found stored = stored(function, settled);
        F now = stored == null ? null : stored.as(form);
        return now == null ? otherwise.apply(result) : now;
    }

    private static @Nullable Found stored(Cached function, CallKey key) {
        if (!(function instanceof Memo memo)) {
            return null;
        }
        CacheCore core = memo.core;
        core.inFlight.requireOpen();
        ResultStore<Object> store = core.inFlight.mode().finds() ? store(core) : null;
        if (store == null) {
            return null;
        }
        Object settled = core.keys.settled(key);
        StoredReference reference = store.reference(settled);
        return reference == null ? null : new Found(core, store, settled, reference);
    }

    /** A result that is stored. */
    private record Found(CacheCore core, ResultStore<Object> store, Object key, StoredReference reference) {
        /** Counts the look-up that has found it, as one of its value. */
        void count() {
            store.used(key);
            if (core.hits != null) {
                core.hits.increment();
            }
        }

        /** The result in a form; null where it cannot be had so. */
        <F> @Nullable F as(Class<F> form) {
            try {
                return reference.as(form, core.values.get());
            } catch (CacheException unreadable) {
                // Whoever calls the function hears of it there, or is answered all the same.
                return null;
            }
        }
    }

    /**
     * Looks at all results that are stored, and reads none. The cost grows with their number: some tens of microseconds for
     * each.
     *
     * @return the results, those stored first first
     * @throws io.github.twatcache.error.PathException when they cannot be read
     */
    public List<StoredResult> results() {
        core.inFlight.requireOpen();
        return store.results();
    }

    /**
     * How much time the stored results have saved so far.
     *
     * @return the sum of what each has saved
     */
    public Duration saved() {
        return results().stream().map(StoredResult::saved).reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * Deletes the results of the other versions of the function's code, which nobody would find any more unless the code
     * becomes again what it was.
     *
     * @return how many versions there were
     * @throws io.github.twatcache.error.PathException when they cannot be deleted
     */
    public long clearOtherVersions() {
        core.inFlight.requireOpen();
        return store.clearOtherVersions();
    }
}
