package io.github.twatcache.load;

import io.github.twatcache.spi.ContextCarrier;
import io.github.twatcache.spi.Ticker;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How a cache answers with values that are due or stale.
 *
 * @param freshness how long values are found, fresh and kept
 * @param throttleNanos for how long a key is left alone whose value could not be computed anew
 * @param background runs what is computed while callers are answered
 * @param context carries there what belongs to the caller's thread
 * @param chance draws evenly, at least 0 and less than 1
 * @param unreadNanos how often it is looked for values that are due and that nobody asks for; 0 for never
 * @param alarms tell when that is; null where it never is
 */
public record StaleSettings(
        Freshness freshness,
        long throttleNanos,
        Executor background,
        ContextCarrier context,
        DoubleSupplier chance,
        long unreadNanos,
        @Nullable Alarms alarms) {
    /** What holds where nothing was asked for. */
    public static final StaleSettings NONE =
            new StaleSettings(Freshness.PLAIN, 0, Runnable::run, () -> null, () -> 0, 0, null);

    Throttle throttle(Ticker ticker) {
        return new Throttle(ticker, throttleNanos);
    }
}
