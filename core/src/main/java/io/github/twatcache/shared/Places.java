package io.github.twatcache.shared;

import io.github.twatcache.error.LockTimeoutException;
import io.github.twatcache.shared.Cells.Change;
import io.github.twatcache.shared.Holders.Holder;
import io.github.twatcache.text.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The places of one lock (a single one) or semaphore, over all processes: who takes one holds it under a lease.
 *
 * @param cells where it is written down
 * @param clock the wall clock that leases end by
 * @param cell the name of its cell
 * @param words what it is called in messages
 * @param count how many places there are
 * @param lease how long a place is held without being renewed
 */
record Places(Cells cells, InstantSource clock, String cell, String words, int count, Duration lease) {
    /** How long one look at the cell is enough, since a lease may end without anybody writing. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    /** What became of an attempt. */
    sealed interface Attempt {}

    /**
     * A place was taken.
     *
     * @param fence the token
     * @param until the end of the lease, in milliseconds since 1970
     */
    record Taken(long fence, long until) implements Attempt {}

    /**
     * All are held.
     *
     * @param version of the cell
     * @param first whose lease ends first
     */
    record Held(long version, Holder first) implements Attempt {}

    private long until() {
        return Math.addExact(clock.millis(), lease.toMillis());
    }

    /**
     * The microseconds since 1970. No lock is taken so often that its tokens, each at least by one above the last, outrun
     * them, so a token that is not below them is above all before, also where the cell is lost, or an old one comes back.
     */
    private long micros() {
        Instant now = clock.instant();
        return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(now.getNano());
    }

    /** The owner as the cell has room for it. */
    private String cut(String owner) {
        return Owners.cut(owner, Holders.ownerBytes(count));
    }

    Attempt attempt(String owner) {
        return cells.change(cell, now -> {
            Holders holders = Holders.alive(now, clock.millis());
            if (holders.all().size() >= count) {
                Holder first = holders.all().stream()
                        .min(Comparator.comparingLong(Holder::until))
                        .orElseThrow();
                return new Change<>(null, new Held(Cells.version(now), first));
            }
            long until = until();
            Holders more = holders.with(cut(owner), until, micros());
            return new Change<>(more.written(), new Taken(more.lastFence(), until));
        });
    }

    /**
     * Takes a place, or waits for one.
     *
     * @param atMost how long to wait; {@code null} for as long as it takes
     * @return {@code null} when the time has passed
     */
    @Nullable Taken take(String owner, @Nullable Duration atMost) throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Attempt attempt = attempt(owner);
            if (attempt instanceof Taken taken) {
                return taken;
            }
            Held held = (Held) attempt;
            Duration wait = shorter(LOOK_AGAIN, Duration.ofMillis(Math.max(1, held.first.until() - clock.millis())));
            if (atMost != null) {
                Duration left = atMost.minusNanos(System.nanoTime() - start);
                if (left.isNegative() || left.isZero()) {
                    return null;
                }
                wait = shorter(wait, left);
            }
            cells.awaitWrite(cell, held.version, wait);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** What is told to whoever has waited in vain. */
    LockTimeoutException late(Duration waited) {
        String owner = ownerInWords();
        return new LockTimeoutException("waited " + Durations.taken(waited) + " for " + words + owner
                + "; wait longer, or find out what the owner is doing");
    }

    private String ownerInWords() {
        return Holders.alive(cells.read(cell), clock.millis()).all().stream()
                .findFirst()
                .map(holder -> ", held by " + holder.owner() + ", whose lease has "
                        + Durations.taken(Duration.ofMillis(holder.until() - clock.millis())) + " left")
                .orElse(", which is free by now");
    }

    /** Makes the lease of a place longer; returns its end, or 0 when the place is lost. */
    long renew(String ofWhom, long fence) {
        String owner = cut(ofWhom);
        return cells.change(cell, now -> {
            Holders holders = Holders.alive(now, clock.millis());
            if (!holders.holds(owner, fence)) {
                return new Change<>(null, 0L);
            }
            long until = until();
            return new Change<>(holders.renewed(owner, fence, until).written(), until);
        });
    }

    /** Lets go of a place; returns whether it was still held. */
    boolean release(String ofWhom, long fence) {
        String owner = cut(ofWhom);
        return cells.change(cell, now -> {
            Holders holders = Holders.alive(now, clock.millis());
            return holders.holds(owner, fence)
                    ? new Change<>(holders.without(owner, fence).written(), true)
                    : new Change<>(null, false);
        });
    }
}
