package io.github.twatcache.compress;

import io.github.twatcache.spi.Compressor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The compressor {@value #NAME}: what every program reads, by the JDK, at level 6 or the one that is set. Neither as small nor
 * as fast as {@link Zstandard}.
 */
public final class Gzip implements Compressor {
    /** The compressor's name. */
    public static final String NAME = "gzip";

    private static final int LEVEL = 6;
    private static final int MOST = 9;
    private static final int BUFFER = 1 << 16;

    /** Deflate makes no more than 1,032 bytes of one. */
    private static final long MOST_FROM_A_BYTE = 1_032;

    private final int level;

    /** Creates the compressor; {@link java.util.ServiceLoader} does. */
    public Gzip() {
        this(LEVEL);
    }

    private Gzip(int level) {
        this.level = level;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Levels> levels() {
        return Optional.of(new Levels(1, MOST));
    }

    @Override
    public Compressor at(int other) {
        return new Gzip(other);
    }

    @Override
    public byte[] compress(byte[] bytes) {
        ByteArrayOutputStream small = new ByteArrayOutputStream(bytes.length / 2 + 64);
        try (Levelled out = new Levelled(small, level)) {
            out.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return small.toByteArray();
    }

    private static final class Levelled extends GZIPOutputStream {
        Levelled(ByteArrayOutputStream to, int level) throws IOException {
            super(to, BUFFER);
            def.setLevel(level);
        }
    }

    @Override
    public byte[] decompress(byte[] bytes, int offset, int length, int expected) {
        if (expected < 0 || expected > length * MOST_FROM_A_BYTE) {
            throw Damage.of(NAME, null);
        }
        byte[] out = new byte[expected];
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes, offset, length), BUFFER)) {
            if (in.readNBytes(out, 0, expected) != expected || in.read() >= 0) {
                throw Damage.of(NAME, null);
            }
        } catch (IOException damaged) {
            throw Damage.of(NAME, damaged);
        }
        return out;
    }
}
