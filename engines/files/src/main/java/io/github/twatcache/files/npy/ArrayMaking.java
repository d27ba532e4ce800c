package io.github.twatcache.files.npy;

import io.github.twatcache.error.PathException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the files of new mapped arrays, element by element. */
final class ArrayMaking {
    private ArrayMaking() {}

    /** An empty file where temporary files lie, which only this user may read. */
    static Path temporary() {
        try {
            return Files.createTempFile("twat-cache-", ".npy");
        } catch (IOException e) {
            throw new PathException(
                    "no temporary file can be made in " + System.getProperty("java.io.tmpdir") + ": " + e
                            + "; set java.io.tmpdir to a directory with room",
                    e);
        }
    }

    /** Writes header and elements, and tells what that was. */
    static <X extends Exception> Written write(
            Path file, FileChannel channel, Layout layout, MappedArray.Writer<X> writer) throws X {
        byte[] header = layout.toBytes();
        Target target = new Target(channel, header.length + layout.dataBytes());
        ArraySink sink = new ArraySink(file, layout, target);
        try {
            target.put(header, header.length);
        } catch (IOException e) {
            throw NewFile.failed(file, e);
        }
        writer.write(sink);
        if (sink.left() != 0) {
            throw new IllegalStateException("the writer put too few elements: %,d more were to come for the shape %s"
                    .formatted(sink.left(), layout.shapeText()));
        }
        try {
            return target.finish();
        } catch (IOException e) {
            throw NewFile.failed(file, e);
        }
    }
}
