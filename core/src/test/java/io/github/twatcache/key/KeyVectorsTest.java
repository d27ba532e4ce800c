package io.github.twatcache.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The bytes of version 1, pinned: a change of them would lose every stored entry of every user. */
final class KeyVectorsTest {
    /** A line of the file: a name, the bytes, and what the independent decoder reads from them. */
    private record Vector(String name, String hex, String words) {}

    private static List<Vector> pinned() throws IOException {
        try (InputStream in = requireNonNull(KeyVectorsTest.class.getResourceAsStream("key-vectors.hex"))) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" \\| ", 3))
                    .map(parts -> new Vector(parts[0], parts[1], parts[2]))
                    .toList();
        }
    }

    private static List<Vector> written() {
        List<Vector> written = new ArrayList<>();
        KeyVectors.keys()
                .forEach((name, value) ->
                        written.add(vector(name, CanonicalEncoding.standard().encode(value))));
        CanonicalCodec codec = new CanonicalCodec();
        KeyVectors.values().forEach((name, value) -> written.add(vector(name, codec.encode(value))));
        CanonicalEncoding hostile = CanonicalEncoding.of(Encoders.standard(), KeyDigest.SHA_256);
        written.add(vector("bytes-bulk-sha-256", hostile.encode(new byte[5000])));
        written.add(vector(
                "ints-bulk-sha-256", hostile.encode(IntStream.range(0, 5000).toArray())));
        return written;
    }

    private static Vector vector(String name, byte[] bytes) {
        return new Vector(name, HexFormat.of().formatHex(bytes), IndependentDecoder.words(bytes));
    }

    @Test
    void encode_namedValues_givesThePinnedBytesAndWords() throws IOException {
        assertThat(written()).containsExactlyElementsOf(pinned());
    }

    @Test
    void words_pinnedBytes_areThePinnedWords() throws IOException {
        for (Vector vector : pinned()) {
            assertThat(IndependentDecoder.words(HexFormat.of().parseHex(vector.hex())))
                    .as(vector.name())
                    .isEqualTo(vector.words());
        }
    }

    @Test
    void pinned_bytes_allDiffer() throws IOException {
        List<String> bytes = pinned().stream().map(Vector::hex).toList();
        assertThat(new TreeSet<>(bytes)).hasSameSizeAs(bytes);
    }

    /**
     * Prints the file, for the day when a new vector is added to its end.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        System.out.println("# name | bytes | what they say; docs/key-format.md, version 1");
        written().forEach(v -> System.out.println(v.name() + " | " + v.hex() + " | " + v.words()));
    }
}
