package io.github.twatcache.examples;

import io.github.twatcache.Cache;
import io.github.twatcache.Streams;
import io.github.twatcache.TwatCache;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/** Values are large: each look-up brings all of one onto the heap. */
public final class LargeValues {
    private static final int PIECE = 8_192;
    private static final int PIECES = 2_048;

    private LargeValues() {}

    /** Writes 16 MiB, a piece at a time. */
    private static void write(OutputStream out) throws IOException {
        byte[] piece = new byte[PIECE];
        for (int i = 0; i < PIECES; i++) {
            piece[0] = (byte) i;
            out.write(piece);
        }
    }

    /** The sum of all bytes. */
    private static long sum(byte[] bytes, int length) {
        long sum = 0;
        for (int i = 0; i < length; i++) {
            sum += bytes[i];
        }
        return sum;
    }

    /**
     * Runs the example.
     *
     * @param args none
     * @throws IOException when the directory cannot be made or removed
     */
    public static void main(String... args) throws IOException {
        try (TemporaryDirectory temporary = TemporaryDirectory.make();
                TwatCache twat = TwatCache.builder()
                        .directory(temporary.path().resolve("cache"))
                        .open()) {
            Cache<String, byte[]> films =
                    twat.disk("films").types(String.class, byte[].class).build();
            Streams<String> streams = Streams.of(films);
            streams.write("film", LargeValues::write);

            byte[] whole = Objects.requireNonNull(films.getIfPresent("film"));
            System.out.println("before: " + whole.length + " bytes on the heap");
            long read = 0;
            try (InputStream in = streams.open("film").orElseThrow()) {
                byte[] piece = new byte[PIECE];
                for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                    read += sum(piece, n);
                }
            }
            System.out.println("after: " + PIECE + " bytes on the heap");
            Claim.that("a look-up brings all of it", whole.length == PIECE * PIECES);
            Claim.that("a stream brings a piece at a time, of the same value", read == sum(whole, whole.length));
        }
    }
}
