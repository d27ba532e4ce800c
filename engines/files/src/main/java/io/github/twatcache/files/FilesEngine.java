package io.github.twatcache.files;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Setting;
import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.error.PathException;
import io.github.twatcache.files.npy.MappedArray;
import io.github.twatcache.files.store.FilesStore;
import io.github.twatcache.files.store.Machine;
import io.github.twatcache.files.store.NowhereStore;
import io.github.twatcache.files.store.ReadOnlyStore;
import io.github.twatcache.path.CacheDirectory;
import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.path.DirectorySettings;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Trait;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps each result in files of its own, in a directory for each function and each version of its code, which can be listed,
 * copied, mounted read-only, and read from Python. Any number of processes share it.
 */
public final class FilesEngine implements Engine {
    private static final Set<Trait> TRAITS = EnumSet.of(
            Trait.BYTES,
            Trait.PERSISTENT,
            Trait.MULTI_PROCESS,
            Trait.MAXIMUM_SIZE,
            Trait.MAXIMUM_WEIGHT,
            Trait.EXACT_LIMIT,
            Trait.EXPIRE_AFTER_WRITE,
            Trait.PER_ENTRY_EXPIRY,
            Trait.STALE,
            Trait.TAGS,
            Trait.LEASES,
            Trait.REMOVALS);

    private final Machine machine;

    /** Makes the engine; {@link java.util.ServiceLoader} calls it. */
    public FilesEngine() {
        this(Machine.here());
    }

    /**
     * The same on another machine.
     *
     * @param machine what the files lie on
     */
    FilesEngine(Machine machine) {
        this.machine = machine;
    }

    @Override
    public String name() {
        return "files";
    }

    @Override
    public int rank() {
        return 6;
    }

    @Override
    public Set<Trait> traits() {
        return EnumSet.copyOf(TRAITS);
    }

    @Override
    public List<Setting<?>> settings() {
        return FilesSettings.ALL;
    }

    @Override
    public Set<Class<?>> ownValues() {
        return Set.of(MappedArray.class);
    }

    @Override
    public boolean keepsCost() {
        return true;
    }

    @Override
    public Availability availability() {
        return new Availability.Available();
    }

    @Override
    public <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
        String location = spec.get(FilesSettings.LOCATION);
        if (FilesSettings.NOWHERE.equals(location)) {
            return new NowhereStore<>(context);
        }
        DirectorySettings own = location == null
                ? null
                : context.directorySettings().at(Path.of(location).toAbsolutePath());
        try {
            return own == null
                    ? FilesStore.open(spec, context, context.directory(), machine, () -> {})
                    : at(own, spec, context);
        } catch (PathException unusable) {
            // Refused for any other reason, it is not to be trusted either, or will be fit when that has passed.
            if (CacheDirectory.readable(unusable)) {
                Path there = own == null ? context.place() : CacheDirectory.place(own, spec.name());
                return new ReadOnlyStore<>(there, spec, context, unusable);
            }
            throw new EngineUnavailableException(String.valueOf(unusable.getMessage()), unusable);
        }
    }

    /** Opens a store in a directory of its own, which is closed with it. */
    private <K> Store<K> at(DirectorySettings settings, CacheSpec spec, StoreContext<K> context) {
        CacheDirectory directory = CacheDirectory.open(settings);
        try {
            CacheFolder folder = directory.folder(spec.name());
            return FilesStore.open(spec, context, folder, machine, () -> {
                folder.close();
                directory.close();
            });
        } catch (RuntimeException failed) {
            directory.close();
            throw failed;
        }
    }
}
