package io.github.twatcache;

import io.github.twatcache.path.CacheDirectory;
import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.path.DirectorySettings;
import io.github.twatcache.path.DiskUsage;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The cache directory of one {@link TwatCache}: opened by the first cache that needs it, so that no other program has one. */
final class Disk {
    private final DirectorySettings settings;
    private @Nullable CacheDirectory open;
    private boolean closed;

    Disk(DirectorySettings settings) {
        this.settings = settings;
    }

    /** Whether all caches of the directory are bounded together. */
    boolean bounded() {
        return settings.quota() != null;
    }

    synchronized Path path() {
        return open == null ? settings.path() : open.path();
    }

    /** Makes no directory where there is none. */
    DiskUsage usage() {
        return opened(false) ? directory().usage() : DiskUsage.NONE;
    }

    /** Where the folder of a cache is; makes and opens nothing. */
    Path place(String cache) {
        return CacheDirectory.place(settings, cache);
    }

    CacheFolder folder(String cache) {
        return directory().folder(cache);
    }

    private synchronized boolean opened(boolean make) {
        if (open == null && (make || CacheDirectory.exists(settings))) {
            if (closed) {
                throw new IllegalStateException("this TwatCache is closed; open a new one with TwatCache.open()");
            }
            open = CacheDirectory.open(settings);
        }
        return open != null;
    }

    private synchronized CacheDirectory directory() {
        CacheDirectory now = opened(true) ? open : null;
        if (now == null) {
            throw new IllegalStateException("a directory that was opened is open");
        }
        return now;
    }

    synchronized void close() {
        closed = true;
        if (open != null) {
            open.close();
        }
    }
}
