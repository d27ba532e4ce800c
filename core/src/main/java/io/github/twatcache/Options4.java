package io.github.twatcache;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.function.Fn4;
import io.github.twatcache.function.Fn5;
import io.github.twatcache.key.CallKey;
import io.github.twatcache.spi.RemovalListener;
import io.github.twatcache.spi.Weigher;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What is decided from the arguments and the result of a function of four arguments. Each may be set once.
 *
 * <pre>{@code
 * twat.memory("prices").memoize(shop::price, o -> o.storeIf((a, b, c, d, result) -> result.isComplete()));
 * }</pre>
 *
 * <p>The functions run on the thread that computed, outside all locks. If one throws, the result is returned and not
 * stored, which is counted and logged once. Used within the call of {@code memoize} only, by its thread.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <C> the type of the third argument
 * @param <D> the type of the fourth argument
 * @param <R> the type of the result
 */
public final class Options4<
        A extends @Nullable Object,
        B extends @Nullable Object,
        C extends @Nullable Object,
        D extends @Nullable Object,
        R extends @Nullable Object> {
    private final ResultRules rules;

    Options4(ResultRules rules) {
        this.rules = rules;
    }

    /**
     * Gives each result a lifetime of its own.
     *
     * @param lifetime returns the lifetime; {@code null} for the cache's own, zero or less for a result that is not stored
     * @return this
     * @throws ConfigurationException when it was set before
     */
    public Options4<A, B, C, D, R> expireAfter(
            Fn5<? super A, ? super B, ? super C, ? super D, ? super R, @Nullable Duration, RuntimeException> lifetime) {
        rules.expireAfter(
                lifetime,
                (args, result) -> lifetime.apply(
                        Cast.<A>to(args[0]),
                        Cast.<B>to(args[1]),
                        Cast.<C>to(args[2]),
                        Cast.<D>to(args[3]),
                        Cast.<R>to(result)));
        return this;
    }

    /**
     * Stores a result only if a condition holds.
     *
     * @param condition returns whether to store
     * @return this
     * @throws ConfigurationException when it was set before
     */
    public Options4<A, B, C, D, R> storeIf(
            Fn5<? super A, ? super B, ? super C, ? super D, ? super R, Boolean, RuntimeException> condition) {
        rules.storeIf(
                condition,
                (args, result) -> condition.apply(
                        Cast.<A>to(args[0]),
                        Cast.<B>to(args[1]),
                        Cast.<C>to(args[2]),
                        Cast.<D>to(args[3]),
                        Cast.<R>to(result)));
        return this;
    }

    /**
     * Gives each result tags, by which it can be invalidated.
     *
     * @param tags returns the tags, possibly none
     * @return this
     * @throws ConfigurationException when it was set before
     */
    public Options4<A, B, C, D, R> tags(
            Fn5<? super A, ? super B, ? super C, ? super D, ? super R, Collection<String>, RuntimeException> tags) {
        rules.tags(
                tags,
                (args, result) -> tags.apply(
                        Cast.<A>to(args[0]),
                        Cast.<B>to(args[1]),
                        Cast.<C>to(args[2]),
                        Cast.<D>to(args[3]),
                        Cast.<R>to(result)));
        return this;
    }

    /**
     * Makes the key of a call from its arguments, in the place of the arguments themselves.
     *
     * @param key returns the key: a value with equals, a record, a list; two calls with equal keys share a result
     * @return this
     * @throws ConfigurationException when it was set before
     */
    public Options4<A, B, C, D, R> keyBy(
            Fn4<? super A, ? super B, ? super C, ? super D, ? extends @Nullable Object, RuntimeException> key) {
        rules.keyBy(
                key,
                args -> key.apply(Cast.<A>to(args[0]), Cast.<B>to(args[1]), Cast.<C>to(args[2]), Cast.<D>to(args[3])));
        return this;
    }

    /**
     * Says how heavy a result is; goes with {@code maximumWeight}.
     *
     * @param weigher returns the weight
     * @return this
     * @throws ConfigurationException when it was set before
     */
    public Options4<A, B, C, D, R> weigher(Weigher<? super CallKey, ? super R> weigher) {
        rules.weigher(weigher);
        return this;
    }

    /**
     * Tells of every result that leaves.
     *
     * @param listener is told, after the fact and outside all locks
     * @return this
     * @throws ConfigurationException when it was set before
     */
    public Options4<A, B, C, D, R> onRemoval(RemovalListener<? super CallKey, ? super R> listener) {
        rules.onRemoval(listener);
        return this;
    }
}
