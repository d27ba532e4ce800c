package io.github.twatcache.benchmarks.outage;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A caller's call while it runs, and the call of the source that came of it, if one did. */
final class Call {
    final int caller;
    final Integer key;
    final double start;

    private final AtomicReference<@Nullable Asked> asked = new AtomicReference<>();

    Call(int caller, Integer key, double start) {
        this.caller = caller;
        this.key = key;
        this.start = start;
    }

    /**
     * A call of the source.
     *
     * @param start when it began, in milliseconds since the begin
     * @param millis how long it took
     * @param failed whether it failed
     */
    record Asked(double start, double millis, boolean failed) {}

    /** Takes note that the source was asked on behalf of this call: for no contestant more than once. */
    void asked(Asked done) {
        if (!asked.compareAndSet(null, done)) {
            throw new IllegalStateException("one call has asked the source twice");
        }
    }

    /** How the source was asked on behalf of this call; {@code null} where it was not. */
    @Nullable Asked asked() {
        return asked.get();
    }
}
