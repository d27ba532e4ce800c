package io.github.twatcache.files.npy;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** Bytes in memory, to be read as a file is. For one thread. */
final class Bytes implements SeekableByteChannel {
    private final byte[] content;
    private long position;
    private boolean closed;

    Bytes(byte[] content) {
        this.content = content;
    }

    @Override
    public int read(ByteBuffer to) throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (position >= content.length) {
            return -1;
        }
        int count = (int) Math.min(to.remaining(), content.length - position);
        to.put(content, (int) position, count);
        position += count;
        return count;
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long to) {
        if (to < 0) {
            throw new IllegalArgumentException("a position is 0 or more, not " + to);
        }
        position = to;
        return this;
    }

    @Override
    public long size() {
        return content.length;
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
