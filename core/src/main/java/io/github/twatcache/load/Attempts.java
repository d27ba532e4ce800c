package io.github.twatcache.load;

import io.github.twatcache.error.LoadException;
import io.github.twatcache.failure.Patience;
import io.github.twatcache.spi.Ticker;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Tries a computation again that has failed with an exception, after a pause drawn from zero to a bound that doubles each
 * time. An interruption ends it, and so do exceptions of ours, which say that it would be of no use.
 *
 * <p>A thread pauses in real time: it may be the one that moves the cache's clock, which would stand still meanwhile.
 */
final class Attempts {
    private final SourceSettings settings;

    private Attempts(SourceSettings settings) {
        this.settings = settings;
    }

    /** {@code null} where a computation is tried once. */
    static @Nullable Attempts of(SourceSettings settings) {
        return settings.attempts() > 1 ? new Attempts(settings) : null;
    }

    /**
     * Whether to try again.
     *
     * @param thrown what the last attempt has failed with
     * @param made how many have been made
     */
    boolean again(Throwable thrown, int made) {
        return made < settings.attempts() && worthwhile(thrown);
    }

    /**
     * Draws a pause.
     *
     * @param made how many attempts have been made
     * @return in nanoseconds
     */
    long pause(int made) {
        int doublings = Math.min(Long.numberOfLeadingZeros(settings.pauseNanos()) - 2, made - 1);
        long bound = settings.pauseNanos() << Math.max(0, doublings);
        return ThreadLocalRandom.current().nextLong(bound + 1);
    }

    private static boolean worthwhile(Throwable thrown) {
        return thrown instanceof Exception
                && !(thrown instanceof InterruptedException)
                && !(thrown instanceof LoadException)
                && !Thread.currentThread().isInterrupted();
    }

    /** Runs it, and waits in between. The first attempt costs nothing more than itself. */
    <T extends @Nullable Object> T run(Callable<T> computation) throws Exception {
        int made = 0;
        while (true) {
            try {
                made++;
                return computation.call();
            } catch (Exception failed) {
                if (!again(failed, made)) {
                    throw failed;
                }
                Patience pause = new Patience(Duration.ofNanos(pause(made)), Ticker.system());
                boolean unused = pause.await(new CountDownLatch(1), pause.now());
            }
        }
    }
}
