package io.github.twatcache.path;

import io.github.twatcache.error.PathException;
import io.github.twatcache.text.ByteSizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open cache directory: gives each cache its folder, counts what they hold, and keeps them to the quota. Thread-safe;
 * any number of processes, and within one process of instances, may have the same directory open. Not so two class loaders
 * with a copy of twat-cache each: the second is refused.
 *
 * <pre>
 * ~/.cache/twat-cache/    0700, as all directories; files are 0600
 *   CACHEDIR.TAG          backups may leave it out
 *   .gitignore            so may git
 *   .twat-cache/          the ledger, and a folder of each process for what it is writing
 *   caches/users/         what the engine of the cache "users" keeps
 * </pre>
 *
 * <p>A directory that is deleted while in use is made anew at the next use.
 */
public final class CacheDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CacheDirectory.class);

    private final Room room;
    private final @Nullable Quota quota;
    private final @Nullable QuotaListener listener;
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    private CacheDirectory(Room room, DirectorySettings settings) {
        this.room = room;
        this.quota = settings.quota();
        this.listener = settings.listener();
    }

    /**
     * Opens a directory, and makes it where it is not there, with its missing parents. Sweeps what dead processes have left.
     * An opening that fails leaves nothing of its own behind.
     *
     * @param settings which, and how
     * @return the directory, to be closed
     * @throws io.github.twatcache.error.ConfigurationException when the path cannot be expanded
     * @throws PathException when it cannot be made or written to, belongs to another user, is open to the writes of others,
     *     or is in use by a copy of twat-cache in another class loader
     * @throws io.github.twatcache.error.LockTimeoutException when another process held its lock for too long, or
     *     another thread took too long to close it
     */
    public static CacheDirectory open(DirectorySettings settings) {
        Location location = settings.location();
        Ground ground = new Ground(location);
        try {
            Room room = Claims.take(ground.prepared(), location, settings.lockTimeout());
            try {
                room.sweep();
            } catch (RuntimeException e) {
                Claims.leave(room);
                throw e;
            }
            return new CacheDirectory(room, settings);
        } catch (IOException e) {
            ground.undo();
            throw Trouble.of(location.path(), Trouble.BEGIN, e);
        } catch (RuntimeException e) {
            ground.undo();
            throw e;
        }
    }

    /**
     * Whether there is a cache directory of ours already. Opens nothing.
     *
     * @param settings which
     * @return whether there is
     * @throws io.github.twatcache.error.ConfigurationException when the path cannot be expanded
     */
    public static boolean exists(DirectorySettings settings) {
        return Files.isRegularFile(Room.ledgerOf(settings.path()));
    }

    /**
     * Whether nothing is wrong with a directory but that this process may not write to it: what is there can be read, by who
     * changes nothing. Not so where it belongs to another user but root, or others may write to it, since they could put
     * there what is then read.
     *
     * @param refusal what {@link #open} has thrown
     * @return whether it can be read
     */
    public static boolean readable(PathException refusal) {
        return refusal.getCause() instanceof Unwritable;
    }

    /**
     * Where the folder of a cache is, or would be. Opens nothing.
     *
     * @param settings which directory
     * @param cache the cache's name
     * @return the path; there may be nothing there
     * @throws io.github.twatcache.error.ConfigurationException when the path cannot be expanded, or a directory cannot have
     *     the name
     */
    public static Path place(DirectorySettings settings, String cache) {
        return settings.path().resolve(Room.CACHES).resolve(FolderName.of(cache));
    }

    /**
     * Where it is.
     *
     * @return the real path, links resolved
     */
    public Path path() {
        return room.root();
    }

    /**
     * The folder of a cache, made when it is first written to.
     *
     * @param cache the cache's name; names that are the same in Unicode's composed form have the same folder, all others
     *     have folders that differ on any file system
     * @return the folder, to be closed
     * @throws io.github.twatcache.error.ConfigurationException when a directory cannot have the name: a path, a device of
     *     Windows, more than 255 characters, control characters
     */
    public CacheFolder folder(String cache) {
        requireOpen();
        return new CacheFolder(this, FolderName.checked(cache), FolderName.of(cache));
    }

    /**
     * What the caches hold: the count as it stands, whatever the number of files. Stores of this process that do not count
     * each write do so now; those of other processes may be behind by what they document.
     *
     * @return the usage, exact between two writes
     * @throws PathException when the directory cannot be read
     */
    public DiskUsage usage() {
        requireOpen();
        room.tenants().forEach(CacheDirectory::count);
        return usage(page());
    }

    private static void count(Tenant tenant) {
        try {
            tenant.count();
        } catch (RuntimeException failed) {
            LOG.warn("a store could not count what it holds; the count stays as it was", failed);
        }
    }

    private Ledger.Page page() {
        return room.glance().orElseGet(() -> room.locked("read the count", room::settled));
    }

    /** The bytes of all caches as they were counted last. */
    long total() {
        return page().bytes();
    }

    /** Has the stores of this process count that have written since they last did. */
    void countAll() {
        if (room.uncounted().get() > 0) {
            room.tenants().forEach(CacheDirectory::count);
        }
    }

    /**
     * Counts anew by walking: for a directory in which somebody has deleted files by hand. Writers wait meanwhile.
     *
     * @return what the caches hold
     * @throws PathException when the directory cannot be read
     */
    public DiskUsage recount() {
        requireOpen();
        return usage(room.locked("count", room::recounted));
    }

    /**
     * Deletes what dead processes have left unfinished. Opening does it too.
     *
     * @throws PathException when it cannot be deleted
     */
    public void sweep() {
        requireOpen();
        room.sweep();
    }

    /** Lets go of the directory. Closing again does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Claims.leave(room);
        }
    }

    @Override
    public String toString() {
        return "CacheDirectory " + room.root() + (closed.get() ? ", closed" : "");
    }

    Room room() {
        requireOpen();
        return room;
    }

    Optional<Quota> quota() {
        return Optional.ofNullable(quota);
    }

    /** Tells the listener where that many bytes are 80 % of the quota; to be called outside all locks. */
    void counted(long bytes) {
        if (quota == null) {
            return;
        }
        if (quota.alarmed(bytes)) {
            if (told.compareAndSet(false, true)) {
                tell(quota);
            }
        } else if (quota.calm(bytes)) {
            told.set(false);
        }
    }

    private void tell(Quota limit) {
        LOG.warn(
                "the caches in {} hold {} % of their quota of {}",
                path(), Quota.ALARM_PERCENT, ByteSizes.format(limit.bytes()));
        if (listener != null) {
            try {
                listener.reached(usage(page()), limit);
            } catch (RuntimeException failed) {
                LOG.warn("a quota listener of the cache directory {} failed", path(), failed);
            }
        }
    }

    private static DiskUsage usage(Ledger.Page page) {
        Map<String, DiskUsage.Share> caches = new HashMap<>();
        page.slots()
                .forEach(slot -> caches.merge(
                        slot.name(), new DiskUsage.Share(slot.bytes(), slot.files()), DiskUsage.Share::plus));
        return new DiskUsage(page.bytes(), page.files(), caches);
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("the cache directory " + room.root() + " is closed; open it anew");
        }
    }
}
