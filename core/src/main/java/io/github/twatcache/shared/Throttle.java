package io.github.twatcache.shared;

import io.github.twatcache.error.LockTimeoutException;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.shared.Cells.Change;
import io.github.twatcache.spi.CellStore.Cell;
import io.github.twatcache.text.Durations;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many calls through in so much time, over all processes. Thread-safe; throttles of the same name should be given
 * the same rate.
 *
 * <p>A token bucket: it holds {@code count} tokens at most, one is taken for each call, and they come back evenly,
 * {@code count} in each {@code per}. So {@code count} calls may come at once after a pause.
 */
public final class Throttle {
    private final Cells cells;
    private final InstantSource clock;
    private final String cell;
    private final String words;
    private final int count;
    private final long perNanos;

    Throttle(Cells cells, InstantSource clock, String cell, String words, int count, Duration per) {
        this.cells = cells;
        this.clock = clock;
        this.cell = cell;
        this.words = words;
        this.count = count;
        this.perNanos = per.toNanos();
    }

    /** The bucket: when it was looked at last, in nanoseconds since 1970 (good until 2262), and what it held then. */
    private record Bucket(long at, double tokens) {
        static Bucket read(Cell cell) {
            ByteBuffer in = ByteBuffer.wrap(cell.content());
            return new Bucket(in.getLong(), in.getDouble());
        }

        byte[] written() {
            return ByteBuffer.allocate(Long.BYTES + Double.BYTES)
                    .putLong(at)
                    .putDouble(tokens)
                    .array();
        }
    }

    /** Takes a token; returns how long it is until there is one, zero when it was taken. */
    private Duration take() {
        return cells.change(cell, now -> {
            Bucket bucket = bucket(now);
            return bucket.tokens >= 1
                    ? new Change<>(new Bucket(bucket.at, bucket.tokens - 1).written(), Duration.ZERO)
                    : new Change<>(null, Duration.ofNanos((long) Math.ceil((1 - bucket.tokens) * perNanos / count)));
        });
    }

    /** The bucket as it is now. A clock that goes back adds nothing and takes nothing. */
    private Bucket bucket(@Nullable Cell cell) {
        Instant time = clock.instant();
        long at = TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
        if (cell == null) {
            return new Bucket(at, count);
        }
        Bucket before = Bucket.read(cell);
        double more = Math.max(0, at - before.at) / (double) perNanos * count;
        // A thousandth of a thousandth of a token is what doubles may lose.
        double tokens = Math.min(count, before.tokens + more);
        double whole = Math.rint(tokens);
        return new Bucket(Math.max(at, before.at), Math.abs(tokens - whole) < 1e-6 ? whole : tokens);
    }

    /**
     * Lets this call through if it may go now.
     *
     * @return whether it may
     */
    public boolean tryAcquire() {
        return take().isZero();
    }

    /**
     * Lets this call through, or waits until it may go.
     *
     * @throws InterruptedException when interrupted while waiting
     */
    public void acquire() throws InterruptedException {
        for (Duration wait = take(); !wait.isZero(); wait = take()) {
            TimeUnit.NANOSECONDS.sleep(wait.toNanos());
        }
    }

    /**
     * Lets this call through, or waits until it may go.
     *
     * @param atMost how long to wait; zero for not at all
     * @throws LockTimeoutException when it would have to wait for longer; at once, if that is known at once
     * @throws InterruptedException when interrupted while waiting
     */
    public void acquire(Duration atMost) throws InterruptedException {
        Objects.requireNonNull(atMost, "atMost");
        long start = System.nanoTime();
        for (Duration wait = take(); !wait.isZero(); wait = take()) {
            Duration left = atMost.minusNanos(System.nanoTime() - start);
            if (wait.compareTo(left) > 0) {
                throw new LockTimeoutException("waited " + Durations.taken(atMost.minus(left)) + " of "
                        + Durations.format(atMost) + " for " + words
                        + ", which lets the next call through in " + Durations.format(wait)
                        + " at the earliest; wait longer, or call less");
            }
            TimeUnit.NANOSECONDS.sleep(wait.toNanos());
        }
    }

    /**
     * A function that waits its turn. Interrupted while it waits, it goes on waiting and leaves the thread interrupted.
     *
     * @param <A> the type of its argument
     * @param <R> the type of its result
     * @param <X> what it throws
     * @param function the function
     * @return the same, throttled
     */
    public <A extends @Nullable Object, R extends @Nullable Object, X extends Exception> Fn1<A, R, X> throttled(
            Fn1<A, R, X> function) {
        Objects.requireNonNull(function, "function");
        return argument -> {
            boolean interrupted = false;
            while (true) {
                try {
                    acquire();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return function.apply(argument);
        };
    }

    @Override
    public String toString() {
        return words;
    }
}
