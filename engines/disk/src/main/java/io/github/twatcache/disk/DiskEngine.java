package io.github.twatcache.disk;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Setting;
import io.github.twatcache.disk.diskcache.Asked;
import io.github.twatcache.disk.diskcache.DiskcacheFormat;
import io.github.twatcache.disk.sqlite.DatabaseOptions;
import io.github.twatcache.disk.store.NativeFormat;
import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.error.PathException;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Trait;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.sqlite.SQLiteConfig;

/**
 * Keeps entries in one SQLite database for each cache name, with files beside it for large values. Any number of processes
 * share it; it outlives them, and a kill at any instant loses nothing that a call had returned from.
 *
 * <p>Limits are exact after each write, over all processes.
 */
public final class DiskEngine implements Engine {
    private static final Set<Trait> TRAITS = EnumSet.of(
            Trait.BYTES,
            Trait.PERSISTENT,
            Trait.MULTI_PROCESS,
            Trait.MAXIMUM_SIZE,
            Trait.MAXIMUM_WEIGHT,
            Trait.EXACT_LIMIT,
            Trait.POLICY,
            Trait.EXPIRE_AFTER_WRITE,
            Trait.EXPIRE_AFTER_ACCESS,
            Trait.PER_ENTRY_EXPIRY,
            Trait.STALE,
            Trait.TAGS,
            Trait.REMOVALS,
            Trait.COUNTERS,
            Trait.ORDERED,
            Trait.QUEUES,
            Trait.STREAMS,
            Trait.TRANSACTIONS,
            Trait.LOCKS,
            Trait.LEASES,
            Trait.MAINTENANCE);

    /** Makes the engine; {@link java.util.ServiceLoader} calls it. */
    public DiskEngine() {}

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public int rank() {
        return 8;
    }

    @Override
    public Set<Trait> traits() {
        return EnumSet.copyOf(TRAITS);
    }

    @Override
    public List<Setting<?>> settings() {
        return DiskSettings.ALL;
    }

    @Override
    public Availability availability() {
        return Availability.needing(() -> SQLiteConfig.class, "org.xerial:sqlite-jdbc");
    }

    /** A directory in the format of diskcache has a limit of bytes in any case. */
    @Override
    public boolean bounds(CacheSpec spec) {
        return spec.get(DiskSettings.FORMAT, Format.NATIVE) == Format.DISKCACHE;
    }

    @Override
    public <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
        Duration timeout = spec.get(DiskSettings.LOCK_TIMEOUT, Duration.ofSeconds(60));
        if (spec.get(DiskSettings.FORMAT, Format.NATIVE) == Format.DISKCACHE) {
            try {
                return DiskcacheFormat.open(
                        spec, context, DatabaseOptions.standard().waiting(timeout));
            } catch (PathException unusable) {
                throw new EngineUnavailableException(String.valueOf(unusable.getMessage()), unusable);
            }
        }
        Asked.refuseWithout(spec);
        long threshold = spec.get(DiskSettings.FILE_THRESHOLD, 64L << 10);
        NativeFormat.Options options = new NativeFormat.Options(
                DatabaseOptions.standard().waiting(timeout),
                threshold,
                spec.on(DiskSettings.OVERRIDE_SETTINGS),
                spec.get(DiskSettings.SHARDS));
        try {
            return spec.on(DiskSettings.READ_ONLY)
                    ? NativeFormat.read(context, options)
                    : NativeFormat.open(spec, context, options);
        } catch (PathException unusable) {
            throw new EngineUnavailableException(String.valueOf(unusable.getMessage()), unusable);
        }
    }
}
