package io.github.twatcache.files.npy;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * A file mapped for reading, of any size, its numbers little-endian. Thread-safe.
 *
 * <p>This is the form for JVMs before 22; newer ones take another class of this name, with the same methods, out of the
 * jar. A mapping of this one may be as long as an int tells, so that a large file has several, each beginning where the
 * first half of the one before ends: whatever begins in a first half lies in one mapping. They cannot be undone, only
 * forgotten: closed means that nothing is handed out any more, and the collector does the rest. Therefore no thread can
 * read what is no longer there.
 */
final class Mapping implements AutoCloseable {
    /** No slice is longer. */
    static final int LONGEST_SLICE = 1 << 30;

    /**
     * Whether a mapping that was needed for a moment is in nobody's way afterwards: not where a file cannot be deleted
     * until the collector has found it.
     */
    static final boolean PASSING = File.separatorChar == '/';

    private static final int STEP_BITS = 30;

    private final long size;

    /** Null once closed. */
    private volatile ByteBuffer @Nullable [] parts;

    private Mapping(long size, ByteBuffer[] parts) {
        this.size = size;
        this.parts = parts;
    }

    /** Maps all of a file that is not empty. The channel may be closed afterwards. */
    static Mapping of(FileChannel channel) throws IOException {
        long size = channel.size();
        ByteBuffer[] parts = new ByteBuffer[(int) ((size - 1) >>> STEP_BITS) + 1];
        for (int i = 0; i < parts.length; i++) {
            long from = (long) i << STEP_BITS;
            long length = Math.min(size - from, Integer.MAX_VALUE);
            parts[i] = channel.map(FileChannel.MapMode.READ_ONLY, from, length).order(ByteOrder.LITTLE_ENDIAN);
        }
        return new Mapping(size, parts);
    }

    long size() {
        return size;
    }

    boolean isClosed() {
        return parts == null;
    }

    byte getByte(long at) {
        return part(at).get(within(at));
    }

    short getShort(long at) {
        return part(at).getShort(within(at));
    }

    int getInt(long at) {
        return part(at).getInt(within(at));
    }

    long getLong(long at) {
        return part(at).getLong(within(at));
    }

    /** A part of the file, read-only and little-endian, no longer than {@link #LONGEST_SLICE}. */
    ByteBuffer slice(long from, int count) {
        return part(from).slice(within(from), count).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The file from a place on as something that only newer JVMs have.
     *
     * @throws IllegalArgumentException always, in this one
     */
    <T> T as(Class<T> type, long from) {
        throw new IllegalArgumentException("a mapped array is a " + type.getName()
                + " on no JVM, or on JDK 22 and later only; take its buffers here");
    }

    private ByteBuffer part(long at) {
        ByteBuffer[] open = parts;
        if (open == null) {
            throw new IllegalStateException("the mapped array is closed; open it anew");
        }
        return open[(int) (at >>> STEP_BITS)];
    }

    private static int within(long at) {
        return (int) at & LONGEST_SLICE - 1;
    }

    @Override
    public void close() {
        parts = null;
    }
}
