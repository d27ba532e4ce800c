package io.github.twatcache.disk.store;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.disk.sqlite.DamagedDatabaseException;
import io.github.twatcache.disk.sqlite.DatabaseOptions;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.key.Digest;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import java.nio.file.Path;

/** Opens stores in the native format. */
public final class NativeFormat {
    private NativeFormat() {}

    /**
     * How a store is opened.
     *
     * @param database how its database is
     * @param fileThreshold values of more bytes go to files
     * @param override whether its limits change those that stand in the database
     */
    public record Options(DatabaseOptions database, long fileThreshold, boolean override) {}

    /**
     * Opens a store in the context's folder.
     *
     * @param <K> the type of the keys
     * @param spec the settings
     * @param context what core lends
     * @param options how
     * @return the store
     * @throws io.github.twatcache.error.CacheException when it cannot be opened
     * @throws ConfigurationException within a transaction on the same database
     */
    public static <K> Store<K> open(CacheSpec spec, StoreContext<K> context, Options options) {
        return new SteadyStore<>(context, () -> opened(spec, context, options));
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
        OpenReader reader = OpenReader.take(context.place(), options.database().reading());
        try {
            return new ReadOnlyStore<>(reader, context);
        } catch (RuntimeException failed) {
            reader.leave();
            throw failed;
        }
    }

    private static <K> DiskStore<K> opened(CacheSpec spec, StoreContext<K> context, Options options) {
        Path path = context.directory().path();
        Traces traces = Traces.before(path);
        OpenFolder folder;
        try {
            folder = OpenFolder.take(context.directory().made(), options.database(), traces);
        } catch (RuntimeException | Error failed) {
            OpenFolder.undo(path, traces);
            throw failed;
        }
        try {
            if (folder.database().within()) {
                // What opening writes down would be undone with the transaction, and this process would go on using it.
                throw new ConfigurationException("cache '" + spec.name()
                        + "' is opened within a transaction on its own database; open it before the transaction");
            }
            Space space = Space.open(
                    folder.database(),
                    spec.name(),
                    Digest.of(context.space()).toBytes(),
                    Limits.of(spec),
                    options.override());
            return new DiskStore<>(folder, spec, context, space, options.fileThreshold());
        } catch (RuntimeException | Error failed) {
            traces.note(folder.database());
            if (failed instanceof DamagedDatabaseException) {
                folder.abandon(true);
            }
            folder.leave();
            OpenFolder.undo(path, traces);
            throw failed;
        }
    }
}
