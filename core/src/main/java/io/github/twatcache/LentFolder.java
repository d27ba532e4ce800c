package io.github.twatcache;

import io.github.twatcache.error.EngineException;
import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Trait;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The folder of one cache, for an engine that outlives the process: opened when the engine asks for it. */
final class LentFolder {
    private final String cache;
    private final Engine engine;
    private final Disk disk;
    private @Nullable CacheFolder open;

    LentFolder(String cache, Engine engine, Disk disk) {
        this.cache = cache;
        this.engine = engine;
        this.disk = disk;
    }

    synchronized CacheFolder get() {
        if (!engine.traits().contains(Trait.PERSISTENT)) {
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

    /** Opens a store that may ask for the folder; where that fails, the folder is closed again. */
    <S> S lentTo(Supplier<S> store) {
        try {
            return store.get();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    synchronized void close() {
        if (open != null) {
            open.close();
        }
    }
}
