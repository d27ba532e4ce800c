package io.github.twatcache.load;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import io.github.twatcache.error.LoadException;
import io.github.twatcache.failure.Thrown;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Tries a computation again that has failed with an exception, after a pause drawn from zero to a bound that doubles each
 * time. An interruption ends it, and so do exceptions of ours, which say that it would be of no use.
 */
final class Attempts {
    private final FailsafeExecutor<Object> executor;
    private final SourceSettings settings;

    private Attempts(SourceSettings settings) {
        this.settings = settings;
        this.executor = Failsafe.with(RetryPolicy.<Object>builder()
                .handleIf(Attempts::worthwhile)
                .withMaxAttempts(settings.attempts())
                .withDelayFn(context -> Duration.ofNanos(this.pause(context.getAttemptCount())))
                .build());
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

    /** Runs it. The first attempt costs nothing more than itself. */
    @Nullable Object run(Computation computation) throws Exception {
        try {
            return computation.run();
        } catch (Exception first) {
            if (!worthwhile(first)) {
                throw first;
            }
            return again(first, computation);
        }
    }

    @SuppressWarnings("NullAway") // Failsafe knows nothing of null: what the attempt returns comes back as it is
    private @Nullable Object again(Exception first, Computation computation) throws Exception {
        try {
            return executor.get(context -> {
                if (context.isFirstAttempt()) {
                    throw first;
                }
                return computation.run();
            });
        } catch (FailsafeException checked) {
            Throwable thrown = checked.getCause();
            throw thrown == null ? checked : Thrown.<RuntimeException>again(thrown);
        }
    }
}
