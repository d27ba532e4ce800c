package io.github.twatcache;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.load.LoadScope;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.StaleStore.Kept;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a function that a cache runs may know and say of the value that it computes: what it says comes after all settings and
 * rules of the cache. It belongs to one run of the function, and to the thread that runs it; a value that is put by hand has
 * none. A function that answers with a stage may keep it: what its stages say to it, one at a time, counts until that stage ends.
 *
 * <pre>{@code
 * Page fetch(URI uri) throws IOException {
 *     LoadContext load = LoadContext.current();
 *     Response response = http.get(uri, load.version().orElse(null));
 *     if (response.status() == 304) {
 *         return load.notModified();
 *     }
 *     load.version(response.etag()).expireAfter(response.maxAge());
 *     return response.page();
 * }
 * }</pre>
 */
public final class LoadContext {
    private final LoadScope scope;

    private LoadContext(LoadScope scope) {
        this.scope = scope;
    }

    /**
     * The context of the function that this thread runs for a cache: of the innermost, where one calls another.
     *
     * @return the context
     * @throws IllegalStateException when this thread runs no function for a cache, or one that computes many values at once
     */
    public static LoadContext current() {
        LoadScope scope = LoadScope.current();
        if (scope == null) {
            throw new IllegalStateException("this thread runs no function for a cache; ask LoadContext.current() within"
                    + " the function that is memoized, or given to get, and on the thread that runs it");
        }
        if (!scope.single()) {
            throw new IllegalStateException("cache '" + scope.cache() + "' computes many values at once here, and none"
                    + " of them has a context; load them one by one to decide of each");
        }
        return new LoadContext(scope);
    }

    /**
     * Whether this thread runs a function for a cache.
     *
     * @return whether {@link #current} returns a context
     */
    public static boolean present() {
        LoadScope scope = LoadScope.current();
        return scope != null && scope.single();
    }

    /**
     * Gives the value a lifetime of its own. Needs {@code perEntryExpiry()}, which settings for stale values imply.
     *
     * @param lifetime how long it is fresh; where it is zero or less the value is returned and not stored
     * @return this
     * @throws ConfigurationException when the cache was built without
     */
    public LoadContext expireAfter(Duration lifetime) {
        require(scope.grants().lifetimes(), "per-entry-expiry", "perEntryExpiry()");
        scope.lasting(Nanos.of(lifetime));
        return this;
    }

    /**
     * Has the entry carry these tags, beside those that the cache gives it. Needs {@code tags()}.
     *
     * @param tags the tags; none may be blank
     * @return this
     * @throws ConfigurationException when the cache was built without, or a tag is blank
     */
    public LoadContext tags(String... tags) {
        require(scope.grants().tags(), "tags", "tags()");
        if (List.of(tags).stream().anyMatch(String::isBlank)) {
            throw new ConfigurationException("a tag must not be blank; leave it out, or give it a name");
        }
        scope.tagged(Set.of(tags));
        return this;
    }

    /**
     * Has the value be returned and not be stored.
     *
     * @return this
     */
    public LoadContext doNotStore() {
        scope.unstored();
        return this;
    }

    /**
     * Keeps with the value what the source says of it, such as an entity tag, for {@link #version()} of the next run. Needs
     * {@code keepStale()}, which every setting for stale values implies.
     *
     * @param version what the source says
     * @return this
     * @throws ConfigurationException when the cache was built without
     */
    public LoadContext version(String version) {
        require(scope.grants().stale(), "keep-stale", "keepStale()");
        scope.versioned(version);
        return this;
    }

    /**
     * What {@link #version(String)} has kept with the value that there is, when this run first asks for that.
     *
     * @return the version; empty where there is no value, or none was given
     */
    public Optional<String> version() {
        Kept kept = scope.kept();
        return kept == null
                ? Optional.empty()
                : Optional.ofNullable(kept.entry().terms().version());
    }

    /**
     * The value that there is, though it is to be computed anew: what it was when this run first asked, whatever has become of
     * the entry since.
     *
     * @param <V> its type, which is that of the values of the cache
     * @return the value, and whether it is stale; absent where nothing is kept, as always without {@code keepStale()}
     */
    public <V extends @Nullable Object> Lookup<V> kept() {
        Kept kept = scope.kept();
        return kept == null
                ? Lookup.absent()
                : new Lookup.Found<>(Cast.<V>to(Nil.unmask(kept.entry().value())), !kept.fresh());
    }

    /**
     * Says that the value stands that {@link #kept} and {@link #version()} have told of: to be returned by the function. It begins
     * a new life with its version and its tags, on the terms of a value that was just computed; where somebody has removed or
     * replaced it since, it is returned and not stored.
     *
     * @param <V> its type, which is that of the values of the cache
     * @return the value
     * @throws IllegalStateException when nothing is kept; ask {@link #kept} or {@link #version()} first
     */
    @SuppressWarnings("TypeParameterUnusedInFormals") // the function that returns it is what knows the type
    public <V extends @Nullable Object> V notModified() {
        Kept kept = scope.kept();
        if (kept == null) {
            throw new IllegalStateException("cache '" + scope.cache() + "' keeps no value that could stand; return one,"
                    + " and ask version() or kept() before you ask the source whether it was modified");
        }
        scope.versioned(kept.entry().terms().version());
        scope.tagged(kept.entry().terms().tags());
        return Cast.to(Nil.unmask(kept.entry().value()));
    }

    private void require(boolean built, String setting, String setter) {
        if (!built) {
            throw new ConfigurationException("cache '" + scope.cache() + "' was built without " + setting + "; add "
                    + setter + " where it is built");
        }
    }

    @Override
    public String toString() {
        return "load of cache '" + scope.cache() + "'";
    }
}
