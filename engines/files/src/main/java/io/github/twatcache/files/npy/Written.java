package io.github.twatcache.files.npy;

import io.github.twatcache.error.SerializationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.zip.CRC32C;

/**
 * What was written: enough to find out whether it is still the same. It guards against damage, not against somebody who
 * means harm.
 *
 * @param bytes how many bytes, the header's included
 * @param crc32c the CRC-32C of all of them
 */
public record Written(long bytes, int crc32c) {
    /**
     * Reads a channel to its end. A gigabyte takes about a tenth of a second once it is in memory.
     *
     * @param from what to read, from where it stands; a channel that blocks
     * @return what it holds
     * @throws IOException when reading fails
     */
    public static Written of(ReadableByteChannel from) throws IOException {
        CRC32C checksum = new CRC32C();
        ByteBuffer chunk = ByteBuffer.allocateDirect(Source.CHUNK);
        long bytes = 0;
        while (from.read(chunk) >= 0) {
            bytes += chunk.position();
            checksum.update(chunk.flip());
            chunk.clear();
        }
        return new Written(bytes, (int) checksum.getValue());
    }

    /**
     * Compares this, which was written, with what was found.
     *
     * @param found the length and the checksum of what is there now
     * @throws SerializationException when they differ
     */
    public void verify(Written found) {
        if (found.bytes != bytes) {
            throw new SerializationException(
                    "the file is damaged: %,d bytes were written and %,d are there".formatted(bytes, found.bytes));
        }
        if (found.crc32c != crc32c) {
            throw new SerializationException(
                    "the file is damaged: its CRC-32C was %08x and is %08x".formatted(crc32c, found.crc32c));
        }
    }
}
