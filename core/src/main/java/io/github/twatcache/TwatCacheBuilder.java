package io.github.twatcache;

import io.github.twatcache.config.Configuration;
import io.github.twatcache.config.Sources;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.key.Encoders;
import io.github.twatcache.path.DirectorySettings;
import io.github.twatcache.path.Quota;
import io.github.twatcache.path.QuotaListener;
import io.github.twatcache.path.QuotaPolicy;
import io.github.twatcache.spi.Compressor;
import io.github.twatcache.spi.ContextCarrier;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Ticker;
import io.github.twatcache.spi.ValueFormat;
import io.github.twatcache.stats.CacheEvent;
import io.github.twatcache.value.ValueFormats;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens a {@link TwatCache} with parts of your own. To be used by one thread.
 *
 * <pre>{@code
 * try (TwatCache twat = TwatCache.builder()
 *         .directory(Path.of("/var/cache/shop"))
 *         .quota(10L << 30, QuotaPolicy.IDLE)
 *         .open()) {
 *     …
 * }
 * }</pre>
 */
public final class TwatCacheBuilder {
    final List<Engine> engines = new ArrayList<>();
    final List<ValueFormat> formats = new ArrayList<>();
    final List<Compressor> compressors = new ArrayList<>();
    Encoders encoders = Encoders.standard();
    /** The JVM's own clock, to be told from one that is moved by hand. */
    static final Ticker SYSTEM = Ticker.system();

    final List<ContextCarrier> carriers = new ArrayList<>();
    final List<Consumer<? super CacheEvent>> listeners = new ArrayList<>();
    Ticker ticker = SYSTEM;
    InstantSource clock = InstantSource.system();

    @Nullable Executor executor;

    DoubleSupplier chance = () -> ThreadLocalRandom.current().nextDouble();

    @Nullable Sources configuration;

    @Nullable Configuration read;

    DirectorySettings directory = DirectorySettings.standard();

    TwatCacheBuilder() {}

    /**
     * Measures lifetimes in memory, and how long computations take, by another clock: in tests, one that is moved by hand.
     *
     * @param clock the clock
     * @return this
     */
    public TwatCacheBuilder ticker(Ticker clock) {
        Objects.requireNonNull(clock, "clock");
        this.ticker = clock;
        return this;
    }

    /**
     * Measures lifetimes of what outlives the process by another clock: in tests, one that is moved by hand, together
     * with the {@link #ticker}.
     *
     * @param wall the clock
     * @return this
     */
    public TwatCacheBuilder clock(InstantSource wall) {
        Objects.requireNonNull(wall, "wall");
        this.clock = wall;
        return this;
    }

    /**
     * Runs what is computed in the background elsewhere than on threads of twat-cache's own.
     *
     * @param background the executor; it is not closed with the instance
     * @return this
     */
    public TwatCacheBuilder executor(Executor background) {
        Objects.requireNonNull(background, "background");
        this.executor = background;
        return this;
    }

    /**
     * Carries more of what belongs to the calling thread to the threads that load for it than SLF4J's diagnostic context.
     *
     * @param carrier the carrier; several are applied in the order in which they are given
     * @return this
     */
    public TwatCacheBuilder context(ContextCarrier carrier) {
        Objects.requireNonNull(carrier, "carrier");
        carriers.add(carrier);
        return this;
    }

    /**
     * Tells a listener what happens in all caches of the instance, as {@link CacheBuilder#events} does for one.
     *
     * @param listener is told of each {@link CacheEvent}; several are told in the order in which they are given
     * @return this
     */
    public TwatCacheBuilder events(Consumer<? super CacheEvent> listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Draws from elsewhere what {@link CacheBuilder#earlyRecomputation} leaves to chance: in tests, from a generator with a
     * seed.
     *
     * @param even draws evenly, at least 0 and less than 1; called by any thread
     * @return this
     */
    public TwatCacheBuilder chance(DoubleSupplier even) {
        Objects.requireNonNull(even, "even");
        this.chance = even;
        return this;
    }

    /**
     * Teaches the canonical encoding types of your own.
     *
     * @param known the encoders
     * @return this
     */
    public TwatCacheBuilder encoders(Encoders known) {
        Objects.requireNonNull(known, "known");
        this.encoders = known;
        return this;
    }

    /**
     * Adds an engine that is not found by {@link java.util.ServiceLoader}; it comes before one of the same name that
     * is. Its name is of lower-case letters, digits and dashes; any other is refused by {@link #open}.
     *
     * @param engine the engine
     * @return this
     */
    public TwatCacheBuilder engine(Engine engine) {
        Objects.requireNonNull(engine, "engine");
        engines.add(engine);
        return this;
    }

    /**
     * Adds a format of stored values that is not found by {@link java.util.ServiceLoader}; it comes before one of the
     * same name that is.
     *
     * @param format the format
     * @return this
     */
    public TwatCacheBuilder format(ValueFormat format) {
        Objects.requireNonNull(format, "format");
        formats.add(format);
        return this;
    }

    /**
     * Adds a compressor that is not found by {@link java.util.ServiceLoader}; it comes before one of the same name that
     * is.
     *
     * @param compressor the compressor
     * @return this
     * @throws io.github.twatcache.error.ConfigurationException when its name is not made of 1 to 32 of {@code a-z}, {@code
     *     0-9} and {@code -}, as it must be to stand in the names of files
     */
    public TwatCacheBuilder compressor(Compressor compressor) {
        ValueFormats.requireName(Objects.requireNonNull(compressor, "compressor"));
        compressors.add(compressor);
        return this;
    }

    /**
     * Reads the configuration from elsewhere than the process offers: in tests, from what the test brings.
     *
     * @param sources where to read from
     * @return this
     */
    public TwatCacheBuilder configuration(Sources sources) {
        Objects.requireNonNull(sources, "sources");
        this.configuration = sources;
        return this;
    }

    /**
     * Takes the configuration that another instance has read, for whoever opens several one after the other: it is not read
     * again, and what it warns of was told once.
     *
     * @param known what {@link TwatCache#configuration()} of the other says
     * @return this
     */
    public TwatCacheBuilder configuration(Configuration known) {
        Objects.requireNonNull(known, "known");
        this.read = known;
        return this;
    }

    /**
     * Keeps what outlives the process there, instead of where {@code TWAT_CACHE_DIR} or the platform says. The
     * directory is made, with its parents, by the first cache that needs it.
     *
     * @param path the directory; a {@code ~} at its beginning and <code>${VARIABLE}</code> in it are expanded
     * @return this
     */
    public TwatCacheBuilder directory(Path path) {
        directory = directory.at(path);
        return this;
    }

    /**
     * Bounds what all caches of the directory hold together. Writes of this process make room, or are not stored.
     *
     * @param bytes the most that all of them hold, at least 1
     * @param policy which cache makes room
     * @return this
     * @throws ConfigurationException when the bytes are less than 1
     */
    public TwatCacheBuilder quota(long bytes, QuotaPolicy policy) {
        directory = directory.bounded(new Quota(bytes, policy));
        return this;
    }

    /**
     * Tells when the caches of the directory hold 80 % of the quota.
     *
     * @param listener is told once, and again only after they had fallen below 70 %
     * @return this
     */
    public TwatCacheBuilder onQuota(QuotaListener listener) {
        Objects.requireNonNull(listener, "listener");
        directory = directory.telling(listener);
        return this;
    }

    /**
     * Waits at most so long for the lock of the directory, which another thread or process holds for the moment of a
     * rename, or while files are counted anew; 60 s where nothing is said. Then what needed it throws {@link
     * io.github.twatcache.error.LockTimeoutException}.
     *
     * @param wait longer than zero
     * @return this
     * @throws ConfigurationException when it is not longer than zero
     */
    public TwatCacheBuilder lockTimeout(Duration wait) {
        Objects.requireNonNull(wait, "wait");
        directory = directory.waiting(wait);
        return this;
    }

    /**
     * Opens the instance.
     *
     * @return the instance, to be closed
     * @throws ConfigurationException with all faults of the configuration together, those of {@code TWAT_CACHE_DIR} and of
     *     {@link #directory} among them
     */
    public TwatCache open() {
        return new TwatCache(this);
    }
}
