package io.github.twatcache.files.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.error.PathException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NpyTest {
    static Stream<Arguments> fitting() {
        return Stream.<Object>of(
                        new boolean[] {true, false},
                        new byte[] {-128, 127},
                        new short[] {-1, 300},
                        new char[] {'a', 0xFFFF},
                        new int[] {Integer.MIN_VALUE},
                        new long[] {Long.MAX_VALUE},
                        new float[] {-0.0f, Float.intBitsToFloat(0x7FA0_0001)},
                        new double[] {-0.0, Double.longBitsToDouble(0x7FF4_0000_0000_0001L)},
                        new String[] {"", "two", "语言", "\uD835\uDD18", "\uDC00", "a\0b"},
                        new double[0],
                        new double[3][0],
                        new int[2][3][4],
                        new long[2][1][2][3],
                        new String[][] {{"a"}, {"bcd"}},
                        new String[0],
                        Complex64.of(1, -0.0f),
                        new Complex128(new double[12], 2, 3),
                        new Complex128(new double[2]))
                // An array of arrays is one argument.
                .map(value -> Arguments.of(value));
    }

    @ParameterizedTest
    @MethodSource("fitting")
    void whatFits_comesBackAsItWas(Object value) {
        assertThat(Npy.fits(value)).isTrue();

        Object read = NpyFiles.value(NpyFiles.bytes(value));

        assertThat(read.getClass()).isEqualTo(value.getClass());
        assertThat(Described.shape(read)).isEqualTo(Described.shape(value));
        assertThat(Described.bytes(read)).isEqualTo(Described.bytes(value));
    }

    @Test
    void jaggedArrays_rowsThatAreMissing_andOtherValues_doNotFit() {
        assertThat(Npy.fits(new double[][] {{1, 2}, {3}})).isFalse();
        assertThat(Npy.fits(new double[][] {{}, {3}})).isFalse();
        assertThat(Npy.fits(new double[][] {{1}, null})).isFalse();
        assertThat(Npy.fits(new int[][][] {{{1}}, {{2}, {3}}})).isFalse();
        assertThat(Npy.fits(new int[1][1][1][1][1])).isFalse();
        assertThat(Npy.fits(new String[] {"a", null})).isFalse();
        assertThat(Npy.fits(new String[] {"a", "b\0"})).isFalse();
        assertThat(Npy.fits(new Object[] {"a"})).isFalse();
        assertThat(Npy.fits(new Double[] {1.0})).isFalse();
        assertThat(Npy.fits(1.0)).isFalse();
        assertThat(Npy.fits("text")).isFalse();
        assertThat(Npy.fits(null)).isFalse();
    }

    @Test
    void textOfVeryUnequalLengths_doesNotFit_whereAFixedWidthWouldWasteTooMuch() {
        String[] words = new String[100_000];
        Arrays.fill(words, "word");
        assertThat(Npy.fits(words)).isTrue();

        words[7] = "x".repeat(100_000);
        assertThat(Npy.fits(words)).isFalse();

        assertThat(Npy.fits(new String[] {"", "x".repeat(100_000)})).isTrue();
        assertThat(Npy.fits(new String[] {"x".repeat(1 << 20)})).isTrue();
        assertThat(Npy.fits(new String[] {"x".repeat((1 << 20) + 1)})).isFalse();
    }

    @Test
    void whatDoesNotFit_isRefused_namingItsClass() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NpyFiles.bytes(new double[][] {{1}, {}}))
                .withMessageContaining("double[][]")
                .withMessageContaining("fits");
    }

    @Test
    void anEmptyArrayOfRows_losesNothingButTheLengthOfItsRows() {
        assertThat(new String(NpyFiles.bytes(new double[0][7]), java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("'shape': (0, 0)");
        assertThat((double[][]) NpyFiles.value(NpyFiles.bytes(new double[0][7])))
                .isEmpty();
        assertThat((double[][][]) NpyFiles.value(NpyFiles.file("<f8", "(2, 0, 5)", 0)))
                .isDeepEqualTo(new double[2][0][]);
    }

    @Test
    void arraysWithoutDimensions_areTheirOneValue() {
        assertThat(NpyFiles.value(NpyFiles.file("<f8", "()", 8))).isEqualTo(0.0);
        assertThat(NpyFiles.value(NpyFiles.file("|b1", "()", 1))).isEqualTo(false);
        assertThat(NpyFiles.value(NpyFiles.file(">i4", "()", 4))).isEqualTo(0);
        assertThat(NpyFiles.value(NpyFiles.file("<u2", "()", 2))).isEqualTo('\0');
        assertThat(NpyFiles.value(NpyFiles.file("<U3", "()", 12))).isEqualTo("");
        assertThat(NpyFiles.value(NpyFiles.file("<c8", "()", 8))).isEqualTo(new Complex64(new float[2]));
    }

    @Test
    void whatWritingReturns_isTheFile(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("a.npy");
        double[][] value = new double[500][300];
        value[499][299] = 7;

        Written written = Npy.write(value, file);

        assertThat(written.bytes()).isEqualTo(Files.size(file)).isEqualTo(128 + 500 * 300 * 8);
        assertThat(NpyFiles.written(Files.readAllBytes(file))).isEqualTo(written);
    }

    @Test
    void aFileThatExists_isNotTouched(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("a.npy"), "mine");

        assertThatThrownBy(() -> Npy.write(new int[3], file))
                .isInstanceOf(PathException.class)
                .hasMessageContaining(file.toString());
        assertThat(file).hasContent("mine");
    }

    @Test
    void aWriteThatFails_leavesNoFile(@TempDir Path directory) {
        Path file = directory.resolve("a.npy");

        assertThatIllegalArgumentException().isThrownBy(() -> Npy.write("no array", file));
        assertThat(file).doesNotExist();
        assertThatThrownBy(() -> Npy.read(file))
                .isInstanceOf(PathException.class)
                .hasMessageContaining("a.npy");
    }

    @Test
    void rowsThatChangeMeanwhile_areAnError_notADamagedFile() {
        double[][] value = new double[40_000][1];
        WritableByteChannel meddling = new WritableByteChannel() {
            @Override
            public int write(ByteBuffer bytes) {
                value[39_999] = new double[2];
                int count = bytes.remaining();
                bytes.position(bytes.limit());
                return count;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };

        assertThatThrownBy(() -> Npy.write(value, meddling))
                .isInstanceOf(io.github.twatcache.error.SerializationException.class)
                .hasMessageContaining("changed while it was written");
    }
}
