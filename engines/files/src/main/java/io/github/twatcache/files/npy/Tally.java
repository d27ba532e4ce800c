package io.github.twatcache.files.npy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/** Counts what passes to a channel, and takes its checksum. For one thread. */
final class Tally implements WritableByteChannel {
    private final @Nullable WritableByteChannel to;
    private final Checksum checksum;
    private long bytes;

    /**
     * Nothing has passed yet.
     *
     * @param to where the bytes go, a channel that blocks; {@code null} where they need not go anywhere
     * @param checksum takes all of them
     */
    Tally(@Nullable WritableByteChannel to, Checksum checksum) {
        this.to = to;
        this.checksum = checksum;
    }

    long bytes() {
        return bytes;
    }

    int checksum() {
        return (int) checksum.getValue();
    }

    @Override
    public int write(ByteBuffer some) throws IOException {
        int count = some.remaining();
        checksum.update(some.duplicate());
        if (to == null) {
            some.position(some.limit());
        }
        while (to != null && some.hasRemaining()) {
            to.write(some);
        }
        bytes += count;
        return count;
    }

    @Override
    public boolean isOpen() {
        return to == null || to.isOpen();
    }

    /** The channel behind is not this one's to close. */
    @Override
    public void close() {}
}
