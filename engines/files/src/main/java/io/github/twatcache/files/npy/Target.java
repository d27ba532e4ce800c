package io.github.twatcache.files.npy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.zip.CRC32C;

/** Bytes into a channel, in chunks, with the checksum of all that has gone. For one thread. */
final class Target {
    /** Fits into the second-level cache of a core, so that what is copied is still there when it is written. */
    private static final int CHUNK = 256 * 1024;

    private final WritableByteChannel channel;
    private final CRC32C checksum = new CRC32C();
    private ByteBuffer chunk;
    private long bytes;

    /**
     * Nothing is written yet.
     *
     * @param channel where the bytes go; a channel that does not block
     * @param expected how many there will be, as far as is known
     */
    Target(WritableByteChannel channel, long expected) {
        this.channel = channel;
        this.chunk = (expected < CHUNK
                        ? ByteBuffer.allocate((int) Math.max(16, expected))
                        : ByteBuffer.allocateDirect(CHUNK))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Puts the first bytes of some. */
    void put(byte[] some, int count) throws IOException {
        int at = 0;
        while (at < count) {
            ByteBuffer to = room(1);
            int part = Math.min(to.remaining(), count - at);
            to.put(some, at, part);
            at += part;
        }
    }

    /** The buffer, little-endian, with room for at least as many bytes, which the caller puts there. */
    ByteBuffer room(int count) throws IOException {
        if (chunk.remaining() < count) {
            flush();
            if (chunk.capacity() < count) {
                chunk = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
            }
        }
        return chunk;
    }

    /** Hands everything to the channel, and tells what that was. */
    Written finish() throws IOException {
        flush();
        return new Written(bytes, (int) checksum.getValue());
    }

    private void flush() throws IOException {
        chunk.flip();
        bytes += chunk.remaining();
        checksum.update(chunk.duplicate());
        while (chunk.hasRemaining()) {
            channel.write(chunk);
        }
        chunk.clear();
    }
}
