package io.github.twatcache.caffeine;

import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.Ticker;

/**
 * Tells Caffeine when an envelope's time is over.
 *
 * <p>Caffeine takes a write at its own time, but a read only when it moves the end by more than {@link #TOLERANCE}. Where
 * uses prolong life, the envelope keeps the time of its last use and is the judge ({@link #alive}); Caffeine is told an
 * end that lies later by the tolerance, so that it never drops an envelope which the judge still holds alive.
 */
final class Lifetimes<K> implements Expiry<K, Envelope> {
    /** Caffeine's {@code EXPIRE_TOLERANCE} is one second; more would do no harm. */
    private static final long TOLERANCE = 1_000_000_000;

    private final Ticker ticker;
    private final long writeNanos;
    private final long accessNanos;
    private final boolean perEntry;

    Lifetimes(Ticker ticker, long writeNanos, long accessNanos, boolean perEntry) {
        this.ticker = ticker;
        this.perEntry = perEntry;
        this.writeNanos = writeNanos;
        this.accessNanos = accessNanos;
    }

    /** Whether any entry can die of age. */
    boolean limited() {
        return perEntry || writeNanos != Terms.FOREVER || accessNanos != Terms.FOREVER;
    }

    /** The lifetime that terms ask for, or the cache's. */
    long lifetime(Terms terms) {
        return !perEntry || terms.freshNanos() == Terms.UNSET ? writeNanos : terms.freshNanos();
    }

    /** Whether an envelope that Caffeine holds alive is. */
    boolean alive(Envelope envelope) {
        return accessNanos == Terms.FOREVER || envelope.left(ticker.read(), accessNanos) > 0;
    }

    long left(Envelope envelope) {
        return Math.max(0, envelope.left(ticker.read(), accessNanos));
    }

    /** Why an envelope left, when Caffeine may have held it alive a little longer than it was. */
    RemovalCause causeOf(Envelope envelope, RemovalCause cause) {
        return cause.wasEvicted() || alive(envelope) ? cause : RemovalCause.EXPIRED;
    }

    @Override
    public long expireAfterCreate(K key, Envelope envelope, long currentTime) {
        envelope.begin(currentTime);
        return end(envelope, currentTime);
    }

    @Override
    public long expireAfterUpdate(K key, Envelope envelope, long currentTime, long currentDuration) {
        envelope.begin(currentTime);
        return end(envelope, currentTime);
    }

    @Override
    public long expireAfterRead(K key, Envelope envelope, long currentTime, long currentDuration) {
        if (accessNanos == Terms.FOREVER || envelope.left(currentTime, accessNanos) <= 0) {
            return currentDuration;
        }
        envelope.use(currentTime);
        return end(envelope, currentTime);
    }

    private long end(Envelope envelope, long now) {
        long left = Math.max(0, envelope.left(now, accessNanos));
        return accessNanos == Terms.FOREVER || left > Long.MAX_VALUE - TOLERANCE ? left : left + TOLERANCE;
    }
}
