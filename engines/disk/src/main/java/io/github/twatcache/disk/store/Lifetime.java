package io.github.twatcache.disk.store;

import io.github.twatcache.spi.Terms;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * When an entry dies, in nanoseconds of the wall clock since 1970; {@link Terms#FOREVER} for never.
 *
 * @param fresh until when it lives
 * @param kept until when it is kept, alive or stale
 * @param until the hard end of a life that each use puts off; {@link #FIXED} where uses do not matter
 * @param late what there is to say of an entry that may outlive its freshness; null where it dies with that
 */
record Lifetime(long fresh, long kept, long until, @Nullable Late late) {
    /** Uses do not put the end off. */
    static final long FIXED = Long.MIN_VALUE;

    static final Lifetime ENDLESS = new Lifetime(Terms.FOREVER, Terms.FOREVER, FIXED);

    /** What the column {@code terms} holds at most of an entry that dies with its freshness. */
    static final int SHORT = 2 * Long.BYTES;

    private static final int TAIL = Long.BYTES + 1;
    private static final int AGED = 1;
    private static final int VERSIONED = 2;

    /** What has no version, and no age. */
    private static final byte[] NOTHING = {};

    Lifetime(long fresh, long kept, long until) {
        this(fresh, kept, until, null);
    }

    /**
     * What there is to say of an entry that may outlive its freshness.
     *
     * @param due until when look-ups find it
     * @param aged whether somebody has made it stale
     * @param version what the source said of the value; null for nothing
     */
    record Late(long due, boolean aged, @Nullable String version) {
        private byte[] packed() {
            byte[] text = version == null ? NOTHING : version.getBytes(StandardCharsets.UTF_8);
            int flags = (aged ? AGED : 0) | (version == null ? 0 : VERSIONED);
            return ByteBuffer.allocate(TAIL + text.length)
                    .putLong(due)
                    .put((byte) flags)
                    .put(text)
                    .array();
        }

        private static Late unpacked(ByteBuffer tail) {
            long due = tail.getLong();
            int flags = tail.get();
            byte[] text = new byte[tail.remaining()];
            tail.get(text);
            return new Late(
                    due,
                    (flags & AGED) != 0,
                    (flags & VERSIONED) == 0 ? null : new String(text, StandardCharsets.UTF_8));
        }
    }

    /** What the column {@code terms} holds: nothing where {@code fresh} says all. */
    byte @Nullable [] packed() {
        if (late == null && kept == fresh && until == FIXED) {
            return null;
        }
        byte[] tail = tail();
        return ByteBuffer.allocate(SHORT + tail.length)
                .putLong(kept)
                .putLong(until)
                .put(tail)
                .array();
    }

    /** What of that concerns only an entry that may outlive its freshness. */
    byte[] tail() {
        return late == null ? NOTHING : late.packed();
    }

    /** Undoes {@link #packed}; what is no such thing is read as something that no checksum will fit. */
    static Lifetime unpacked(long fresh, byte @Nullable [] packed) {
        if (packed == null) {
            return fresh == Terms.FOREVER ? ENDLESS : new Lifetime(fresh, fresh, FIXED);
        }
        if (packed.length != SHORT && packed.length < SHORT + TAIL) {
            return new Lifetime(fresh, packed.length, packed.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(packed);
        long kept = buffer.getLong();
        long until = buffer.getLong();
        return new Lifetime(fresh, kept, until, packed.length == SHORT ? null : Late.unpacked(buffer));
    }

    /** The end that an index finds it by: big-endian, so that later ends sort behind. */
    static byte[] sortable(long end) {
        return ByteBuffer.allocate(Long.BYTES).putLong(end).array();
    }

    /** Itself, or null where it never ends. */
    @Nullable Lifetime mortal() {
        return fresh == Terms.FOREVER && until == FIXED && late == null ? null : this;
    }

    /** Whether uses put the end off. */
    boolean renewed() {
        return until != FIXED;
    }

    /** From when on nothing of it is left, not even stale. */
    long gone() {
        return late == null ? fresh : kept;
    }

    /** The life of an entry that was used at some time. */
    Lifetime usedAt(long now, long idleNanos) {
        long end = Math.min(until, end(now, idleNanos));
        return end > fresh ? new Lifetime(end, end, until) : this;
    }

    /** The life of an entry that lives, and is to be stale from now on. */
    Lifetime aged(long now) {
        String version = late == null ? null : late.version;
        return new Lifetime(now, gone(), FIXED, new Late(now, true, version));
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
