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
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
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
    private final Tenancy tenancy;
    private final Map<Integer, Limits> said = new ConcurrentHashMap<>();
    private volatile boolean told;
    private volatile int shards;

    /** What has been opened so far, the last one first; nothing any more once all are open. */
    private final Deque<Begun> begun = new ArrayDeque<>();

    private boolean whole;

    /** Whether the folder of the other shards was there before the first of them was opened. */
    private volatile boolean parentWasThere = true;

    /** A database that is open, and what was there before it was. */
    private record Begun(OpenFolder folder, Traces traces) {}

    Opener(CacheSpec spec, StoreContext<K> context, Options options) {
        this.spec = spec;
        this.context = context;
        this.options = options;
        this.tenancy = new Tenancy(context.directory());
    }

    /** Over how many databases the cache is spread; known when the first is open. */
    int shards() {
        return shards;
    }

    /** Opens one of them, the first one first. */
    DiskStore<K> open(int number) {
        Path top = context.directory().path();
        Traces traces = Traces.before(top);
        OpenFolder first = taken(top, () -> context.directory().made(), wanted(), traces);
        if (number == 0) {
            return in(first, number, traces);
        }
        try {
            agree(first);
            Path place = Sharding.place(top, shards, number);
            if (number == 1) {
                parentWasThere = Files.exists(Sharding.parent(top, shards), LinkOption.NOFOLLOW_LINKS);
            }
            Traces its = Traces.before(place);
            return in(taken(place, () -> Sharding.made(top, shards, number), shards, its), number, its);
        } finally {
            first.leave();
        }
    }

    /** Says that all are open: what they have made stays. */
    synchronized void settle() {
        whole = true;
        begun.clear();
    }

    private synchronized void begun(OpenFolder folder, Traces traces) {
        if (!whole) {
            begun.push(new Begun(folder, traces));
        }
    }

    /**
     * Takes away what those have made that were opened, since one of the others cannot be.
     *
     * @param closing closes those that are open
     */
    synchronized void undo(Runnable closing) {
        begun.forEach(one -> one.traces.note(one.folder.database()));
        closing.run();
        begun.forEach(one -> OpenFolder.undo(one.folder.path(), one.traces));
        Path parent = Sharding.parent(context.directory().path(), shards);
        if (!parentWasThere) {
            Sharding.deleteIfEmpty(parent);
        }
        settle();
    }

    private OpenFolder taken(Path place, Supplier<Path> made, int count, Traces traces) {
        try {
            return OpenFolder.take(made.get(), options.database(), count, traces);
        } catch (RuntimeException | Error failed) {
            OpenFolder.undo(place, traces);
            throw failed;
        }
    }

    private int wanted() {
        Long wanted = options.shards();
        return shards > 0 ? shards : wanted == null ? 1 : Math.toIntExact(wanted);
    }

    private DiskStore<K> in(OpenFolder folder, int number, Traces traces) {
        try {
            if (folder.database().within()) {
                // What opening writes down would be undone with the transaction, and this process would go on using it.
                throw new ConfigurationException("cache '" + spec.name()
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
                    Digest.of(context.space()).toBytes(),
                    limits.part(shards, number),
                    options.override());
            DiskStore<K> store = new DiskStore<>(
                    folder,
                    part(),
                    context,
                    space,
                    Versions.open(folder.database(), context),
                    options.fileThreshold(),
                    tenancy,
                    parts -> heard(number, parts));
            begun(folder, traces);
            return store;
        } catch (RuntimeException | Error failed) {
            traces.note(folder.database());
            if (failed instanceof DamagedDatabaseException) {
                folder.abandon(true);
            }
            folder.leave();
            OpenFolder.undo(folder.path(), traces);
            throw failed;
        }
    }

    /** Hears what limits one database says; once all have, tells those of the cache, if it was opened with others. */
    private void heard(int number, Limits part) {
        said.put(number, part);
        Limits all = said.size() < shards ? null : Limits.whole(said.values());
        Limits wanted = Limits.of(spec);
        if (all == null || (!told && all.equals(wanted))) {
            return;
        }
        if (!told && opening()) {
            LOG.warn(
                    "cache '{}' is opened with {}, and its {} {}: that counts; set override-settings = true to change it for"
                            + " all processes",
                    spec.name(),
                    wanted,
                    shards == 1 ? "database says" : shards + " shards say in all",
                    all);
        }
        told = true;
        all.tell(context, "the database " + context.directory().path().resolve(OpenFolder.DATABASE));
    }

    private synchronized boolean opening() {
        return !whole;
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
        Sharding.tell(context, wanted, there, folder);
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
