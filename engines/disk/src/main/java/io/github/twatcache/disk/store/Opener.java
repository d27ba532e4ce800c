package io.github.twatcache.disk.store;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Requirements;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.disk.DiskSettings;
import io.github.twatcache.disk.sqlite.DamagedDatabaseException;
import io.github.twatcache.disk.store.NativeFormat.Options;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.key.Digest;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Trait;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the databases of one cache, at first and whenever one has to be opened anew. How many there are the first one says;
 * that stays so as long as the cache is open.
 */
final class Opener<K> {
    private static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.disk");
    private static final long FRONT_ENTRIES = 16_384;
    private static final long FRONT_BYTES = 64L << 20;

    private final CacheSpec spec;
    private final StoreContext<K> context;
    private final Options options;
    private volatile int shards;

    Opener(CacheSpec spec, StoreContext<K> context, Options options) {
        this.spec = spec;
        this.context = context;
        this.options = options;
    }

    /** Over how many databases the cache is spread; known when the first is open. */
    int shards() {
        return shards;
    }

    /** Opens one of them, the first one first. */
    DiskStore<K> open(int number) {
        Path path = context.directory().made();
        OpenFolder first = OpenFolder.take(path, options.database(), wanted());
        if (number == 0) {
            return in(first, number);
        }
        try {
            agree(first);
            return in(OpenFolder.take(Sharding.made(path, shards, number), options.database(), shards), number);
        } finally {
            first.leave();
        }
    }

    private int wanted() {
        Long wanted = options.shards();
        return shards > 0 ? shards : wanted == null ? 1 : Math.toIntExact(wanted);
    }

    private DiskStore<K> in(OpenFolder folder, int number) {
        try {
            if (folder.database().within()) {
                // What opening writes down would be undone with the transaction, and this process would go on using it.
                throw new IllegalStateException("cache '" + spec.name()
                        + "' is opened within a transaction on its own database; open it before the transaction");
            }
            agree(folder);
            Limits limits = Limits.of(spec);
            if (limits.bounded() && limits.maximum() < shards) {
                throw new ConfigurationException(
                        "cache '" + spec.name() + "' is given " + limits + " and is spread over " + shards
                                + " shards, each of which needs room for 1; raise the maximum, or use fewer shards");
            }
            Space space = Space.open(
                    folder.database(),
                    number == 0 ? words() : null,
                    Digest.of(context.space()).toBytes(),
                    limits.part(shards, number),
                    options.override());
            return new DiskStore<>(folder, part(), context, space, options.fileThreshold());
        } catch (RuntimeException failed) {
            if (failed instanceof DamagedDatabaseException) {
                folder.abandon(true);
            }
            folder.leave();
            throw failed;
        }
    }

    private String words() {
        return shards == 1 ? spec.name() : spec.name() + " (the first of its " + shards + " shards)";
    }

    private void agree(OpenFolder folder) {
        int there = folder.shards();
        if (shards == there) {
            return;
        }
        if (shards > 0) {
            throw new EngineException("the database " + folder + " was replaced by one of " + there
                    + " shards while it was in use with " + shards + "; close the cache and open it anew");
        }
        Long wanted = options.shards();
        if (wanted != null && wanted != there && options.override()) {
            throw new ConfigurationException("shards = " + wanted + " of cache '" + spec.name() + "': its database has "
                    + there
                    + ", and override-settings cannot change that, since keys would be looked for in the wrong ones;"
                    + " leave shards out, or give the cache another name");
        }
        Requirements required = spec.get(Settings.REQUIRES);
        if (there > 1 && required != null && required.traits().contains(Trait.TRANSACTIONS.name())) {
            throw new ConfigurationException("requires = " + required + " of cache '" + spec.name() + "': its " + there
                    + " shards have no transactions in common; use one shard, or do without");
        }
        if (wanted != null && wanted != there) {
            LOG.warn(
                    "cache '{}' is opened with shards = {}, and its database has {}: that counts, and cannot be changed; give"
                            + " the cache another name for another number",
                    spec.name(),
                    wanted,
                    there);
        }
        shards = there;
    }

    /** The settings of one shard: all have as much on the heap together as one database would have. */
    private CacheSpec part() {
        return shards == 1
                ? spec
                : part(part(spec, DiskSettings.FRONT_ENTRIES, FRONT_ENTRIES), DiskSettings.FRONT_BYTES, FRONT_BYTES);
    }

    private CacheSpec part(CacheSpec all, Setting<Long> setting, long otherwise) {
        return all.without(List.of(setting))
                .with(setting, Math.max(1, all.get(setting, otherwise) / shards), "a part for each shard");
    }
}
