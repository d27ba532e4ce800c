package io.github.twatcache.spi;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A store that keeps, beside its entries, small cells that are changed by compare and set over all processes. Locks,
 * semaphores, throttles and averages over processes are built on it, once for all engines. Every store with
 * {@link Trait#LOCKS} is one.
 *
 * <p>A cell is no entry: look-ups, sizes, cursors, {@link Store#clear}, expiry and eviction do not know it, so that no lock
 * is ever lost to them. A cell that was written stays.
 */
public interface CellStore {
    /**
     * What is in a cell.
     *
     * @param version grows with each write, from 1
     * @param content the bytes, not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // handed from the store to core, never compared
    record Cell(long version, byte[] content) {}

    /**
     * Reads a cell.
     *
     * @param name its name; any string
     * @return what is in it; {@code null} where nothing was written yet
     */
    @Nullable Cell read(String name);

    /**
     * Writes a cell, if nobody has written it since, in one atomic step; durable when it returns, as far as the store's
     * entries are.
     *
     * @param name its name
     * @param seen the version that was read; 0 for a cell in which nothing was written yet
     * @param content the bytes, at most 64 KiB; not changed afterwards
     * @return whether it was written; the version is then {@code seen + 1}
     */
    boolean write(String name, long seen, byte[] content);

    /**
     * Waits until a cell is written, at most for some time. May return early. A store that can be woken up does better
     * than this one, which looks again, at first after 1 ms, later every 20 ms.
     *
     * @param name its name
     * @param seen the version that was read; 0 for none
     * @param atMost how long to wait
     * @throws InterruptedException when interrupted meanwhile
     */
    default void awaitWrite(String name, long seen, Duration atMost) throws InterruptedException {
        long start = System.nanoTime();
        long nanos = atMost.compareTo(Duration.ofDays(1)) > 0 ? TimeUnit.DAYS.toNanos(1) : atMost.toNanos();
        long pause = TimeUnit.MILLISECONDS.toNanos(1);
        for (long left = nanos; left > 0; left = nanos - (System.nanoTime() - start)) {
            TimeUnit.NANOSECONDS.sleep(Math.min(left, pause));
            Cell now = read(name);
            if ((now == null ? 0 : now.version()) != seen) {
                return;
            }
            pause = Math.min(2 * pause, TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
