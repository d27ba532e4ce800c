package io.github.twatcache.files.npy;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import io.github.twatcache.error.SerializationException;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** All of a mapped file, from front to back. */
final class MappedContent {
    /** Small enough to stay in the first-level cache of a core between being copied and being used. */
    private static final int CHUNK = 16 * 1024;

    private MappedContent() {}

    /** Takes a part: the first bytes of a chunk, which are a copy. */
    private interface Part<X extends Exception> {
        void take(byte[] chunk, int count) throws X;
    }

    /** Reads mapped memory. */
    interface Reading<R, X extends Exception> {
        R read() throws X;
    }

    /** Makes an error of the file of what is an error of the JVM where a file has become shorter. */
    static <R, X extends Exception> R guarded(Reading<R, X> reading) throws X {
        try {
            return reading.read();
        } catch (InternalError e) {
            throw new SerializationException("the file is damaged: it has become shorter", e);
        }
    }

    private static <X extends Exception> void each(Mapping mapping, long from, Part<X> part) throws X {
        byte[] chunk = new byte[CHUNK];
        long at = from;
        while (at < mapping.size()) {
            int count = (int) Math.min(CHUNK, mapping.size() - at);
            mapping.slice(at, count).get(chunk, 0, count);
            part.take(chunk, count);
            at += count;
        }
    }

    /** Its length and its checksum. */
    static Written read(Mapping mapping) {
        CRC32C checksum = new CRC32C();
        return guarded(() -> {
            each(mapping, 0, (chunk, count) -> checksum.update(chunk, 0, count));
            return new Written(mapping.size(), (int) checksum.getValue());
        });
    }

    /** Writes it as it is. */
    static Written copy(Mapping mapping, WritableByteChannel to) throws IOException {
        Target target = new Target(to, mapping.size());
        return guarded(() -> {
            each(mapping, 0, target::put);
            return target.finish();
        });
    }

    /** The XXH3-128 of what it says it is and of its elements. */
    static String digest(Mapping mapping, Layout layout, long dataFrom) {
        HashStream128 hash = Hashing.xxh3_128().hashStream();
        hash.putString(layout.element().descr());
        hash.putBoolean(layout.transposed()).putLongArray(layout.shape());
        HashValue128 value = guarded(() -> {
            each(mapping, dataFrom, (chunk, count) -> hash.putBytes(chunk, 0, count));
            return hash.get();
        });
        return "%016x%016x".formatted(value.getMostSignificantBits(), value.getLeastSignificantBits());
    }

    /** The SHA-256 of the same. */
    static String secureDigest(Mapping mapping, Layout layout, long dataFrom) {
        MessageDigest sha;
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
        String what = layout.element().descr() + ' ' + layout.transposed() + ' ' + layout.shapeText() + '\n';
        sha.update(what.getBytes(StandardCharsets.US_ASCII));
        return guarded(() -> {
            each(mapping, dataFrom, (chunk, count) -> sha.update(chunk, 0, count));
            return HexFormat.of().formatHex(sha.digest());
        });
    }
}
