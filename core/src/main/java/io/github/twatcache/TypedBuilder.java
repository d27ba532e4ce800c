package io.github.twatcache;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.function.Fn2;
import io.github.twatcache.spi.RemovalListener;
import io.github.twatcache.spi.Weigher;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Goes on from {@link CacheBuilder#types}: what sees keys and values, and the cache. Each setting may be given once; to be
 * used by one thread.
 *
 * <pre>{@code
 * Cache<String, Page> pages = twat.memory("pages").maximumWeight(1_000_000)
 *         .types(String.class, Page.class)
 *         .weigher((url, page) -> page.length())
 *         .build();
 * }</pre>
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class TypedBuilder<K, V> {
    private final CacheBuilder builder;
    private final Class<K> key;
    private final Class<V> value;
    private final ResultRules rules;

    TypedBuilder(CacheBuilder builder, Class<K> key, Class<V> value, ResultRules rules) {
        this.builder = builder;
        this.key = key;
        this.value = value;
        this.rules = rules;
    }

    /**
     * Gives each entry a lifetime of its own.
     *
     * @param lifetime returns the lifetime; {@code null} for the cache's own, zero or less for a value that is not stored
     * @return this
     * @throws ConfigurationException when it was set before
     */
    public TypedBuilder<K, V> expireAfter(Fn2<? super K, ? super V, @Nullable Duration, RuntimeException> lifetime) {
        rules.expireAfter(lifetime, (args, result) -> lifetime.apply(Cast.<K>to(args[0]), Cast.<V>to(result)));
        return this;
    }

    /**
     * Stores a value that a loader has computed only if a condition holds. What is put is always stored.
     *
     * @param condition returns whether to store
     * @return this
     * @throws ConfigurationException when it was set before
     */
    public TypedBuilder<K, V> storeIf(Fn2<? super K, ? super V, Boolean, RuntimeException> condition) {
        rules.storeIf(condition, (args, result) -> condition.apply(Cast.<K>to(args[0]), Cast.<V>to(result)));
        return this;
    }

    /**
     * Gives each entry tags, by which it can be invalidated.
     *
     * @param tags returns the tags, possibly none
     * @return this
     * @throws ConfigurationException when it was set before
     */
    public TypedBuilder<K, V> tags(Fn2<? super K, ? super V, Collection<String>, RuntimeException> tags) {
        rules.tags(tags, (args, result) -> tags.apply(Cast.<K>to(args[0]), Cast.<V>to(result)));
        return this;
    }

    /**
     * Says how heavy an entry is; goes with {@code maximumWeight}.
     *
     * @param weigher returns the weight
     * @return this
     * @throws ConfigurationException when it was set before
     */
    public TypedBuilder<K, V> weigher(Weigher<? super K, ? super V> weigher) {
        rules.weigher(weigher);
        return this;
    }

    /**
     * Tells of every entry that leaves.
     *
     * @param listener is told, after the fact and outside all locks
     * @return this
     * @throws ConfigurationException when it was set before
     */
    public TypedBuilder<K, V> onRemoval(RemovalListener<? super K, ? super V> listener) {
        rules.onRemoval(listener);
        return this;
    }

    /**
     * Makes the cache, or returns the one that is open under this name with the same settings.
     *
     * @return the cache
     * @throws ConfigurationException when the name is taken, or the engine cannot honour a setting
     * @throws io.github.twatcache.error.KeyException when the type of the keys cannot work as a key
     */
    public Cache<K, V> build() {
        return new Building(builder, rules).data(key, value);
    }

    /**
     * Makes a cache that knows how to compute its values, or returns the one that is open under this name with the same
     * settings.
     *
     * @param <X> what the loader throws
     * @param loader computes a value
     * @return the cache
     * @throws ConfigurationException when the name is taken, or the engine cannot honour a setting
     * @throws io.github.twatcache.error.KeyException when the type of the keys cannot work as a key
     */
    public <X extends Exception> LoadingCache<K, V, X> build(Fn1<? super K, ? extends V, X> loader) {
        Objects.requireNonNull(loader, "loader");
        return new Building(builder, rules).loading(key, value, loader);
    }
}
