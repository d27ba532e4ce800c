package io.github.twatcache.path;

import io.github.twatcache.error.LockTimeoutException;
import io.github.twatcache.error.PathException;
import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this JVM has open of one directory, whoever uses it: the lock, the ledger, the folder of this process, the tenants.
 * Is made anew where the directory was deleted under it.
 */
final class Room {
    private static final Logger LOG = LoggerFactory.getLogger(CacheDirectory.class);
    private static final int TRIES = 20;
    static final String CACHES = "caches";

    /** How many directories of code stand on it; guarded by {@link Claims}. */
    int users;

    /** Whether it is being closed; guarded by {@link Claims}. */
    boolean leaves;

    /** Whether nobody uses it, and a thread was in the way of who closed it; written under the monitor of {@link Claims}. */
    volatile boolean overdue;

    /** Held by who closes it. */
    final Semaphore left = new Semaphore(1);

    private final Path root;
    private final Location location;
    private final DirectoryLock lock;
    private final Map<String, List<CacheFolder>> folders = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> freed = new ConcurrentHashMap<>();
    private final AtomicLong uncounted = new AtomicLong();
    private final OwnTurns turns = new OwnTurns();

    /** Written by who has entered the lock. */
    private volatile @Nullable Open open;

    Room(Path root, Location location, Duration timeout) {
        this.root = root;
        this.location = location;
        this.lock = new DirectoryLock(timeout);
    }

    Path root() {
        return root;
    }

    /** Where the folders of the caches are. */
    Path caches() {
        return root.resolve(CACHES);
    }

    /** What is the room's own, beside the caches. */
    Path own() {
        return root.resolve(Ground.OWN);
    }

    static Path ledgerOf(Path root) {
        return root.resolve(Ground.OWN).resolve("ledger");
    }

    /** The folders that are open in this process, by the name of the folder. */
    List<CacheFolder> folders(String folder) {
        return folders.getOrDefault(folder, List.of());
    }

    /** All that is open in this process. */
    List<Tenant> tenants() {
        return folders.values().stream()
                .flatMap(List::stream)
                .flatMap(folder -> folder.tenant().stream())
                .toList();
    }

    void add(String folder, CacheFolder opened) {
        folders.computeIfAbsent(folder, unused -> new CopyOnWriteArrayList<>()).add(opened);
    }

    void remove(String folder, CacheFolder closed) {
        folders.computeIfPresent(folder, (unused, open) -> {
            open.remove(closed);
            return open.isEmpty() ? null : open;
        });
    }

    /** Notes that files of a folder were deleted by this process. */
    void freed(String folder, long bytes) {
        freed.computeIfAbsent(folder, unused -> new LongAdder()).add(bytes);
    }

    /** How many bytes of a folder this process has deleted so far. */
    long freed(String folder) {
        LongAdder sum = freed.get(folder);
        return sum == null ? 0 : sum.sum();
    }

    /** What stores of this process have written by themselves and not counted yet, about. */
    AtomicLong uncounted() {
        return uncounted;
    }

    /** The bytes of all caches as they were counted last, by whatever process; takes no lock. The most where nobody knows. */
    long sum() {
        Open now = open;
        try {
            return now == null ? Long.MAX_VALUE : now.ledger().sum();
        } catch (IOException closedOrGone) {
            return Long.MAX_VALUE;
        }
    }

    /** What is done with the ledger under the lock. */
    interface Action<T> {
        T run(Ledger ledger) throws IOException;
    }

    /** Does something under the directory's lock, over threads and processes. */
    <T> T locked(String doing, Action<T> action) {
        lock.enter(root);
        try {
            for (int tries = 0; tries < TRIES; tries++) {
                // What is open is looked at under the lock; before that only where it was found to be gone.
                Open before = open;
                Open now = before == null || tries > 0 ? established() : before;
                lock.lock(now.ledger().handle(), root);
                try {
                    if (now.key().equals(Open.key(ledgerOf(root)))) {
                        return action.run(now.ledger());
                    }
                } finally {
                    lock.unlock();
                }
            }
            throw new PathException("the cache directory " + root + " (from " + location.source()
                    + ") is deleted again and again while in use; choose one that others leave alone");
        } catch (OverlappingFileLockException e) {
            throw new PathException(
                    "the cache directory " + root + " (from " + location.source()
                            + ") is open in this JVM under another path; use one path for it",
                    e);
        } catch (IOException e) {
            throw Trouble.of(root, doing, e);
        } finally {
            leave();
        }
    }

    /** Leaves the lock, and closes the room where whoever was to do that has waited for this thread in vain. */
    private void leave() {
        lock.leave();
        closeIfOverdue();
    }

    /** Does so unless another thread has entered the lock, which will do it then. */
    void closeIfOverdue() {
        // Asked after the lock was left: who could not enter it has said so before, or will find it free.
        while (overdue && !lock.entered() && lock.tryEnter()) {
            try {
                Claims.leaveLate(this);
            } finally {
                lock.leave();
            }
        }
    }

    /** The count, made right where somebody died in the middle of a change, or it is damaged. */
    Ledger.Page settled(Ledger ledger) throws IOException {
        return Recount.settled(root, ledger);
    }

    /** The count, taken by walking. */
    Ledger.Page recounted(Ledger ledger) throws IOException {
        return Recount.anew(root, ledger);
    }

    /** The count as it stands, without the lock; empty while others write. */
    Optional<Ledger.Page> glance() {
        lock.enter(root);
        try {
            return established().ledger().glance();
        } catch (IOException e) {
            throw Trouble.of(root, "read the count", e);
        } finally {
            leave();
        }
    }

    /** Something that is made in the folder of this process. */
    interface Making<T> {
        T in(Path path) throws IOException;
    }

    /** Makes a new file of this process; in a folder that was made anew, where the directory was deleted. */
    <T> T draft(Making<T> making) throws IOException {
        Open now = open;
        if (now != null) {
            try {
                return making.in(now.process().draft());
            } catch (NoSuchFileException deleted) {
                LOG.debug("the folder of this process is gone", deleted);
            }
        }
        Path path;
        lock.enter(root);
        try {
            path = established().process().draft();
        } finally {
            leave();
        }
        return making.in(path);
    }

    /** The turns of this process. */
    OwnTurns turns() {
        return turns;
    }

    /** What this process is known by; empty where it has the directory not open. */
    String process() {
        Open now = open;
        return now == null ? "" : now.process().name();
    }

    /** Deletes what dead processes have left. */
    void sweep() {
        locked("sweep", ledger -> {
            Open now = open;
            boolean crashed = now != null && now.process().sweep(own());
            Turns.sweep(own());
            if (crashed) {
                recounted(ledger);
            }
            return crashed;
        });
    }

    /** What is open, opened where it is not, or not any more; by who has entered the lock. */
    private Open established() throws IOException {
        Open now = open;
        if (now != null && now.key().equals(Open.key(ledgerOf(root)))) {
            return now;
        }
        if (now != null) {
            LOG.warn("the cache directory {} was deleted while in use; making it anew", root);
            open = null;
            abandoned(now);
        }
        Open made = new Opening(root, location, lock).open();
        open = made;
        return made;
    }

    /**
     * Closes all. Where the lock of the processes is not to be had, the next process sweeps what is left.
     *
     * @return whether it is closed; not where a thread of this process is still at work in it: then it stays as it is, until
     *     that thread leaves it
     */
    boolean close() {
        try {
            lock.enter(root);
        } catch (LockTimeoutException busy) {
            LOG.warn("the cache directory {} stays open in this process until that thread leaves it", root, busy);
            return false;
        }
        try {
            Open now = open;
            open = null;
            if (now != null) {
                end(now);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("the cache directory {} was not closed in order; the next to open it tidies up", root, e);
        } finally {
            lock.leave();
        }
        return true;
    }

    private void end(Open now) throws IOException {
        boolean ended = false;
        try (Ledger ledger = now.ledger()) {
            lock.lock(ledger.handle(), root);
            try {
                ledger.force();
                now.process().close();
                ended = true;
            } finally {
                lock.unlock();
            }
        } finally {
            if (!ended) {
                now.process().fall();
            }
        }
    }

    /** Closes what was deleted under us. */
    private static void abandoned(Open gone) {
        try {
            gone.process().close();
        } catch (IOException e) {
            LOG.debug("the folder of this process was not closed in order", e);
        }
        try {
            gone.ledger().close();
        } catch (IOException e) {
            LOG.debug("the ledger was not closed in order", e);
        }
    }
}
