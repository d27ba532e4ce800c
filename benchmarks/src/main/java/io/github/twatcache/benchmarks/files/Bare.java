package io.github.twatcache.benchmarks.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What moving an array to a file and back takes with nothing around it: the machine's limit. */
final class Bare {
    private static final int CHUNK = 1 << 20;

    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.nativeOrder());

    /** Writes an array to a new file. */
    void write(double[] array, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            int step = CHUNK / Double.BYTES;
            for (int at = 0; at < array.length; at += step) {
                int length = Math.min(step, array.length - at);
                chunk.clear();
                chunk.asDoubleBuffer().put(array, at, length);
                chunk.limit(length * Double.BYTES);
                while (chunk.hasRemaining()) {
                    channel.write(chunk);
                }
            }
        }
    }

    /** Reads a file into an array that was touched before. */
    void read(Path file, double[] array) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            int at = 0;
            while (at < array.length) {
                chunk.clear();
                while (chunk.hasRemaining() && channel.read(chunk) >= 0) {
                    // until it is full, or the file at its end
                }
                chunk.flip();
                int length = chunk.remaining() / Double.BYTES;
                chunk.asDoubleBuffer().get(array, at, length);
                at += length;
            }
        }
    }
}
