package io.github.twatcache.caffeine;

import io.github.twatcache.spi.Terms;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An envelope that may outlive its freshness, or whose reads are counted. Its life is as long as it is kept. */
final class KeptEnvelope extends Envelope {
    final long costNanos;
    final @Nullable String version;

    /** How often it may still be read. */
    private final AtomicInteger readsLeft;

    /** For how long it is found and fresh; replaced as a whole. */
    private volatile Freshness freshness;

    /**
     * How a life is divided. Times are counted like the life.
     *
     * @param dueNanos how long look-ups find it
     * @param freshNanos how long it is fresh
     * @param aged whether somebody has made it stale
     */
    record Freshness(long dueNanos, long freshNanos, boolean aged) {}

    KeptEnvelope(Object key, Object value, Terms terms, long lifetimeNanos, Freshness freshness, int reads) {
        super(key, value, terms, lifetimeNanos);
        this.costNanos = terms.costNanos();
        this.version = terms.version();
        this.freshness = freshness;
        this.readsLeft = new AtomicInteger(reads);
    }

    /** Divides the life anew. */
    void divide(Freshness other) {
        freshness = other;
    }

    /**
     * Has it be stale from now on.
     *
     * @param asked whether somebody wants it so
     */
    void age(long now, boolean asked) {
        long nanos = now - start();
        freshness = new Freshness(Math.min(nanos, freshness.dueNanos), nanos, asked);
    }

    /** For how long look-ups find it. */
    long dueIn(long now) {
        return left(now, freshness.dueNanos, Terms.FOREVER);
    }

    /** For how long it is fresh. */
    long freshFor(long now) {
        return left(now, freshness.freshNanos, Terms.FOREVER);
    }

    boolean aged() {
        return freshness.aged;
    }

    /** Reads it; returns how many reads were left before, 0 where this one is too much. */
    int read() {
        return readsLeft.get() <= 0 ? 0 : Math.max(0, readsLeft.getAndDecrement());
    }

    /** Whether it was read as often as it may be. */
    boolean worn() {
        return readsLeft.get() <= 0;
    }
}
