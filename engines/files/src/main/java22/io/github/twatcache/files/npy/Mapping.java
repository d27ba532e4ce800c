package io.github.twatcache.files.npy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.concurrent.locks.LockSupport;

/**
 * A file mapped for reading, of any size, its numbers little-endian. Thread-safe.
 *
 * <p>This is the form for JDK 22 and later: one memory segment, whose mapping is gone when this is closed. Whoever still
 * reads, through this or through a buffer or a segment that was handed out, gets an {@link IllegalStateException}. One that
 * is never closed is unmapped when the collector finds it.
 */
final class Mapping implements AutoCloseable {
    /** No slice is longer. */
    static final int LONGEST_SLICE = 1 << 30;

    /** Whether a mapping that was needed for a moment is in nobody's way afterwards. */
    static final boolean PASSING = true;

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** For so long a thread in the midst of reading a buffer is waited for. */
    private static final int PATIENCE_MILLIS = 1_000;

    private final MemorySegment segment;
    private final Closing closing;
    private final Cleaner.Cleanable forgotten;

    private Mapping(MemorySegment segment, Arena arena) {
        this.segment = segment;
        this.closing = new Closing(arena);
        this.forgotten = Forgotten.CLEANER.register(this, closing);
    }

    /** Unmaps what nobody has closed. Its thread ends with the class loader of this class. */
    private static final class Forgotten {
        static final Cleaner CLEANER = Cleaner.create(action -> {
            Thread thread = new Thread(action, "twat-cache mapped arrays");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Closes an arena as soon as no thread is in the midst of reading a buffer of it. */
    private record Closing(Arena arena) implements Runnable {
        @Override
        public void run() {
            for (int waited = 0; arena.scope().isAlive(); waited++) {
                try {
                    arena.close();
                } catch (IllegalStateException inUse) {
                    if (waited == PATIENCE_MILLIS) {
                        throw new IllegalStateException(
                                "the mapped array is being read by another thread; close it again afterwards", inUse);
                    }
                    LockSupport.parkNanos(1_000_000);
                }
            }
        }
    }

    /** Maps all of a file that is not empty. The channel may be closed afterwards. */
    static Mapping of(FileChannel channel) throws IOException {
        Arena arena = Arena.ofShared();
        try {
            return new Mapping(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena), arena);
        } catch (IOException | RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    long size() {
        return segment.byteSize();
    }

    boolean isClosed() {
        return !segment.scope().isAlive();
    }

    byte getByte(long at) {
        try {
            return segment.get(ValueLayout.JAVA_BYTE, at);
        } catch (IllegalStateException e) {
            throw closed(e);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    short getShort(long at) {
        try {
            return segment.get(SHORT, at);
        } catch (IllegalStateException e) {
            throw closed(e);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    int getInt(long at) {
        try {
            return segment.get(INT, at);
        } catch (IllegalStateException e) {
            throw closed(e);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    long getLong(long at) {
        try {
            return segment.get(LONG, at);
        } catch (IllegalStateException e) {
            throw closed(e);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** A part of the file, read-only and little-endian, no longer than {@link #LONGEST_SLICE}. */
    ByteBuffer slice(long from, int count) {
        return open().asSlice(from, count).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The file from a place on as a memory segment.
     *
     * @throws IllegalArgumentException when the type is another
     */
    <T> T as(Class<T> type, long from) {
        if (type != MemorySegment.class) {
            throw new IllegalArgumentException("a mapped array is a MemorySegment, and no " + type.getName());
        }
        return type.cast(open().asSlice(from));
    }

    private MemorySegment open() {
        if (isClosed()) {
            throw closed(null);
        }
        return segment;
    }

    private static IllegalStateException closed(IllegalStateException cause) {
        return new IllegalStateException("the mapped array is closed; open it anew", cause);
    }

    /**
     * Unmaps the file. Once closed, closing does nothing.
     *
     * @throws IllegalStateException when another thread has been in the midst of one reading of a buffer for a second
     */
    @Override
    public void close() {
        closing.run();
        forgotten.clean();
    }
}
