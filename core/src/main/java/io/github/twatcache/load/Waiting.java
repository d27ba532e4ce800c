package io.github.twatcache.load;

import io.github.twatcache.error.LoadInterruptedException;
import io.github.twatcache.error.LoadTimeoutException;
import io.github.twatcache.failure.Patience;
import io.github.twatcache.load.Load.Ending;
import io.github.twatcache.spi.Ticker;
import io.github.twatcache.text.Durations;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Waiting for another's load: as long as it runs, or as long as {@code loadTimeout} allows.
 *
 * <p>It parks the thread and holds no monitor, so a virtual thread leaves its carrier.
 */
final class Waiting {
    /** After this long somebody should know. */
    static final long SUSPICIOUS = TimeUnit.SECONDS.toNanos(10);

    private final @Nullable Duration timeout;
    private final @Nullable Patience patience;
    private final Patience untilSuspicious;
    private final Ticker ticker;
    private final Logger log;

    Waiting(@Nullable Duration timeout, Ticker ticker, Logger log) {
        this.timeout = timeout;
        this.patience = timeout == null ? null : new Patience(timeout, ticker);
        this.untilSuspicious = new Patience(Duration.ofNanos(SUSPICIOUS), ticker);
        this.ticker = ticker;
        this.log = log;
    }

    Ending until(Load other, @Nullable Load self) {
        if (self == null) {
            return await(other, null);
        }
        Chain.waits(self, other);
        try {
            return await(other, self);
        } finally {
            self.waitsFor = null;
        }
    }

    private Ending await(Load other, @Nullable Load self) {
        CountDownLatch latch = other.latch();
        long since = ticker.read();
        boolean brief = timeout != null && Patience.nanos(timeout) <= SUSPICIOUS;
        try {
            if (brief || !untilSuspicious.await(latch, since)) {
                if (!brief) {
                    warn(other, self);
                }
                if (patience == null) {
                    latch.await();
                } else if (!patience.await(latch, since)) {
                    throw late(other, timeout);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadInterruptedException(
                    "interrupted while waiting for " + owned(other) + "; the load goes on without this caller", e);
        }
        Ending ending = other.ending();
        return ending == null ? Ending.TRY_ANEW : ending;
    }

    void uninterruptibly(Load load) {
        boolean interrupted = false;
        CountDownLatch latch = load.latch();
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static LoadTimeoutException late(Load other, @Nullable Duration timeout) {
        return new LoadTimeoutException(
                "waited " + (timeout == null ? "" : Durations.format(timeout)) + " (load-timeout) for " + owned(other)
                        + "; raise load-timeout, or find out what that thread is doing");
    }

    void warn(Load other, @Nullable Load self) {
        if (!other.warned) {
            other.warned = true;
            log.warn(
                    "waiting for more than 10 s: {}; if the load waits for this call through other threads it will never"
                            + " end, unless load-timeout is set",
                    self == null ? owned(other) : Chain.describe(self, other));
        }
    }

    private static String owned(Load other) {
        return Chain.name(other) + ", " + other.behind();
    }
}
