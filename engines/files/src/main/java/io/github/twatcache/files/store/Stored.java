package io.github.twatcache.files.store;

import io.github.twatcache.files.npy.Written;
import org.jspecify.annotations.Nullable;

/**
 * How a value is stored.
 *
 * @param ending the ending of its file's name
 * @param type the class of the value, as Java names it
 * @param codec how it is written
 * @param length how many bytes its file has
 * @param crc the CRC-32C of all of them
 * @param compressor who compressed it; null for nobody
 * @param plain how many bytes it has when it is not compressed
 */
record Stored(
        String ending,
        String type,
        String codec,
        long length,
        int crc,
        @Nullable String compressor,
        long plain) {
    Stored(String ending, String type, String codec, Written written) {
        this(ending, type, codec, written.bytes(), written.crc32c(), null, written.bytes());
    }

    /** The same when it was compressed. */
    Stored packed(String by, Written packed) {
        String more = switch (by) {
            case "zstd" -> "zst";
            case "gzip" -> "gz";
            default -> by;
        };
        return new Stored(ending + "." + more, type, codec, packed.bytes(), packed.crc32c(), by, length);
    }

    Written written() {
        return new Written(length, crc);
    }
}
