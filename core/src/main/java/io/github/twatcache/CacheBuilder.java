package io.github.twatcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Classes;
import io.github.twatcache.config.Layer;
import io.github.twatcache.config.Mode;
import io.github.twatcache.config.OnFailure;
import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.failure.Interception;
import io.github.twatcache.key.KeyDigest;
import io.github.twatcache.key.KeyRules;
import io.github.twatcache.load.LoadSettings.KeptFailure;
import io.github.twatcache.spi.StoreInterceptor;
import io.github.twatcache.stats.CacheEvent;
import io.github.twatcache.text.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a cache and makes it: {@code memoize} wraps a function, {@link #types} and {@link #build} make
 * a cache of data.
 *
 * <p>Immutable: each setter returns a new builder, so one may be kept and varied. Each setting may be given once; what is
 * repeated, out of range or excluded by another is refused by the setter at once.
 *
 * <pre>{@code
 * CacheBuilder small = twat.memory().maximumSize(100);
 * var user = small.named("users").expireAfterWrite(ofMinutes(5)).memoize(api::fetchUser);
 * }</pre>
 *
 * <p>By default a cache has no limit, keeps entries for ever, and counts misses and loads but not hits. Functions of
 * {@code memoize} that are overloaded, varargs or generic do not tell Java which one is meant: name the argument types
 * first, {@code memoize(String.class, api::over)}.
 */
public final class CacheBuilder extends Storing {
    private static final String CODE = "code";

    final TwatCache twat;
    final CacheSpec spec;
    final KeyRules keyRules;
    final @Nullable KeyDigest digest;
    final Set<String> staticTags;
    final List<KeptFailure> failures;
    final List<Consumer<? super CacheEvent>> listeners;
    private final boolean engineChosen;

    CacheBuilder(TwatCache twat, CacheSpec spec, boolean engineChosen) {
        this(twat, spec, KeyRules.ALL, null, Set.of(), List.of(), List.of(), engineChosen);
    }

    private CacheBuilder(
            TwatCache twat,
            CacheSpec spec,
            KeyRules keyRules,
            @Nullable KeyDigest digest,
            Set<String> staticTags,
            List<KeptFailure> failures,
            List<Consumer<? super CacheEvent>> listeners,
            boolean engineChosen) {
        this.twat = twat;
        this.spec = spec;
        this.keyRules = keyRules;
        this.digest = digest;
        this.staticTags = Set.copyOf(staticTags);
        this.failures = List.copyOf(failures);
        this.listeners = List.copyOf(listeners);
        this.engineChosen = engineChosen;
    }

    /** What a scope says; what belongs to one cache only is refused. */
    Layer scopeLayer() {
        boolean more = !keyRules.equals(KeyRules.ALL)
                || digest != null
                || !staticTags.isEmpty()
                || !failures.isEmpty()
                || !listeners.isEmpty()
                || !spec.name().isEmpty();
        if (more) {
            throw new ConfigurationException("a scope overrides the engine and settings; the name, ignore, tolerance,"
                    + " digest, tags of every entry, cacheFailures and events belong to one cache: give them there");
        }
        return layer("");
    }

    /** What code says, under the name that the cache has got. */
    Layer layer(String name) {
        return new Layer(
                spec.named(name), engineChosen, engine -> twat.engineChoice().refines(spec.engine(), engine));
    }

    private CacheBuilder with(CacheSpec other) {
        return new CacheBuilder(twat, other, keyRules, digest, staticTags, failures, listeners, engineChosen);
    }

    private CacheBuilder with(KeyRules other) {
        return new CacheBuilder(twat, spec, other, digest, staticTags, failures, listeners, engineChosen);
    }

    /**
     * Names the cache.
     *
     * @param name not empty
     * @return a builder with that name
     * @throws ConfigurationException when the name is blank
     */
    public CacheBuilder named(String name) {
        return with(spec.named(TwatCache.checkedName(name)));
    }

    /**
     * Chooses the engine in words.
     *
     * @param engine such as {@code "heap"}; {@code "memory"} for the first heap engine that honours every setting
     * @return a builder with that engine
     * @throws ConfigurationException when an engine was chosen before, or no engine can have that name; one that can be and
     *     is not present is refused where the cache is made
     */
    public CacheBuilder engine(String engine) {
        Objects.requireNonNull(engine, "engine");
        if (engineChosen) {
            throw new ConfigurationException(
                    "engine was already set to " + spec.engine() + " and cannot be set again to " + engine
                            + "; start with cache(name) to choose an engine in words");
        }
        EngineNames.fault(engine, twat.engineChoice().words()).ifPresent(fault -> {
            throw new ConfigurationException(fault);
        });
        return new CacheBuilder(twat, spec.onEngine(engine), keyRules, digest, staticTags, failures, listeners, true);
    }

    /**
     * Gives any setting, such as one that an engine defines.
     *
     * @param <T> the type of the value
     * @param setting the setting
     * @param value its value
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range, repeated, or excluded by another
     */
    @Override
    public <T> CacheBuilder set(Setting<T> setting, T value) {
        Objects.requireNonNull(setting, "setting");
        return with(spec.with(setting, value, CODE));
    }

    /**
     * Keeps at most so many entries. Excludes {@link #maximumBytes} and {@link #maximumWeight}.
     *
     * @param entries 1 or more
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range, repeated, or excluded by another
     */
    public CacheBuilder maximumSize(long entries) {
        return set(Settings.MAXIMUM_SIZE, entries);
    }

    /**
     * Keeps at most so many bytes, as {@link io.github.twatcache.heap.ByteEstimate} estimates them: key, value and a fixed
     * overhead for each entry. Excludes {@link #maximumSize} and {@link #maximumWeight}.
     *
     * @param bytes 1 or more
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range, repeated, or excluded by another
     */
    public CacheBuilder maximumBytes(long bytes) {
        return set(Settings.MAXIMUM_BYTES, bytes);
    }

    /**
     * Keeps entries whose weights add up to at most so much; needs a {@code weigher}. Excludes {@link #maximumSize} and
     * {@link #maximumBytes}.
     *
     * @param weight 1 or more
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range, repeated, or excluded by another
     */
    public CacheBuilder maximumWeight(long weight) {
        return set(Settings.MAXIMUM_WEIGHT, weight);
    }

    /**
     * Decides which entry leaves a full cache; needs an engine that lets users choose, such as {@code heap}.
     *
     * @param policy the policy
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated
     */
    public CacheBuilder policy(Policy policy) {
        return set(Settings.POLICY, policy);
    }

    /**
     * Lets an entry die so long after it was stored.
     *
     * @param lifetime longer than zero
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range or repeated
     */
    public CacheBuilder expireAfterWrite(Duration lifetime) {
        return set(Settings.EXPIRE_AFTER_WRITE, lifetime);
    }

    /**
     * Lets an entry die so long after it was last stored or used.
     *
     * @param lifetime longer than zero
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range or repeated
     */
    public CacheBuilder expireAfterAccess(Duration lifetime) {
        return set(Settings.EXPIRE_AFTER_ACCESS, lifetime);
    }

    /**
     * Shortens each lifetime by a random part, so that entries stored together do not die together.
     *
     * @param fraction the greatest part that chance may take away: more than 0, less than 1
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range or repeated
     */
    public CacheBuilder expiryJitter(double fraction) {
        return set(Settings.EXPIRY_JITTER, fraction);
    }

    /**
     * Lets entries have lifetimes of their own; {@code expireAfter} in the typed options implies it.
     *
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated
     */
    public CacheBuilder perEntryExpiry() {
        return set(Settings.PER_ENTRY_EXPIRY, true);
    }

    /**
     * Lets entries carry tags, and gives these to every one.
     *
     * @param everyEntry the tags of every entry, possibly none
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated, or a tag is blank
     */
    public CacheBuilder tags(String... everyEntry) {
        Objects.requireNonNull(everyEntry, "everyEntry");
        if (List.of(everyEntry).stream().anyMatch(String::isBlank)) {
            throw new ConfigurationException("a tag must not be blank; leave it out, or give it a name");
        }
        return new CacheBuilder(
                twat,
                spec.with(Settings.TAGS, true, CODE),
                keyRules,
                digest,
                new LinkedHashSet<>(List.of(everyEntry)),
                failures,
                listeners,
                engineChosen);
    }

    /**
     * Begins switched off, read-only or write-only; {@link TwatCache#mode(String, Mode)} changes it at run time.
     *
     * @param mode what the cache does at first
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated
     */
    public CacheBuilder mode(Mode mode) {
        return set(Settings.MODE, mode);
    }

    /**
     * Counts hits too, and remembers why entries have left.
     *
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated
     */
    public CacheBuilder statistics() {
        return set(Settings.STATISTICS, true);
    }

    /**
     * Hands out copies of arrays and JDK collections, so that callers cannot change what is kept. On an engine that hands
     * out fresh values anyway it is skipped, which {@code explain()} tells.
     *
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated
     */
    public CacheBuilder copyOnRead() {
        return set(Settings.COPY_ON_READ, true);
    }

    /**
     * Lets a caller wait at most so long for another thread's load of the same key, by the instance's ticker; for that of another
     * process, in real time. A caller that does not wait, but holds a future, gets its end by the ticker for its own load too.
     *
     * @param wait longer than zero
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range or repeated
     */
    public CacheBuilder loadTimeout(Duration wait) {
        return set(Settings.LOAD_TIMEOUT, wait);
    }

    /**
     * Decides what becomes of an asynchronous load when all who asked for it have cancelled their futures. By default its
     * stage is cancelled too, and nothing is stored.
     *
     * @param cancels {@code false} to let it go on, and store its value
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated
     */
    public CacheBuilder cancelAbandoned(boolean cancels) {
        return set(Settings.CANCEL_ABANDONED, cancels);
    }

    /**
     * Lets one attempt at an operation of the engine keep its caller for at most so long. The operation runs
     * on another thread, which costs some microseconds; on an engine in this process it turns a hit of nanoseconds into
     * one of microseconds. A write that ends after its limit is undone. Closing the cache waits for the engine no longer
     * either, but 10 s at least: one that takes longer goes on closing on a daemon thread, and {@code close} throws.
     *
     * @param limit longer than zero
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range or repeated
     */
    public CacheBuilder operationTimeout(Duration limit) {
        return set(Settings.OPERATION_TIMEOUT, limit);
    }

    /**
     * Decides what {@code invalidate}, {@code clear}, {@code remove}, {@code replace} and {@code put} do when the engine
     * fails to take them: throw, which is the default without a {@link #fallback}, or leave a tombstone.
     *
     * @param otherwise what to do
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated
     */
    public CacheBuilder onFailure(OnFailure otherwise) {
        return set(Settings.ON_FAILURE, otherwise);
    }

    /**
     * Tries operations again of which the engine says that it may help. By default three times in all, with a pause drawn
     * from zero to 10 ms, then to 20 ms, for half a second at most.
     *
     * @param attempts how often in all; 1 for never again
     * @param delay the longest pause before the second attempt, doubled for each further one; longer than zero
     * @param time no attempt begins later than this after the first; longer than zero
     * @return a builder with these settings
     * @throws ConfigurationException when one is out of range or repeated
     */
    public CacheBuilder retry(int attempts, Duration delay, Duration time) {
        return set(Settings.RETRY_ATTEMPTS, (long) attempts)
                .set(Settings.RETRY_DELAY, delay)
                .set(Settings.RETRY_TIME, time);
    }

    /**
     * Leaves an engine alone that fails again and again, and probes it after a while. By default after five failures in a
     * row, for ten seconds.
     *
     * @param failures how many failures in a row; 1 or more
     * @param delay for how long after the last of them; longer than zero
     * @return a builder with these settings
     * @throws ConfigurationException when one is out of range or repeated
     */
    public CacheBuilder breaker(int failures, Duration delay) {
        return set(Settings.BREAKER_FAILURES, (long) failures).set(Settings.BREAKER_DELAY, delay);
    }

    /**
     * Lets another engine take over while the cache's own is left alone. It begins empty and is emptied when it hands
     * back; what was changed meanwhile is removed from the cache's own engine before that answers again.
     *
     * @param engine such as {@code "heap"}
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated; an engine that is not present, or cannot honour the cache's
     *     settings, is refused when the cache is made
     */
    public CacheBuilder fallback(String engine) {
        return set(Settings.FALLBACK, engine);
    }

    /**
     * Runs code of your own before and after each operation of the engine, hits included.
     *
     * @param interceptors the outermost first
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated
     */
    public CacheBuilder intercept(StoreInterceptor... interceptors) {
        Objects.requireNonNull(interceptors, "interceptors");
        return set(Interception.SETTING, new Interception(List.of(interceptors)));
    }

    /**
     * Keeps exceptions of a type for a while: calls are answered with the same exception, and the function is not called.
     * On the heap, whatever the engine. May be given for several types; the first that fits counts. A call for many keys
     * computes and stores the others first; what it fails with itself is kept for none of them.
     *
     * @param type the type, with its subclasses
     * @param lifetime longer than zero
     * @return a builder with that setting
     * @throws ConfigurationException when the type was given before or the lifetime is out of range
     */
    public CacheBuilder cacheFailures(Class<? extends Throwable> type, Duration lifetime) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(lifetime, "lifetime");
        return cacheFailures(type, lifetime, lifetime);
    }

    /**
     * The same with back-off: an exception that comes again after its time is kept for twice as long as the last, until there
     * is a value, or the key is changed.
     *
     * @param type the type, with its subclasses
     * @param first for how long the first is kept; longer than zero
     * @param most for how long at most; not shorter
     * @return a builder with that setting
     * @throws ConfigurationException when the type was given before or a time is out of range
     */
    public CacheBuilder cacheFailures(Class<? extends Throwable> type, Duration first, Duration most) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(most, "most");
        if (first.isZero() || first.isNegative()) {
            throw new ConfigurationException("cacheFailures(" + type.getSimpleName()
                    + ") must keep them for longer than zero, but was given " + Durations.shown(first) + " (from "
                    + CODE + "); leave it out to keep none");
        }
        if (most.compareTo(first) < 0) {
            throw new ConfigurationException("cacheFailures(" + type.getSimpleName() + ") must keep them for "
                    + Durations.shown(first) + " or more at most, but was given " + Durations.shown(most) + " (from "
                    + CODE + "); give the longer time last");
        }
        for (KeptFailure kept : failures) {
            if (kept.type() == type) {
                throw new ConfigurationException("cacheFailures(" + type.getSimpleName() + ") was already set to "
                        + Durations.shown(kept.lifetime()) + " and cannot be set again to " + Durations.shown(first)
                        + "; give it once");
            }
        }
        List<KeptFailure> more = new ArrayList<>(failures);
        more.add(new KeptFailure(type, first, most));
        return new CacheBuilder(twat, spec, keyRules, digest, staticTags, more, listeners, engineChosen);
    }

    /**
     * Leaves arguments out of the key, by name. Names are known where classes were compiled with {@code -parameters} or
     * with debug information, as build tools do.
     *
     * @param names the names of parameters
     * @return a builder with that setting
     * @throws ConfigurationException when one is repeated; an unknown one is refused by {@code memoize}
     */
    public CacheBuilder ignore(String... names) {
        Objects.requireNonNull(names, "names");
        return with(keyRules.ignore(names));
    }

    /**
     * Tells a listener what happens in this cache: loads, waits, entries that leave, stale answers, time limits, engines that
     * take over. Off by default, and then it costs nothing; hits are never told. A listener is called after the fact, on the
     * thread where it has happened, which holds no lock of ours and no load that others wait for, unless that thread is inside
     * an outer load; so it should be quick. What it throws is logged. One that is called by several threads must be safe for
     * that. May be given several times: all are told, those of {@link TwatCacheBuilder#events} first.
     *
     * <pre>{@code
     * var user = twat.memory("users").events(event -> log.debug("{}", event)).memoize(api::fetchUser);
     * }</pre>
     *
     * @param listener is told of each {@link CacheEvent}, which never carries an argument or a value
     * @return a builder with that listener
     */
    public CacheBuilder events(Consumer<? super CacheEvent> listener) {
        List<Consumer<? super CacheEvent>> more = new ArrayList<>(listeners);
        more.add(Objects.requireNonNull(listener, "listener"));
        return new CacheBuilder(twat, spec, keyRules, digest, staticTags, failures, more, engineChosen);
    }

    /**
     * Leaves arguments out of the key, by place.
     *
     * @param indexes the places of parameters, from 0
     * @return a builder with that setting
     * @throws ConfigurationException when one is repeated; one too high is refused by {@code memoize}
     */
    public CacheBuilder ignore(int... indexes) {
        Objects.requireNonNull(indexes, "indexes");
        return with(keyRules.ignore(indexes));
    }

    /**
     * Rounds floating-point arguments for the key, and the elements of those that are arrays or collections. The function
     * still receives what the caller gave.
     *
     * @param decimals how many decimals count; negative ones are tens, hundreds, and so on
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range or repeated
     */
    public CacheBuilder tolerance(int decimals) {
        return with(keyRules.tolerance(decimals));
    }

    /**
     * Rounds floating-point numbers for the key at any depth: in collections, maps, records and arrays within each other.
     *
     * @param decimals how many decimals count
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range or repeated
     */
    public CacheBuilder deepTolerance(int decimals) {
        return with(keyRules.deepTolerance(decimals));
    }

    /**
     * Chooses how bulk content of over 4 KiB enters the digest of a key.
     *
     * @param kind {@link KeyDigest#XXH3_128} by default; {@link KeyDigest#SHA_256} where somebody could gain from two
     *     arguments that have the same digest
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated
     */
    public CacheBuilder digest(KeyDigest kind) {
        Objects.requireNonNull(kind, "kind");
        if (digest != null) {
            throw new ConfigurationException(
                    "digest was already set to " + digest + " and cannot be set again to " + kind + "; give it once");
        }
        return new CacheBuilder(twat, spec, keyRules, kind, staticTags, failures, listeners, engineChosen);
    }

    /**
     * Has a version of yours stand for the code of the function, where results outlive the process. Without it a digest of
     * the function's byte code does, and results of a changed function are not found. With it they are, until you change
     * the version. Excludes {@link #dependsOn}.
     *
     * <pre>{@code
     * var report = twat.disk("reports").version("v3").memoize(Renderer::render);
     * }</pre>
     *
     * @param version any text that is not blank; only the same text is the same version
     * @return a builder with that setting
     * @throws ConfigurationException when it is blank or repeated, or excluded by another; a cache of data, which has no
     *     function, refuses it when it is made
     */
    public CacheBuilder version(String version) {
        return set(Settings.VERSION, version);
    }

    /**
     * Has other classes count beside the code of the function, where results outlive the process: results from before one
     * of them was changed are not found. The digest that stands for the code covers the class of the function and all that
     * is nested in it, as far as the function reaches them; name here what it relies on elsewhere. Of each class, all of its
     * methods and constants count, and what these reach in the class's own nest. Excludes {@link #version}.
     *
     * <pre>{@code
     * var report = twat.disk("reports").dependsOn(Template.class, Tax.class).memoize(Renderer::render);
     * }</pre>
     *
     * @param classes the classes, in any order
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated, names no class, or is excluded by another; a class of which there
     *     is no byte code to be had, and a cache of data, are refused when the cache is made
     */
    public CacheBuilder dependsOn(Class<?>... classes) {
        Objects.requireNonNull(classes, "classes");
        if (classes.length == 0) {
            throw new ConfigurationException("dependsOn() names no class; name at least one, or leave it out");
        }
        return set(Settings.DEPENDS_ON, new Classes(new LinkedHashSet<>(List.of(classes))));
    }

    /**
     * Goes on to a cache of data, where what sees keys and values can be given.
     *
     * @param <K> the type of the keys
     * @param <V> the type of the values
     * @param key the type of the keys
     * @param value the type of the values
     * @return a builder for such a cache
     */
    public <K, V> TypedBuilder<K, V> types(Class<K> key, Class<V> value) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        return new TypedBuilder<>(this, key, value, new ResultRules());
    }

    /**
     * Goes on to a cache of data whose values have type arguments, which some codecs need to know.
     *
     * @param <K> the type of the keys
     * @param <V> the type of the values
     * @param key the type of the keys
     * @param value the type of the values: {@code new TypeOf<List<User>>() {}}
     * @return a builder for such a cache
     * @throws ConfigurationException when {@link #returns} was given, or the type is a variable
     */
    public <K, V> TypedBuilder<K, V> types(Class<K> key, TypeOf<V> value) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        return new TypedBuilder<>(returns(value), key, Cast.to(value.raw()), new ResultRules());
    }

    /**
     * Makes a cache of data, or returns the one that is open under this name with the same settings. Without types it is
     * for engines on the heap only; name them with {@link #types} where bytes are stored.
     *
     * @param <K> the type of the keys
     * @param <V> the type of the values
     * @return the cache
     * @throws ConfigurationException when the name is taken, or the engine cannot honour a setting
     */
    public <K, V extends @Nullable Object> Cache<K, V> build() {
        return new Building(this, new ResultRules()).data(Object.class, Object.class);
    }

    @Override
    CacheBuilder self() {
        return this;
    }

    @Override
    public String toString() {
        return "builder of cache " + spec;
    }

    @Override
    Building building(ResultRules rules) {
        return new Building(this, rules);
    }
}
