package io.github.twatcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Configuration;
import io.github.twatcache.config.EffectiveSettings;
import io.github.twatcache.config.Layer;
import io.github.twatcache.config.Mode;
import io.github.twatcache.config.Resolved;
import io.github.twatcache.config.Settings;
import io.github.twatcache.config.Sources;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.ConfigurationFault;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.key.Encoders;
import io.github.twatcache.load.Alarms;
import io.github.twatcache.path.DirectorySettings;
import io.github.twatcache.path.DiskUsage;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Ticker;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.CacheEvent;
import io.github.twatcache.stats.CacheStats;
import io.github.twatcache.stats.TwatStats;
import io.github.twatcache.text.CacheNames;
import io.github.twatcache.value.ValueFormats;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where caches are made: wraps any function once, and chooses with one word where its results live. Thread-safe.
 *
 * <pre>{@code
 * try (TwatCache twat = TwatCache.open()) {
 *     var user = twat.memory("users").maximumSize(10_000).expireAfterWrite(ofMinutes(5)).memoize(api::fetchUser);
 *     User u = user.apply(42); // throws what fetchUser throws
 * }
 * }</pre>
 *
 * <p>A name belongs to one function: asked for again with the same settings it gives the same cache; another function, or
 * other settings, under the same name are an error that names both places.
 */
public final class TwatCache implements AutoCloseable {
    /** The process-wide instance: one of three pieces of state that the process has but once. */
    private static @Nullable TwatCache shared;

    private static final Logger LOG = LoggerFactory.getLogger(TwatCache.class);

    private final Registry registry = new Registry();

    @SuppressWarnings("ThreadLocalUsage") // scopes belong to this instance, and static state to nobody
    private final ThreadLocal<@Nullable Scope> scope = new ThreadLocal<>();

    private final Map<String, Mode> modes = new ConcurrentHashMap<>();
    private final LoadThreads threads = new LoadThreads("twat-cache-load-");
    private final LoadThreads storing = new LoadThreads("twat-cache-store-");
    private final Wrapping wrapping = new Wrapping(this);
    private final Engines engines;
    private final Encoders encoders;
    private final ValueFormats formats;
    private final Configuration configuration;
    private final Ticker ticker;
    private final InstantSource clock;
    private final Executor executor;
    private final Background background;
    private final DoubleSupplier chance;
    private final List<Consumer<? super CacheEvent>> listeners;
    private final Disk disk;
    private volatile boolean closed;

    TwatCache(TwatCacheBuilder builder) {
        this.engines = Engines.found(builder.engines);
        Sources sources = builder.configuration == null ? Sources.ofProcess() : builder.configuration;
        this.encoders = builder.encoders;
        this.formats = ValueFormats.found(builder.encoders, builder.formats, builder.compressors);
        DirectorySettings directory =
                builder.directory.within(builder.directory.surroundings().directory(sources.cacheDirectory()));
        this.configuration = configuration(builder.read, sources, directory.faults());
        LOG.info("opened with {}", configuration);
        this.ticker = builder.ticker;
        this.clock = builder.clock;
        this.executor = builder.executor == null ? threads : builder.executor;
        this.background = new Background(
                executor,
                storing,
                new Alarms(ticker, builder.ticker == TwatCacheBuilder.SYSTEM),
                new Carriers(builder.carriers));
        this.chance = builder.chance;
        this.listeners = List.copyOf(builder.listeners);
        this.disk = new Disk(directory);
    }

    /** What is known already, or what the sources say; what is wrong there is told together with what else is. */
    private Configuration configuration(
            @Nullable Configuration known, Sources sources, List<ConfigurationFault> others) {
        List<ConfigurationFault> faults = new ArrayList<>(others);
        Configuration read = known;
        if (read == null) {
            try {
                read = Configuration.read(
                        sources,
                        engines.vocabulary().stored(formats.codecs(), formats.compressions(), formats.mends()));
            } catch (ConfigurationException refused) {
                if (refused.faults().isEmpty()) {
                    throw refused;
                }
                faults.addAll(0, refused.faults());
            }
        }
        if (read == null || !faults.isEmpty()) {
            throw new ConfigurationException(faults);
        }
        if (read != known) {
            read.warnings().forEach(warning -> LOG.warn("configuration: {}", warning));
        }
        return read;
    }

    /**
     * Opens an instance with what is found on the class path, and with the configuration of the process: see
     * {@link Sources}. Starts no thread; reads the configuration's files where there are any, writes none.
     *
     * @return the instance, to be closed
     * @throws ConfigurationException with all faults of the configuration together, those of {@code TWAT_CACHE_DIR} among
     *     them
     */
    public static TwatCache open() {
        return builder().open();
    }

    /**
     * Starts an instance with a clock, an executor, encoders or engines of your own.
     *
     * @return a builder
     */
    public static TwatCacheBuilder builder() {
        return new TwatCacheBuilder();
    }

    /**
     * The process-wide instance, opened when first asked for, and again after it was closed. It holds the functions that
     * were memoized with it, and so their classes, until it or their cache is closed: a plug-in or web application that is
     * to be unloaded opens an instance of its own.
     *
     * @return the instance
     */
    public static synchronized TwatCache shared() {
        TwatCache current = shared;
        if (current == null || current.closed) {
            current = open();
            shared = current;
        }
        return current;
    }

    /**
     * Starts a cache on the heap: on the first heap engine present that honours every setting given, Caffeine before the
     * built-in {@code heap}.
     *
     * @param name the cache's name, not blank
     * @return a builder
     * @throws ConfigurationException when the name is blank
     */
    public CacheBuilder memory(String name) {
        return new CacheBuilder(this, CacheSpec.of(checkedName(name), Engines.MEMORY), true);
    }

    /**
     * Starts a cache on the heap that takes the memoized function's own name, fully qualified.
     *
     * @return a builder
     */
    public CacheBuilder memory() {
        return new CacheBuilder(this, CacheSpec.of("", Engines.MEMORY), true);
    }

    /**
     * Starts a cache whose engine is chosen by rules: from the function's return type, the hints given on the builder, and
     * what is present. {@code explain()} says which, and why. See the page on choosing an engine.
     *
     * @param name the cache's name, not blank
     * @return a builder
     * @throws ConfigurationException when the name is blank
     */
    public CacheBuilder auto(String name) {
        return new CacheBuilder(this, CacheSpec.of(checkedName(name), Engines.AUTO), true);
    }

    /**
     * Starts a cache whose engine is chosen by rules and that takes the memoized function's own name, fully qualified.
     *
     * @return a builder
     */
    public CacheBuilder auto() {
        return new CacheBuilder(this, CacheSpec.of("", Engines.AUTO), true);
    }

    /**
     * Starts a cache in a database file, which outlives the process and which processes share: on the engine
     * {@code disk}.
     *
     * @param name the cache's name, not blank
     * @return a builder
     * @throws ConfigurationException when the name is blank
     */
    public CacheBuilder disk(String name) {
        return new CacheBuilder(this, CacheSpec.of(checkedName(name), Known.DISK), true);
    }

    /**
     * Starts a cache in a directory of self-describing files, made for large arrays: on the engine {@code files}.
     *
     * @param name the cache's name, not blank
     * @return a builder
     * @throws ConfigurationException when the name is blank
     */
    public CacheBuilder files(String name) {
        return new CacheBuilder(this, CacheSpec.of(checkedName(name), Known.FILES), true);
    }

    /**
     * Starts a cache whose engine is chosen in words, with {@link CacheBuilder#engine}; on the heap where it is not.
     *
     * @param name the cache's name, not blank
     * @return a builder
     * @throws ConfigurationException when the name is blank
     */
    public CacheBuilder cache(String name) {
        return new CacheBuilder(this, CacheSpec.of(checkedName(name), Engines.MEMORY), false);
    }

    /**
     * Puts a cache before an object: methods of the interface that are annotated with {@link
     * io.github.twatcache.wrap.Cached} answer from a cache of their own, those with {@link
     * io.github.twatcache.wrap.CacheInvalidate} or {@link io.github.twatcache.wrap.CacheRefresh} change caches, all others
     * are passed on. Exceptions pass through as they are. What the object calls of itself goes past the cache.
     *
     * <pre>{@code
     * public interface Weather {
     *     @Cached(name = "forecasts", expireAfterWrite = "10m")
     *     Forecast forecast(String city, int day) throws WeatherException;
     * }
     *
     * Weather weather = twat.wrap(Weather.class, new RemoteWeather());
     * }</pre>
     *
     * <p>Each object has key spaces of its own; the same object wrapped again shares them. The result is of a class made for
     * it, which costs some milliseconds; where none can be made, as in a native image or where {@code
     * -Dtwat.cache.spin=false} says so, it is a {@link java.lang.reflect.Proxy}, which one line of INFO says. It is as
     * thread-safe as the object. Two such objects are equal when the wrapped ones are.
     *
     * @param <T> the interface
     * @param type the interface: public, in a package that its module exports, or open to this library; for any other there
     *     is {@link #wrap(MethodHandles.Lookup, Class, Object)}
     * @param target the object
     * @return an object of the interface
     * @throws ConfigurationException when it is no interface, cannot be reached, or its annotations are wrong; all that is
     *     wrong is told at once, and no cache is left open
     * @throws IllegalStateException when this is closed
     */
    public <T> T wrap(Class<T> type, T target) {
        return wrapping.wrap(null, type, target);
    }

    /**
     * Puts a cache before an object whose interface is not public, or in a module that does not export it.
     *
     * <pre>{@code
     * Weather weather = twat.wrap(MethodHandles.lookup(), Weather.class, new RemoteWeather());
     * }</pre>
     *
     * @param <T> the interface
     * @param lookup {@link MethodHandles#lookup} of a class in the interface's module, or of one that can see the interface
     * @param type the interface
     * @param target the object
     * @return an object of the interface
     * @throws ConfigurationException as {@link #wrap(Class, Object)}, and when the interface cannot be reached with the
     *     look-up object
     * @throws IllegalStateException when this is closed
     */
    public <T> T wrap(MethodHandles.Lookup lookup, Class<T> type, T target) {
        return wrapping.wrap(
                Objects.requireNonNull(lookup, "lookup; without one there is wrap(type, target)"), type, target);
    }

    /**
     * The names of the open caches.
     *
     * @return the names, sorted; unmodifiable
     */
    public Set<String> caches() {
        requireOpen();
        return Collections.unmodifiableSet(registry.open().keySet());
    }

    /**
     * The engines that are present, the first choice first.
     *
     * @return the engines; unmodifiable
     */
    public List<Engine> engines() {
        return engines.present();
    }

    /**
     * Whether each engine can run here, and if not, why and what mends it: those that are present, the first choice first,
     * then those of ours that are not.
     *
     * @return the availability by the engine's name; unmodifiable
     */
    public Map<String, Availability> availability() {
        return Collections.unmodifiableMap(engines.availability());
    }

    /**
     * What the open caches have counted.
     *
     * @return the counts by name, and in total; key spaces of one name are added up
     */
    public TwatStats stats() {
        requireOpen();
        Map<String, CacheStats> stats = new LinkedHashMap<>();
        registry.open()
                .forEach((name, cores) -> cores.forEach(core -> stats.merge(name, core.stats(), CacheStats::plus)));
        return new TwatStats(stats);
    }

    /**
     * Removes all entries of all caches.
     *
     * @throws EngineException when an engine has not done it for one cache, which the message names; all others are cleared
     *     all the same, and what else failed is suppressed in it
     */
    public void clear() {
        requireOpen();
        clear(registry.open().values().stream().flatMap(List::stream).toList());
    }

    private static void clear(List<CacheCore> cores) {
        InTurn.each(
                cores,
                CacheCore::clearUnlessClosed,
                "cache '%s' could not be cleared by engine '%s', and may still hold all that it held; the others that were to"
                        + " be cleared are, but for those that are told of as suppressed. Clear it again when the engine"
                        + " answers");
    }

    /**
     * Removes all entries of the cache of that name, in all its key spaces.
     *
     * @param name the name
     * @throws ConfigurationException when no cache of that name is open
     * @throws EngineException when an engine has not done it for one key space; all others are cleared all the same
     */
    public void clear(String name) {
        requireOpen();
        requireOpened(name);
        clear(registry.open().getOrDefault(checkedName(name), List.of()));
    }

    /**
     * Where caches that outlive the process are kept: what the builder says, else {@code TWAT_CACHE_DIR}, else the user's
     * cache directory on this platform. Made by the first cache that needs it, not by asking.
     *
     * @return the absolute path
     * @throws ConfigurationException when the path names a variable that is not set, or a home that is not known
     */
    public Path directory() {
        return disk.path();
    }

    /**
     * What all caches of the directory hold on disk, those of other processes too: as it was counted, in a few microseconds
     * for each cache, whatever the number of files.
     *
     * @return the usage; nothing when there is no directory yet
     * @throws io.github.twatcache.error.PathException when the directory cannot be read
     */
    public DiskUsage diskUsage() {
        requireOpen();
        return disk.usage();
    }

    /**
     * Closes every cache, the last made first. Loads that are running answer their callers and store nothing. Closing
     * again does nothing, not even while another thread is closing. Each engine is waited for in turn; where an
     * {@code operationTimeout} is set, at most that long, but 10 s at least, and as long as it says for changes that it has
     * not taken. A cache that another thread is just opening is not waited for: it is closed by that thread as soon as it
     * is open, and who asked for it gets an {@code IllegalStateException}.
     *
     * @throws EngineException when an engine failed to close one cache, which the message names; all the others are closed
     *     all the same, and what else failed is suppressed in it
     */
    @Override
    public void close() {
        closed = true;
        InTurn.run(
                () -> InTurn.each(
                        registry.close(),
                        CacheCore::close,
                        "cache '%s' could not be closed by engine '%s' in order; what it held open may stay open until the"
                                + " process ends"),
                threads::close,
                storing::close,
                background.alarms()::close,
                () -> registry.afterAll(disk::close));
    }

    @Override
    public String toString() {
        return closed ? "TwatCache, closed" : "TwatCache of " + registry.open().keySet();
    }

    static String checkedName(String name) {
        Objects.requireNonNull(name, "a cache's name must not be null; memory() takes the function's own name");
        if (name.isBlank()) {
            throw new ConfigurationException(
                    "a cache's name must not be blank, but was '" + name + "'; memory() takes the function's own name");
        }
        CacheNames.refused(name).ifPresent(fault -> {
            throw new ConfigurationException(fault);
        });
        // As a directory names it: two forms of one name would be two caches in one folder.
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this TwatCache is closed; open a new one with TwatCache.open()");
        }
    }

    Registry registry() {
        return registry;
    }

    /**
     * Overrides the settings of the caches that are made on this thread until the scope is closed. Beats code, and gives
     * way to {@code twat.cache.override}. A setting that the engine of a cache cannot honour is skipped there.
     *
     * <pre>{@code
     * try (var scope = twat.scope(c -> c.engine("null"))) {
     *     var report = new Report(twat); // all its caches compute each time
     * }
     * }</pre>
     *
     * @param settings gives the settings to a builder and returns it
     * @return the scope, to be closed by this thread
     * @throws ConfigurationException when something is given that belongs to one cache only, such as its name
     * @throws NullPointerException when the function returns {@code null}
     */
    public Scope scope(UnaryOperator<CacheBuilder> settings) {
        Objects.requireNonNull(settings, "settings");
        requireOpen();
        CacheBuilder blank = new CacheBuilder(this, CacheSpec.of("", Engines.MEMORY), false);
        CacheBuilder given = settings.apply(blank);
        if (given == null) {
            throw new NullPointerException(
                    "the function given to scope returned null; let it return the builder that it"
                            + " was given, with settings: scope(c -> c.engine(\"null\"))");
        }
        return new Scope(scope, given.scopeLayer());
    }

    List<Layer> scopes() {
        return Scope.layers(scope.get());
    }

    /**
     * Switches a cache on or off, or makes it read-only or write-only, in all its key spaces, at once. A hit of a cache
     * that is on costs nothing more for it. A call that runs at the same time may still see the mode before.
     *
     * @param name the cache's name
     * @param mode what it does from now on, also when it is closed and made again
     * @throws ConfigurationException when no cache of that name is open
     */
    public void mode(String name, Mode mode) {
        Objects.requireNonNull(mode, "mode");
        requireOpen();
        requireOpened(name);
        modes.put(checkedName(name), mode);
        registry.open().getOrDefault(checkedName(name), List.of()).forEach(this::heed);
        LOG.info("cache '{}' is {} from now on", name, mode);
    }

    /** Has a cache do what was said of its name at run time, also where that is said at this very moment. */
    void heed(CacheCore core) {
        Mode said;
        do {
            said = modes.get(core.name());
            if (said != null) {
                core.mode(said);
            }
        } while (said != modes.get(core.name()));
    }

    /**
     * What a cache does for now; where scopes have made several of the name, the one that {@link #settings(String)} shows.
     *
     * @param name the cache's name
     * @return its mode
     * @throws ConfigurationException when no cache of that name is open
     */
    public Mode mode(String name) {
        requireOpen();
        return requireOpened(name).inFlight.mode();
    }

    /**
     * Every setting of a cache, with the value that counts and where it comes from. Where scopes have made several caches of
     * the name, it is the one that was made under what the scopes of this thread override, else the first. For a name of which
     * no cache is open, what the configuration, the scopes of this thread and {@link #mode(String, Mode)} would give it.
     *
     * @param name the cache's name
     * @return the settings; as text, a table
     */
    public EffectiveSettings settings(String name) {
        requireOpen();
        String checked = checkedName(name);
        CacheCore core = registry.open(checked, Scope.overrides(scopes()));
        if (core == null) {
            return configured(checked);
        }
        CacheSpec spec = heeded(core.settings());
        return core.told(EffectiveSettings.of(
                spec, engines.settings(spec), core.explain().notes()));
    }

    /** The settings with the mode that was said at run time, which beats whatever else says one. */
    private CacheSpec heeded(CacheSpec spec) {
        Mode said = modes.get(spec.name());
        return said == null
                ? spec
                : spec.without(List.of(Settings.MODE)).with(Settings.MODE, said, "twat.mode, at run time");
    }

    /**
     * Every setting with the value that the configuration gives to each cache of which it says nothing else.
     *
     * @return the settings, under an empty name; as text, a table
     */
    public EffectiveSettings settings() {
        requireOpen();
        return configured("");
    }

    private EffectiveSettings configured(String name) {
        Resolved resolved =
                configuration.resolve(new Layer(CacheSpec.of(name, Engines.MEMORY), false, engine -> false), scopes());
        CacheSpec spec = heeded(resolved.spec());
        return EffectiveSettings.of(spec, engines.settings(spec), resolved.notes());
    }

    private CacheCore requireOpened(String name) {
        CacheCore core = registry.open(checkedName(name), Scope.overrides(scopes()));
        if (core == null) {
            throw new ConfigurationException("no cache named '" + name + "' is open; open are "
                    + registry.open().keySet());
        }
        return core;
    }

    /**
     * What the configuration says.
     *
     * @return the configuration, as it was read when this instance was opened
     */
    public Configuration configuration() {
        return configuration;
    }

    Engines engineChoice() {
        return engines;
    }

    Encoders encoders() {
        return encoders;
    }

    ValueFormats formats() {
        return formats;
    }

    Ticker ticker() {
        return ticker;
    }

    /** The engines that have a trait, in words. */
    String having(Trait trait) {
        return engines.having(trait);
    }

    InstantSource clock() {
        return clock;
    }

    Executor executor() {
        return executor;
    }

    Background background() {
        return background;
    }

    /** Who is told what happens in all caches. */
    List<Consumer<? super CacheEvent>> listeners() {
        return listeners;
    }

    /** Draws evenly, at least 0 and less than 1. */
    DoubleSupplier chance() {
        return chance;
    }

    Disk disk() {
        return disk;
    }
}
