package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.ClosedDatabaseException;
import io.github.twatcache.disk.sqlite.Database;
import io.github.twatcache.disk.sqlite.MovedDatabaseException;
import io.github.twatcache.error.CacheException;
import io.github.twatcache.path.CacheFolder;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database's part in the cache directory: counts what its folder holds, and makes room in it.
 *
 * <p>To count each write would cost more than the write: it takes a lock over processes. So a store counts after some
 * writes: as many as may come to four mebibytes; where there is a quota, to one, or as soon as all stores of this process
 * may have written a quarter of what is left up to its next mark, at the quota after each; and when somebody asks for the
 * usage. What may have been written is never less than what was: so once the last write of this process has returned, it has
 * made the room that it needs.
 */
final class Tenure {
    private static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.disk");

    /** About what a transaction adds to the log beside the value. */
    private static final long COMMIT = 16 << 10;

    private static final long LONGEST_STRIDE = 4 << 20;
    private static final long LONGEST_WITH_QUOTA = 1 << 20;

    /** No transaction evicts for longer than so many bytes take. */
    private static final long STEP = 1 << 20;

    private static final int RECLAIMED = 256;

    /** To count and to make room takes some sixty frames below here, and they are larger where interpreted. */
    private static final int FRAMES = 160;

    /** At most so much is given beyond what is asked for, so that the log has room to grow before it is asked again. */
    private static final long HEADROOM = 512 << 10;

    private static final int HEADROOM_PART = 32;

    private final Desk<?> desk;
    private final Tenancy tenancy;
    private final Footprint footprint;
    private final CacheFolder folder;
    private final Database database;
    private final AtomicLong unseen = new AtomicLong();
    private final AtomicBoolean warned = new AtomicBoolean();
    private final long stride;

    /** What this thread has said that it is about to write: who counts before it is written does not see it. */
    private static final ThreadLocal<long[]> COMING = ThreadLocal.withInitial(() -> new long[1]);

    Tenure(Desk<?> desk, Tenancy tenancy, CacheFolder folder) {
        this.desk = desk;
        this.tenancy = tenancy;
        this.footprint = desk.folder.footprint();
        this.folder = folder;
        this.database = desk.database();
        this.stride = folder.bounded() ? LONGEST_WITH_QUOTA : LONGEST_STRIDE;
        if (folder.bounded()) {
            database.carryOverWithinCommits();
        }
    }

    /** Begins: from now on the folder may ask for room. */
    void begin() {
        tenancy.begin(desk.folder.path(), this);
        quietly(this::recount);
    }

    /** Notes that a value of so many bytes is about to be written; where there was no room, looks whether there is. */
    void expects(long bytes) {
        COMING.get()[0] += bytes;
        note(bytes);
        if (!DiskTransactions.within() && (desk.entries.full() || folder.refuses(COMMIT))) {
            look(bytes + COMMIT);
        }
    }

    /** Notes that something was committed; the caller holds no lock. */
    void wrote() {
        long[] coming = COMING.get();
        note(coming[0] + (folder.bounded() ? Math.max(COMMIT, footprint.grown()) : COMMIT));
        coming[0] = 0;
        if ((unseen.get() >= stride || folder.due()) && !DiskTransactions.within()) {
            look(0);
        }
    }

    /** Notes that what readers have noted was committed, by a thread that must not wait: the next write counts it. */
    void wroteBeside() {
        if (desk.closed()) {
            return;
        }
        note(folder.bounded() ? Math.max(COMMIT, footprint.grown()) : COMMIT);
    }

    private void note(long bytes) {
        unseen.addAndGet(bytes);
        folder.uncounted(bytes);
    }

    /** Says that what was noted is counted, or not this one's to count any more. */
    void forget() {
        folder.uncounted(-unseen.getAndSet(0));
    }

    /**
     * Counts, and makes room.
     *
     * @param coming what is to be written next, for which nobody makes room afterwards where it is refused; else 0
     */
    private void look(long coming) {
        if (!roomy()) {
            return;
        }
        quietly(() -> {
            boolean fits = fits(coming);
            if (!fits) {
                // What was removed takes its place until somebody gives it back, and nobody else may be there to do it.
                tidy();
                fits = fits(coming);
            }
            desk.entries.full(!fits);
        });
    }

    private boolean fits(long coming) {
        recount();
        return folder.fits() && (coming == 0 || !folder.refuses(coming));
    }

    private void tidy() {
        footprint.evicting.lock();
        try {
            reclaim();
            footprint.trimmed();
        } finally {
            footprint.evicting.unlock();
        }
    }

    private void reclaim() {
        while (database.write(link -> desk.entries.reclaim(link, RECLAIMED))) {
            // Until nothing of what was cleared is left.
        }
    }

    /** What is written is written: that it could not be counted is no failure of the write. */
    private void quietly(Runnable action) {
        try {
            action.run();
        } catch (CacheException | IllegalStateException trouble) {
            // The latter of what is closed meanwhile: the database, or the directory.
            if (desk.closed() && trouble instanceof IllegalStateException) {
                LOG.debug(
                        "{} was closed after its directory; what it takes is counted when it is opened next",
                        desk.folder);
            } else if (warned.compareAndSet(false, true)) {
                LOG.warn(
                        "what the database {} takes could not be counted; the next write tries again",
                        desk.folder,
                        trouble);
            }
        }
    }

    /** Whether there is stack enough for what must not stop half-way, since it takes the directory's lock. */
    private static boolean roomy() {
        try {
            return descend(FRAMES, 1, 2, 3, 4, 5, 6, 7, 8) > 0;
        } catch (StackOverflowError tooDeep) {
            return false;
        }
    }

    /** The arguments have no use but to make the frame large. */
    private static long descend(int depth, long a, long b, long c, long d, long e, long f, long g, long h) {
        return depth == 0 ? a ^ b ^ c ^ d ^ e ^ f ^ g ^ h : descend(depth - 1, b, c, d, e, f, g, h, a) + depth;
    }

    /** Counts where this store has written since it last did: what others write they count themselves. */
    void count() {
        if (unseen.get() != 0) {
            recount();
        }
    }

    private void recount() {
        footprint.counting.lock();
        try {
            if (!desk.closed()) {
                forget();
                footprint.grown();
                count(footprint.measured());
            }
        } finally {
            footprint.counting.unlock();
        }
    }

    private void count(Footprint.Size size) {
        tenancy.count(desk.folder.path(), size);
    }

    /**
     * Evicts what the policy spares least, until the files are shorter by so much and by a little room for the log. Does
     * nothing within a transaction, of which it would be a part, and while the log cannot be cut off, since nothing that
     * is evicted makes the files shorter then.
     */
    void evict(long bytes) {
        if (desk.closed() || DiskTransactions.within()) {
            return;
        }
        long before = footprint.given.get();
        desk.entries.departures().hold();
        try {
            footprint.evicting.lock();
            try {
                long wanted = bytes - (footprint.given.get() - before);
                if (wanted > 0) {
                    give(wanted);
                    recount();
                }
            } finally {
                footprint.evicting.unlock();
            }
        } catch (ClosedDatabaseException | MovedDatabaseException late) {
            LOG.debug("{} is not there any more to make room", desk.folder, late);
        } finally {
            desk.entries.departures().release();
        }
    }

    private void give(long wanted) {
        long start = footprint.measured().bytes();
        reclaim();
        boolean trimmed = footprint.trimmed();
        long now = footprint.measured().bytes();
        long target = start - wanted;
        if (now > target) {
            target -= Math.min(HEADROOM, start / HEADROOM_PART);
        }
        while (trimmed && now > target) {
            long lack = Math.min(STEP, now - target);
            if (database.write(link -> desk.entries.evict(link, lack)) == 0) {
                break;
            }
            trimmed = footprint.trimmed();
            now = footprint.measured().bytes();
        }
        long given = Math.max(0, start - now);
        footprint.given.addAndGet(given);
        folder.gave(given);
    }

    /** The value files at the end, to be asked for before the folder is left. */
    Footprint.Size values() {
        try {
            return footprint.values();
        } catch (CacheException | ClosedDatabaseException gone) {
            return Footprint.Size.NOTHING;
        }
    }

    /** Counts what is there when the store is closed, and SQLite's files beside the database perhaps are not any more. */
    void end(Footprint.Size values) {
        quietly(() -> {
            forget();
            count(values.plus(footprint.beside()));
        });
    }
}
