package io.github.twatcache;

import io.github.twatcache.path.CacheDirectory;
import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.path.DirectorySettings;
import io.github.twatcache.path.DiskUsage;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The cache directory of one {@link TwatCache}: opened by the first cache that needs it, so that no other program has one. */
final class Disk {
    private final DirectorySettings settings;
    /** Held while the directory is opened, which waits where another process has it locked; by nobody who only closes or looks. */
    private final ReentrantLock opening = new ReentrantLock();

    private volatile @Nullable CacheDirectory open;
    private volatile boolean closed;

    Disk(DirectorySettings settings) {
        this.settings = settings;
    }

    DirectorySettings settings() {
        return settings;
    }

    /** Whether all caches of the directory are bounded together. */
    boolean bounded() {
        return settings.quota() != null;
    }

    Path path() {
        CacheDirectory now = open;
        return now == null ? settings.path() : now.path();
    }

    /** Makes no directory where there is none. */
    DiskUsage usage() {
        return open != null || CacheDirectory.exists(settings) ? directory().usage() : DiskUsage.NONE;
    }

    /** Where the folder of a cache is; makes and opens nothing. */
    Path place(String cache) {
        return CacheDirectory.place(settings, cache);
    }

    CacheFolder folder(String cache) {
        return directory().folder(cache);
    }

    private CacheDirectory directory() {
        CacheDirectory now = open;
        return now == null ? opened() : now;
    }

    private CacheDirectory opened() {
        opening.lock();
        try {
            CacheDirectory now = open;
            if (now != null) {
                return now;
            }
            requireOpen();
            CacheDirectory made = CacheDirectory.open(settings);
            open = made;
            if (closed) {
                made.close(); // whoever closed has not seen it
            }
            requireOpen();
            return made;
        } finally {
            opening.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this TwatCache is closed; open a new one with TwatCache.open()");
        }
    }

    /** Waits for nobody. */
    void close() {
        closed = true;
        CacheDirectory now = open;
        if (now != null) {
            now.close();
        }
    }
}
