package io.github.twatcache;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.key.CallKey;
import io.github.twatcache.spi.RemovalListener;
import io.github.twatcache.spi.Weigher;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What is decided from the arguments and the result of a function of no arguments. Each may be set once.
 *
 * <pre>{@code
 * twat.memory("prices").memoize(shop::price, o -> o.storeIf((result) -> result.isComplete()));
 * }</pre>
 *
 * <p>The functions run on the thread that computed, outside all locks. If one throws, the result is returned and not
 * stored, which is counted and logged once. Used within the call of {@code memoize} only, by its thread.
 *
 * @param <R> the type of the result
 */
public final class Options0<R extends @Nullable Object> {
    private final ResultRules rules;

    Options0(ResultRules rules) {
        this.rules = rules;
    }

    /**
     * Gives each result a lifetime of its own.
     *
     * @param lifetime returns the lifetime; {@code null} for the cache's own, zero or less for a result that is not stored
     * @return this
     * @throws ConfigurationException when it was set before
     */
    public Options0<R> expireAfter(Fn1<? super R, @Nullable Duration, RuntimeException> lifetime) {
        rules.expireAfter(lifetime, (args, result) -> lifetime.apply(Cast.<R>to(result)));
        return this;
    }

    /**
     * Stores a result only if a condition holds.
     *
     * @param condition returns whether to store
     * @return this
     * @throws ConfigurationException when it was set before
     */
    public Options0<R> storeIf(Fn1<? super R, Boolean, RuntimeException> condition) {
        rules.storeIf(condition, (args, result) -> condition.apply(Cast.<R>to(result)));
        return this;
    }

    /**
     * Gives each result tags, by which it can be invalidated.
     *
     * @param tags returns the tags, possibly none
     * @return this
     * @throws ConfigurationException when it was set before
     */
    public Options0<R> tags(Fn1<? super R, Collection<String>, RuntimeException> tags) {
        rules.tags(tags, (args, result) -> tags.apply(Cast.<R>to(result)));
        return this;
    }

    /**
     * Says how heavy a result is; goes with {@code maximumWeight}.
     *
     * @param weigher returns the weight
     * @return this
     * @throws ConfigurationException when it was set before
     */
    public Options0<R> weigher(Weigher<? super CallKey, ? super R> weigher) {
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
    public Options0<R> onRemoval(RemovalListener<? super CallKey, ? super R> listener) {
        rules.onRemoval(listener);
        return this;
    }
}
