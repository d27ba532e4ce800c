package io.github.twatcache.caffeine;

import io.github.twatcache.spi.Terms;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Set;

/** A value with what is its own: lifetime, last use, tags, weight. Two are the same only when they are one object. */
class Envelope {
    private static final VarHandle USED_AT;

    static {
        try {
            USED_AT = MethodHandles.lookup().findVarHandle(Envelope.class, "usedAt", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final Object key;
    final Object value;
    final Set<String> tags;
    final int weight;

    /** From when and for how long; replaced as a whole, so that a reader never pairs an old start with a new length. */
    private volatile Life life;

    // Read and written through USED_AT, in opaque mode: a use that is seen late only looks older than it is.
    @SuppressWarnings("UnusedVariable")
    private long usedAt;

    private record Life(boolean begun, long start, long nanos) {}

    Envelope(Object key, Object value, Terms terms, long lifetimeNanos) {
        this.key = key;
        this.value = value;
        this.tags = terms.tags();
        this.weight = terms.weight();
        this.life = new Life(false, 0, lifetimeNanos);
    }

    /** Starts the life, and the first use with it; after {@link #prolong} starts the life only. */
    final void begin(long now) {
        Life before = life;
        if (!before.begun) {
            USED_AT.setOpaque(this, now);
        }
        life = new Life(true, now, before.nanos);
    }

    /** Sets another lifetime, to be counted from the next {@link #begin}. */
    final void prolong(long nanos) {
        Life before = life;
        life = new Life(before.begun, before.start, nanos);
    }

    /** When the life began. */
    final long start() {
        return life.start;
    }

    /** Counts a use; a use that is older than the last one is not one. */
    final void use(long now) {
        if (now - (long) USED_AT.getOpaque(this) > 0) {
            USED_AT.setOpaque(this, now);
        }
    }

    /** How long it has to live; 0 or less when it is over, {@link Terms#FOREVER} for no end. */
    final long left(long now, long accessNanos) {
        return left(now, life.nanos, accessNanos);
    }

    /** How long is left of a time that is counted like the life. */
    final long left(long now, long nanos, long accessNanos) {
        long byLife = nanos == Terms.FOREVER ? Terms.FOREVER : nanos - (now - life.start);
        long byUse =
                accessNanos == Terms.FOREVER ? Terms.FOREVER : accessNanos - (now - (long) USED_AT.getOpaque(this));
        return Math.min(byLife, byUse);
    }
}
