package io.github.twatcache.files.npy;

import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Reads a mapped file, for what reads channels. */
final class MappedChannel implements ReadableByteChannel {
    private final Mapping mapping;
    private long at;

    MappedChannel(Mapping mapping, long from) {
        this.mapping = mapping;
        this.at = from;
    }

    @Override
    public int read(ByteBuffer to) {
        int count = (int) Math.min(to.remaining(), mapping.size() - at);
        if (count == 0) {
            return -1;
        }
        to.put(mapping.slice(at, count));
        at += count;
        return count;
    }

    @Override
    public boolean isOpen() {
        return !mapping.isClosed();
    }

    /** The mapping is not this one's to close. */
    @Override
    public void close() {}
}
