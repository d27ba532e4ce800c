package io.github.twatcache.failure;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreaker.State;
import io.github.twatcache.spi.Ticker;
import io.github.twatcache.text.Durations;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spares an engine that fails again and again. Closed, it lets everything through; after so many failures in a row it
 * opens, and nothing gets through until its delay is over; then, half open, one operation at a time probes the engine: a
 * success closes it, a failure opens it again.
 *
 * <p>The states are Failsafe's; the time is the cache's ticker's, so that a test can move it.
 *
 * <p>The standby takes over after the breaker has opened, and has handed back before it closes: while it is closed nobody
 * is answered by the standby, whose values the engine's changes no longer reach.
 */
final class Breaker {
    private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);

    /** Failsafe's own delay: never, since our clock decides. */
    private static final Duration NEVER = Duration.ofDays(36_500);

    private final CircuitBreaker<Object> breaker;
    private final Ticker ticker;
    private final long delayNanos;
    private final AtomicLong openedAt = new AtomicLong();
    private final Runnable closes;

    /** Held while the state changes and what goes with it is done. */
    private final ReentrantLock lock = new ReentrantLock();

    Breaker(String cache, String engine, Rules rules, Ticker ticker, Runnable opens, Runnable closes) {
        this.ticker = ticker;
        this.delayNanos = Patience.nanos(rules.breakerDelay());
        this.breaker = CircuitBreaker.builder()
                .withFailureThreshold(rules.breakerFailures())
                .withSuccessThreshold(1)
                .withDelay(NEVER)
                .onOpen(event -> {
                    if (event.getPreviousState() == State.CLOSED) {
                        LOG.warn(
                                "engine '{}' of cache '{}' has failed {} and is left alone; it is probed" + " every {}",
                                engine,
                                cache,
                                times(rules.breakerFailures()),
                                Durations.format(rules.breakerDelay()));
                    }
                    opens.run();
                })
                .onClose(event -> LOG.warn("engine '{}' of cache '{}' answers again", engine, cache))
                .build();
        this.closes = closes;
    }

    /** A number of times in words. */
    static String times(int count) {
        return count == 1 ? "once" : count + " times in a row";
    }

    /** Asks for leave to use the engine; whoever has it reports how it went. */
    boolean admits() {
        if (breaker.isOpen() && ticker.read() - openedAt.get() >= delayNanos) {
            halfOpen();
        }
        return breaker.tryAcquirePermit();
    }

    private void halfOpen() {
        lock.lock();
        try {
            if (breaker.isOpen() && ticker.read() - openedAt.get() >= delayNanos) {
                breaker.halfOpen();
            }
        } finally {
            lock.unlock();
        }
    }

    void succeeded() {
        lock.lock();
        try {
            if (breaker.isHalfOpen()) {
                closes.run();
            }
            breaker.recordSuccess();
        } finally {
            lock.unlock();
        }
    }

    void failed() {
        lock.lock();
        try {
            if (!breaker.isOpen()) {
                openedAt.set(ticker.read());
            }
            breaker.recordFailure();
        } finally {
            lock.unlock();
        }
    }

    boolean closed() {
        return breaker.isClosed();
    }
}
