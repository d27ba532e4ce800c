package io.github.twatcache;

import io.github.twatcache.error.CacheException;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.error.OperationException;
import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.path.DirectorySettings;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Trait;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one cache, for those of its engines that outlive the process: its own, or one of the two that it is split
 * over, or the one that takes over. Opened when one of them asks for it.
 */
final class LentFolder {
    private final String cache;
    private final Engine engine;
    private final Set<String> lasting;
    private final Disk disk;
    private @Nullable CacheFolder open;

    LentFolder(String cache, Engine engine, Set<String> lasting, Disk disk) {
        this.cache = cache;
        this.engine = engine;
        this.lasting = Set.copyOf(lasting);
        this.disk = disk;
    }

    /** Which of some engines outlive the process, by name; of a split, which of the two. */
    static Set<String> lasting(@Nullable Engine... engines) {
        Set<String> lasting = new TreeSet<>();
        for (Engine engine : engines) {
            if (engine instanceof SplitEngine split) {
                lasting.addAll(lasting(split.parts()));
            } else if (engine != null && engine.traits().contains(Trait.PERSISTENT)) {
                lasting.add(engine.name());
            }
        }
        return lasting;
    }

    /** The engines that may ask for it, by name. */
    Set<String> lasting() {
        return lasting;
    }

    /** How the directory is opened that it is in. */
    DirectorySettings settings() {
        return disk.settings();
    }

    synchronized CacheFolder get() {
        if (lasting.isEmpty()) {
            throw new EngineException("engine '" + engine.name() + "' asked for the directory of cache '" + cache
                    + "' and has not the trait " + Trait.PERSISTENT + "; let it state the trait");
        }
        CacheFolder folder = open == null ? disk.folder(cache) : open;
        open = folder;
        return folder;
    }

    /** Where it is; makes and opens nothing. */
    Path place() {
        return disk.place(cache);
    }

    /**
     * Opens a store that may ask for the folder; where that fails, the folder is closed again.
     *
     * @throws EngineUnavailableException whatever the engine's failure was, as the cause; also where a class or a native
     *     library is not there that the engine needs
     * @throws ConfigurationException where the engine refuses a setting
     * @throws OperationException where the engine refuses the types of keys or values
     */
    <S> S lentTo(Supplier<S> store) {
        try {
            return store.get();
        } catch (LinkageError missing) {
            close();
            throw new EngineUnavailableException(
                    "a class or a native library that it needs cannot be loaded: " + missing
                            + "; add what it depends on to the class path",
                    missing);
        } catch (EngineUnavailableException | ConfigurationException | OperationException asTheySay) {
            close();
            throw asTheySay;
        } catch (VirtualMachineError | ThreadDeath ofTheJvm) {
            close();
            throw ofTheJvm;
        } catch (Throwable failed) {
            close();
            // Whatever it is: the next engine of the chain may do, and if none does, whoever asks must see what it was.
            throw new EngineUnavailableException(
                    failed instanceof CacheException ? String.valueOf(failed.getMessage()) : failed.toString(), failed);
        }
    }

    synchronized void close() {
        if (open != null) {
            open.close();
        }
    }
}
