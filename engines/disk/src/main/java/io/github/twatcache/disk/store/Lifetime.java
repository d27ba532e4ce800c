package io.github.twatcache.disk.store;

import io.github.twatcache.spi.Terms;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * When an entry dies, in nanoseconds of the wall clock since 1970; {@link Terms#FOREVER} for never.
 *
 * @param fresh until when it lives
 * @param kept until when it is kept, alive or stale
 * @param until the hard end of a life that each use puts off; {@link #FIXED} where uses do not matter
 */
record Lifetime(long fresh, long kept, long until) {
    /** Uses do not put the end off. */
    static final long FIXED = Long.MIN_VALUE;

    static final Lifetime ENDLESS = new Lifetime(Terms.FOREVER, Terms.FOREVER, FIXED);

    private static final int PACKED = 2 * Long.BYTES;

    /** What the column {@code terms} holds: nothing where {@code fresh} says all. */
    byte @Nullable [] packed() {
        return kept == fresh && until == FIXED
                ? null
                : ByteBuffer.allocate(PACKED).putLong(kept).putLong(until).array();
    }

    /** Undoes {@link #packed}; what is no such thing is read as something that no checksum will fit. */
    static Lifetime unpacked(long fresh, byte @Nullable [] packed) {
        if (packed == null) {
            return fresh == Terms.FOREVER ? ENDLESS : new Lifetime(fresh, fresh, FIXED);
        }
        if (packed.length != PACKED) {
            return new Lifetime(fresh, packed.length, packed.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(packed);
        return new Lifetime(fresh, buffer.getLong(), buffer.getLong());
    }

    /** Itself, or null where it never ends. */
    @Nullable Lifetime mortal() {
        return fresh == Terms.FOREVER && until == FIXED ? null : this;
    }

    /** Whether uses put the end off. */
    boolean renewed() {
        return until != FIXED;
    }

    /** The life of an entry that was used at some time. */
    Lifetime usedAt(long now, long idleNanos) {
        long end = Math.min(until, end(now, idleNanos));
        return end > fresh ? new Lifetime(end, end, until) : this;
    }

    /** The time that lies some nanoseconds after another. */
    static long end(long now, long nanos) {
        if (nanos == Terms.FOREVER) {
            return Terms.FOREVER;
        }
        long end = now + nanos;
        return end < now && nanos >= 0 ? Terms.FOREVER : end;
    }
}
