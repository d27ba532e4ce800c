package io.github.twatcache.files.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.error.SerializationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are not what was written: refused, each by the one exception, whatever is wrong with them. */
class NpyDamageTest {
    static Stream<Arguments> values() {
        return Stream.<Object>of(
                        new double[] {1, -0.0, Double.NaN},
                        new int[][] {{1, 2}, {3, 4}, {5, 6}},
                        new boolean[] {true, false, true},
                        new String[] {"one", "", "語"},
                        Complex64.of(1, 2, 3, 4),
                        new byte[0])
                // An array of arrays is one argument.
                .map(value -> Arguments.of(value));
    }

    @ParameterizedTest
    @MethodSource("values")
    void truncatedAtAnyByte_isRefused(Object value) {
        byte[] whole = NpyFiles.bytes(value);
        Written written = NpyFiles.written(whole);

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> NpyFiles.value(cut)).isInstanceOf(SerializationException.class);
            assertThatThrownBy(() -> NpyFiles.value(cut, written)).isInstanceOf(SerializationException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void anyByteFlipped_isRefused_whereItIsVerified_andNothingWorseElsewhere(Object value) {
        byte[] whole = NpyFiles.bytes(value);
        Written written = NpyFiles.written(whole);

        for (int at = 0; at < whole.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = whole.clone();
                flipped[at] ^= (byte) (1 << bit);
                assertThatThrownBy(() -> NpyFiles.value(flipped, written)).isInstanceOf(SerializationException.class);
                NpyFiles.readable(flipped);
            }
        }
    }

    @Test
    void moreBytesThanWereWritten_areRefused() {
        byte[] whole = NpyFiles.bytes(new double[3]);

        assertThatThrownBy(() -> NpyFiles.value(Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("needs 24 bytes, and 25 follow");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<f8 | (1000000000000,) | 8",
                "<f8 | (9223372036854775807,) | 8",
                "<f8 | (4294967296, 4294967296) | 0",
                "<f8 | (3037000500, 3037000500) | 0",
                "<f8 | (1000000000, 0) | 0",
                "<f8 | (100000, 100000, 100000, 0) | 0",
                "<f8 | (0, 99999999999) | 0",
                "<f8 | (1, 1, 1, 1, 1) | 8",
                "<U536870911 | (1,) | 4",
                "<U536870911 | (4294967296,) | 0",
                "<c16 | (2000000000,) | 0",
                "<c16 | (4000000000, 0) | 0"
            })
    void shapes_thatTheBytesDoNotWarrant_takeNoMemory(String descr, String shape, int dataBytes) {
        assertThatThrownBy(() -> NpyFiles.value(NpyFiles.file(descr, shape, dataBytes)))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void emptyRows_upToALimit_areMade() {
        assertThat((double[][]) NpyFiles.value(NpyFiles.file("<f8", "(65536, 0)", 0)))
                .hasDimensions(65536, 0);
        assertThat((double[][]) NpyFiles.value(NpyFiles.file("<f8", "(0, 3)", 0)))
                .isEmpty();
    }

    @Test
    void aLengthThatIsOnlySaid_isComparedWithTheFile(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("a.npy"), NpyFiles.file("<f8", "(1000000000,)", 8));

        try (FileChannel channel = FileChannel.open(file)) {
            assertThatThrownBy(() -> Npy.read(channel, 8_000_000_000L + channel.size() - 8))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("bytes, and 8,000");
        }
    }

    @Test
    void booleans_andCharacters_thatAreNone_areRefused() {
        byte[] booleans = NpyFiles.bytes(new boolean[] {true});
        booleans[booleans.length - 1] = 2;
        byte[] text = NpyFiles.bytes(new String[] {"a"});
        text[text.length - 2] = 0x11;

        assertThatThrownBy(() -> NpyFiles.value(booleans)).hasMessageContaining("boolean");
        assertThatThrownBy(() -> NpyFiles.value(text)).hasMessageContaining("character");
    }

    @Test
    void versions_andLengths_thatNobodyWrites_areRefused() {
        byte[] future = NpyFiles.bytes(new int[1]);
        future[6] = 4;
        byte[] minor = NpyFiles.bytes(new int[1]);
        minor[7] = 1;
        byte[] long2 = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, -1, '{'};

        assertThatThrownBy(() -> NpyFiles.value(future)).hasMessageContaining("version 4.0");
        assertThatThrownBy(() -> NpyFiles.value(minor)).hasMessageContaining("version 1.1");
        assertThatThrownBy(() -> NpyFiles.value(Arrays.copyOf(long2, 100_000)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("4,294,967,295 bytes long");
    }

    /** A channel may hand over as few bytes as it likes. */
    @Test
    void aChannelThatGivesOneByteAtATime_isReadWhole() throws IOException {
        double[] values = new RandomArrays(5).random(50_000);
        byte[] whole = NpyFiles.bytes(values);
        ByteBuffer rest = ByteBuffer.wrap(whole);
        ReadableByteChannel slow = new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer to) {
                if (!rest.hasRemaining()) {
                    return -1;
                }
                to.put(rest.get());
                return 1;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };

        Object read = Npy.read(slow, NpyFiles.written(whole));

        assertThat(Described.bytes(read)).isEqualTo(Described.bytes(values));
    }
}
