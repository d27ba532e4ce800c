package io.github.twatcache.failure;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.stats.Tally;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tries again what an engine says may succeed if it is tried again, after a pause drawn from zero to a bound that doubles
 * each time (full jitter: callers that failed together do not come back together), in bounded time.
 */
final class Retries {
    /** Going to sleep and waking up again takes longer than this. */
    private static final long LEAST_PAUSE = 1_000;

    private final FailsafeExecutor<Object> executor;
    private final boolean none;

    Retries(Rules rules, Tally tally) {
        this.none = rules.attempts() == 1;
        long base = Patience.nanos(rules.retryDelay());
        long cap = Patience.nanos(rules.retryTime());
        this.executor = Failsafe.with(RetryPolicy.<Object>builder()
                .handleIf(Retries::worthwhile)
                .withMaxAttempts(rules.attempts())
                .withMaxDuration(Duration.ofNanos(cap))
                .withDelayFn(context -> {
                    int doublings = Math.min(Long.numberOfLeadingZeros(base) - 1, context.getAttemptCount() - 1);
                    long bound = Math.min(cap, base << doublings);
                    long pause = ThreadLocalRandom.current().nextLong(bound == Long.MAX_VALUE ? bound : bound + 1);
                    return pause < LEAST_PAUSE ? Duration.ZERO : Duration.ofNanos(pause);
                })
                .onRetry(event -> tally.retried())
                .build());
    }

    private static boolean worthwhile(Throwable thrown) {
        return thrown instanceof EngineException failure && failure.retryable();
    }

    /** Runs an operation, again and again if need be. The first attempt costs nothing more than itself. */
    <R extends @Nullable Object> R run(Supplier<R> attempt) {
        try {
            return attempt.get();
        } catch (EngineException first) {
            if (none || !first.retryable()) {
                throw first;
            }
            return again(first, attempt);
        }
    }

    @SuppressWarnings("NullAway") // Failsafe knows nothing of null: what the attempt returns comes back as it is
    private <R extends @Nullable Object> R again(EngineException first, Supplier<R> attempt) {
        try {
            return executor.get(context -> {
                if (context.isFirstAttempt()) {
                    throw first;
                }
                return attempt.get();
            });
        } catch (FailsafeException checked) {
            Throwable thrown = checked.getCause();
            throw thrown == null ? checked : Thrown.<RuntimeException>again(thrown);
        }
    }
}
