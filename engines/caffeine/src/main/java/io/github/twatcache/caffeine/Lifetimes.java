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
    private final boolean keeps;
    private final boolean counts;

    /** How often an entry may be read, where that is counted. */
    private final int reads;

    Lifetimes(Ticker ticker, long writeNanos, long accessNanos, boolean perEntry, boolean keeps, int reads) {
        this.keeps = keeps;
        this.counts = reads > 0;
        this.reads = reads;
        this.ticker = ticker;
        this.perEntry = perEntry;
        this.writeNanos = writeNanos;
        this.accessNanos = accessNanos;
    }

    /** Whether any entry can die of age. */
    boolean limited() {
        return perEntry || keeps || writeNanos != Terms.FOREVER || accessNanos != Terms.FOREVER;
    }

    /** The lifetime that terms ask for, or the cache's. */
    long lifetime(Terms terms) {
        if (keeps) {
            return terms.keptNanos() == Terms.UNSET ? fresh(terms) : Math.max(terms.keptNanos(), fresh(terms));
        }
        return !perEntry || terms.freshNanos() == Terms.UNSET ? writeNanos : terms.freshNanos();
    }

    private long fresh(Terms terms) {
        return terms.freshNanos() == Terms.UNSET ? Math.min(writeNanos, accessNanos) : terms.freshNanos();
    }

    /** How the life that terms ask for is divided. */
    KeptEnvelope.Freshness freshness(Terms terms) {
        long fresh = fresh(terms);
        long due = terms.dueNanos() == Terms.UNSET ? fresh : Math.min(terms.dueNanos(), fresh);
        return new KeptEnvelope.Freshness(due, fresh, false);
    }

    /** Puts a value in an envelope that has room for what this cache keeps. */
    Envelope envelope(K key, Object value, Terms terms) {
        return keeps || counts
                ? new KeptEnvelope(key, value, terms, lifetime(terms), freshness(terms), reads)
                : new Envelope(key, value, terms, lifetime(terms));
    }

    /** Whether entries may outlive their freshness. */
    boolean keeps() {
        return keeps;
    }

    /** Whether reads are counted. */
    boolean counts() {
        return counts;
    }

    long now() {
        return ticker.read();
    }

    /** Whether a look-up finds an envelope that Caffeine holds alive. */
    boolean found(Envelope envelope) {
        return keeps ? ((KeptEnvelope) envelope).dueIn(ticker.read()) > 0 : alive(envelope);
    }

    /** Whether an envelope that Caffeine holds alive is. */
    boolean alive(Envelope envelope) {
        if (counts && ((KeptEnvelope) envelope).worn()) {
            return false;
        }
        if (keeps) {
            return ((KeptEnvelope) envelope).freshFor(ticker.read()) > 0;
        }
        return accessNanos == Terms.FOREVER || envelope.left(ticker.read(), accessNanos) > 0;
    }

    long left(Envelope envelope) {
        if (counts && ((KeptEnvelope) envelope).worn()) {
            return 0;
        }
        return Math.max(
                0,
                keeps ? ((KeptEnvelope) envelope).freshFor(ticker.read()) : envelope.left(ticker.read(), accessNanos));
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
        if (keeps || accessNanos == Terms.FOREVER || envelope.left(currentTime, accessNanos) <= 0) {
            return currentDuration;
        }
        envelope.use(currentTime);
        return end(envelope, currentTime);
    }

    private long end(Envelope envelope, long now) {
        if (keeps) {
            return Math.max(0, envelope.left(now, Terms.FOREVER));
        }
        long left = Math.max(0, envelope.left(now, accessNanos));
        return accessNanos == Terms.FOREVER || left > Long.MAX_VALUE - TOLERANCE ? left : left + TOLERANCE;
    }
}
