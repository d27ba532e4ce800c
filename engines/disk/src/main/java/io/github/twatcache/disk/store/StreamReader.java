package io.github.twatcache.disk.store;

import com.dynatrace.hash4j.hashing.HashStream64;
import io.github.twatcache.spi.ValueCodec.Proof;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value that came as a stream, as it was when it was opened. Its checksum, and its tag where values are signed, are looked
 * at with its last byte, which is not handed out where they do not fit. For one thread.
 */
final class StreamReader extends InputStream {
    private final Row row;
    private final InputStream file;
    private final HashStream64 hash = Seal.hash();
    private final @Nullable Proof proof;
    private long left;
    private final Damaged found;
    private @Nullable IOException damaged;

    /** Hears of damage. */
    @FunctionalInterface
    interface Damaged {
        /**
         * Does about it what can be done.
         *
         * @param why what is wrong
         * @return what was done, and what is to be done
         */
        String found(String why);
    }

    /**
     * Begins.
     *
     * @param proof what the tag is made with; {@code null} where values are not signed
     * @param row of which entry
     * @param file its value file, which is closed with this
     * @param found hears of damage
     */
    StreamReader(@Nullable Proof proof, Row row, InputStream file, Damaged found) throws IOException {
        this.row = row;
        this.file = file;
        this.found = found;
        this.proof = proof;
        this.left = row.length() - (proof == null ? 0 : Proof.TAG_BYTES);
        if (left <= 0) {
            verify();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, bytes.length);
        if (damaged != null) {
            throw damaged;
        }
        if (count == 0) {
            return 0;
        }
        if (left <= 0) {
            return -1;
        }
        int read = file.read(bytes, from, (int) Math.min(count, left));
        if (read < 0) {
            throw damage("its file ends too early");
        }
        hash.putBytes(bytes, from, read);
        if (proof != null) {
            proof.update(bytes, from, read);
        }
        left -= read;
        if (left == 0) {
            verify();
        }
        return read;
    }

    private void verify() throws IOException {
        if (proof != null) {
            byte[] tag = file.readNBytes(Proof.TAG_BYTES);
            hash.putBytes(tag, 0, tag.length);
            if (!MessageDigest.isEqual(proof.tag(), tag)) {
                throw damage("its tag is wrong");
            }
        }
        if (!row.sealed(new ValueFiles.Sum(hash.getAsLong(), row.length()))) {
            throw damage("its checksum is wrong");
        }
    }

    private IOException damage(String why) {
        IOException thrown;
        try {
            thrown = new IOException("a stored stream is damaged: " + why + "; " + found.found(why));
        } catch (RuntimeException notNow) {
            // The cache may be closed by now, or the database busy: the next reader finds the damage too.
            thrown = new IOException("a stored stream is damaged: " + why + "; write it anew", notNow);
        }
        damaged = thrown;
        return thrown;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(left, file.available());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
