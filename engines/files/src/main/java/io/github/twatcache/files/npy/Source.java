package io.github.twatcache.files.npy;

import io.github.twatcache.error.SerializationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/** Bytes of a known number out of a channel, in chunks, past a checksum. For one thread. */
final class Source {
    /** Fits into the second-level cache of a core, so that what is read is still there when it is copied. */
    static final int CHUNK = 128 * 1024;

    /** The same where no call of the system is made for each chunk, but a page of memory may have to be found. */
    private static final int MAPPED_CHUNK = 1024 * 1024;

    /** A header of any array is shorter. */
    private static final int HEADER_CHUNK = 512;

    private final ReadableByteChannel channel;
    private final long bytes;
    private final @Nullable Checksum checksum;

    /** Always in the state of being drained. */
    private ByteBuffer chunk;

    /** How many bytes the channel has not given yet. */
    private long behind;

    private Source(ReadableByteChannel channel, long bytes, ByteBuffer chunk, @Nullable Checksum checksum) {
        this.channel = channel;
        this.bytes = bytes;
        this.behind = bytes;
        this.checksum = checksum;
        this.chunk = chunk.limit(0);
    }

    /** Where all fits into one chunk the collector is not troubled with memory outside of the heap. */
    private static ByteBuffer chunk(long bytes, int most) {
        return bytes < most ? ByteBuffer.allocate((int) Math.max(0, bytes)) : ByteBuffer.allocateDirect(most);
    }

    /**
     * Reads nothing yet.
     *
     * @param channel where the bytes come from, a channel that blocks
     * @param bytes how many there are
     * @param checksum takes all of them, or {@code null}
     * @throws SerializationException when the channel is known to hold another number of bytes: nothing is to be made for
     *     a number that only somebody says
     */
    static Source of(ReadableByteChannel channel, long bytes, @Nullable Checksum checksum) throws IOException {
        if (channel instanceof SeekableByteChannel file && file.size() - file.position() != bytes) {
            throw new SerializationException(
                    "the file has %,d bytes, and %,d were written".formatted(file.size() - file.position(), bytes));
        }
        return new Source(channel, bytes, chunk(bytes, CHUNK), checksum);
    }

    /**
     * Reads nothing yet. Mapped memory is copied before anything else is done with it: where a file has become shorter,
     * reading it is an {@link InternalError} for a copy, and the end of the JVM for a checksum.
     *
     * @param mapping what to read
     * @param from where to begin
     * @param checksum takes everything from there on, or {@code null}
     */
    static Source of(Mapping mapping, long from, @Nullable Checksum checksum) {
        long bytes = mapping.size() - from;
        return new Source(new MappedChannel(mapping, from), bytes, chunk(bytes, MAPPED_CHUNK), checksum);
    }

    /** The same for what reads a header only. */
    static Source ofHeader(Mapping mapping) {
        return new Source(new MappedChannel(mapping, 0), mapping.size(), ByteBuffer.allocate(HEADER_CHUNK), null);
    }

    /** How many bytes have not been taken. */
    long left() {
        return chunk.remaining() + behind;
    }

    /** Takes a few bytes. */
    byte[] take(int count) throws IOException {
        if (count > left()) {
            throw ends();
        }
        byte[] taken = new byte[count];
        int at = 0;
        while (at < count) {
            ByteBuffer from = atLeast(1);
            int part = Math.min(from.remaining(), count - at);
            from.get(taken, at, part);
            at += part;
        }
        return taken;
    }

    /** The buffer with at least as many bytes remaining, which the caller takes out of it. */
    ByteBuffer atLeast(int count) throws IOException {
        if (chunk.remaining() >= count) {
            return chunk;
        }
        if (count > left()) {
            throw ends();
        }
        if (count > chunk.capacity()) {
            chunk = ByteBuffer.allocate(count).put(chunk).flip().order(chunk.order());
        }
        chunk.compact();
        int from = chunk.position();
        if (behind < chunk.remaining()) {
            chunk.limit(from + (int) behind);
        }
        while (chunk.hasRemaining()) {
            if (channel.read(chunk) < 0) {
                throw ends();
            }
        }
        behind -= chunk.position() - from;
        chunk.flip();
        if (checksum != null) {
            checksum.update(chunk.duplicate().position(from));
        }
        return chunk;
    }

    private SerializationException ends() {
        return new SerializationException("the file ends early: of %,d bytes some are missing".formatted(bytes));
    }
}
