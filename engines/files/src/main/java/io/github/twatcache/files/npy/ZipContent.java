package io.github.twatcache.files.npy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The content of one file in an archive. For one thread. */
abstract class ZipContent implements ReadableByteChannel {
    private final SeekableByteChannel from;
    private long left;

    private ZipContent(SeekableByteChannel from, long left) {
        this.from = from;
        this.left = left;
    }

    /** Takes the content, uncompressed, up to its end. Meanwhile nobody else moves the archive's position. */
    static ZipContent of(SeekableByteChannel from, ZipEntry entry) throws IOException {
        from.position(ZipReading.contentFrom(from, entry));
        return entry.method() == Zip.STORED ? new Stored(from, entry.packed()) : new Deflated(from, entry.packed());
    }

    /** The bytes as they lie in the archive; -1 when there are no more. */
    final int packed(ByteBuffer to) throws IOException {
        if (left == 0) {
            return -1;
        }
        int limit = to.limit();
        to.limit(to.position() + (int) Math.min(to.remaining(), left));
        int count = from.read(to);
        to.limit(limit);
        left -= Math.max(0, count);
        return count;
    }

    @Override
    public final boolean isOpen() {
        return from.isOpen();
    }

    /** The archive is not this one's to close. */
    @Override
    public void close() {}

    private static final class Stored extends ZipContent {
        Stored(SeekableByteChannel from, long bytes) {
            super(from, bytes);
        }

        @Override
        public int read(ByteBuffer to) throws IOException {
            return packed(to);
        }
    }

    private static final class Deflated extends ZipContent {
        private final Inflater inflater = new Inflater(true);
        private final ByteBuffer packed = ByteBuffer.allocate(8 * 1024).limit(0);

        Deflated(SeekableByteChannel from, long bytes) {
            super(from, bytes);
        }

        @Override
        public int read(ByteBuffer to) throws IOException {
            try {
                while (true) {
                    int count = inflater.inflate(to);
                    if (count > 0) {
                        return count;
                    }
                    if (inflater.finished() || inflater.needsDictionary()) {
                        return -1;
                    }
                    // All input has been taken: the buffer is this class's alone.
                    int more = packed(packed.clear());
                    packed.flip();
                    if (more < 0) {
                        return -1;
                    }
                    inflater.setInput(packed);
                }
            } catch (DataFormatException e) {
                throw ZipReading.damaged("a file that was not compressed by deflate");
            }
        }

        @Override
        public void close() {
            inflater.end();
        }
    }
}
