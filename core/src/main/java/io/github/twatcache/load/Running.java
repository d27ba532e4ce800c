package io.github.twatcache.load;

import io.github.twatcache.load.Leasing.Lease;
import io.github.twatcache.spi.ContextCarrier;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.stats.Events;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What is to be remembered of a load while its stage runs, to store the value then. Handed from thread to thread. */
final class Running {
    final Unowned load;
    final Call call;
    final Judge judge;
    final boolean renews;

    /** The context of the caller, where the load may have to go on elsewhere. */
    ContextCarrier.@Nullable Carried context;

    /** Under which it is computed, over processes. */
    @Nullable Lease lease;

    /** On what condition the value is stored. */
    Guard guard = Guard.ABSENT;

    /** Leave to use the source; {@code null} where none is needed, or it was given back. */
    SourceGuard.@Nullable Leave leave;

    /** The stage that has just begun, until it is followed. */
    @Nullable CompletionStage<?> stage;

    /** Whether it waits for a place at the source. */
    boolean queues;

    /** How many attempts have been made. */
    int made;

    /** How many have come to their end: each does so once, whatever its stage does. */
    private final AtomicInteger ended = new AtomicInteger();

    /** What is to be told of how the function ends; {@code null} where nobody wants to know. */
    Events.@Nullable Span span;

    private boolean timed;
    private long start;

    Running(Unowned load, Call call) {
        this.load = load;
        this.call = call;
        this.judge = call.judge;
        this.renews = call.renews;
    }

    /** The function is about to run for the first time, and it is to be measured how long it takes. */
    void started() {
        timed = true;
        start = load.home.now();
    }

    /** For how long it has run; 0 where nobody measures. */
    long nanos() {
        return timed ? load.home.now() - start : 0;
    }

    /** The attempt that runs. */
    int attempt() {
        return ended.get();
    }

    /** Takes note of the end of an attempt. Fails where that has ended before. */
    boolean ends(int attempt) {
        return ended.compareAndSet(attempt, attempt + 1);
    }

    /** Gives the leave back, if it has not been; {@code failed} as {@link SourceGuard.Leave} wants it. */
    void giveBack(@Nullable Boolean failed) {
        SourceGuard.Leave given = leave;
        leave = null;
        if (given != null) {
            given.giveBack(failed);
        }
    }

    /** Lets go of the lease, unless it is over, and of the leave. */
    void close() {
        giveBack(null);
        if (lease != null) {
            lease.close();
        }
    }
}
