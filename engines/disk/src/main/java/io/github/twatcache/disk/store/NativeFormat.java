package io.github.twatcache.disk.store;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.disk.sqlite.DatabaseOptions;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens stores in the native format. */
public final class NativeFormat {
    private NativeFormat() {}

    /**
     * How a store is opened.
     *
     * @param database how its database is
     * @param fileThreshold values of more bytes go to files
     * @param override whether its limits change those that stand in the database
     * @param shards over how many databases a new cache is spread; {@code null} where that was not said
     */
    public record Options(
            DatabaseOptions database,
            long fileThreshold,
            boolean override,
            @Nullable Long shards) {}

    /**
     * Opens a store in the context's folder.
     *
     * @param <K> the type of the keys
     * @param spec the settings
     * @param context what core lends
     * @param options how
     * @return the store
     * @throws ConfigurationException when the limit is less than the number of shards, or the
     *     number of shards was to be changed; within a transaction on the same database
     * @throws io.github.twatcache.error.CacheException when it cannot be opened
     */
    public static <K> Store<K> open(CacheSpec spec, StoreContext<K> context, Options options) {
        Opener<K> opener = new Opener<>(spec, context, options);
        SteadyStore<K> first = new SteadyStore<>(context, () -> opener.open(0));
        if (opener.shards() == 1) {
            opener.settle();
            return first;
        }
        List<SteadyStore<K>> shards = new ArrayList<>(List.of(first));
        try {
            while (shards.size() < opener.shards()) {
                int number = shards.size();
                shards.add(new SteadyStore<>(context, () -> opener.open(number)));
            }
            opener.settle();
            return ShardedStore.of(shards, context);
        } catch (RuntimeException | Error failed) {
            opener.undo(() -> closeAfter(failed, shards));
            throw failed;
        }
    }

    private static void closeAfter(Throwable failed, List<? extends Store<?>> stores) {
        try {
            ShardedStore.close(stores);
        } catch (RuntimeException | Error too) {
            failed.addSuppressed(too);
        }
    }

    /**
     * Opens a store that reads what is there, and writes nothing.
     *
     * @param <K> the type of the keys
     * @param context what core lends; its folder is neither made nor locked
     * @param options how
     * @return the store
     * @throws io.github.twatcache.error.CacheException when there is no database, or it cannot be read
     */
    public static <K> Store<K> read(StoreContext<K> context, Options options) {
        Path path = context.place();
        OpenReader first = OpenReader.take(path, options.database().reading());
        List<ReadOnlyStore<K>> shards = new ArrayList<>();
        try {
            shards.add(reading(first, context));
            int all = first.shards();
            while (shards.size() < all) {
                OpenReader next = OpenReader.take(
                        Sharding.place(path, all, shards.size()),
                        options.database().reading());
                shards.add(reading(next, context));
            }
            Sharding.tell(context, options.shards(), all, path.resolve(OpenFolder.DATABASE));
            tellLimits(shards, context);
            return all == 1 ? shards.get(0) : ShardedStore.reading(shards, context);
        } catch (RuntimeException | Error failed) {
            closeAfter(failed, shards);
            throw failed;
        }
    }

    /** Those of the others count: nothing is evicted here, and what was asked for here changes nothing. */
    private static <K> void tellLimits(List<ReadOnlyStore<K>> shards, StoreContext<K> context) {
        List<Limits> parts = new ArrayList<>();
        for (ReadOnlyStore<K> shard : shards) {
            Limits part = shard.limits();
            if (part == null) {
                return;
            }
            parts.add(part);
        }
        Limits whole = Limits.whole(parts);
        if (whole != null) {
            whole.tell(context, "the database " + context.place().resolve(OpenFolder.DATABASE));
        }
    }

    private static <K> ReadOnlyStore<K> reading(OpenReader reader, StoreContext<K> context) {
        try {
            return new ReadOnlyStore<>(reader, context);
        } catch (RuntimeException | Error failed) {
            reader.leave();
            throw failed;
        }
    }
}
