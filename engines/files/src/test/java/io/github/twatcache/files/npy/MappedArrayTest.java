package io.github.twatcache.files.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.error.PathException;
import io.github.twatcache.error.SerializationException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedArrayTest {
    @TempDir
    Path directory;

    private Path written(Object value) {
        Path file = directory.resolve(value.getClass().getSimpleName().replace("[]", "s") + ".npy");
        Npy.write(value, file);
        return file;
    }

    @Test
    void whatTheHeaderSays_isTold() {
        try (MappedArray array = MappedArray.open(written(new double[][] {{1, 2, 3}, {4, 5, 6}}))) {
            assertThat(array.dtype()).isEqualTo(Dtype.FLOAT64);
            assertThat(array.descr()).isEqualTo("<f8");
            assertThat(array.shape()).containsExactly(2, 3);
            assertThat(array.size()).isEqualTo(6);
            assertThat(array.fortranOrder()).isFalse();
            assertThat(array.byteOrder()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
            assertThat(array.path()).contains(directory.resolve("doubless.npy"));
            assertThat(array.toString()).isEqualTo("MappedArray[<f8 (2, 3)]");
        }
    }

    @Test
    void elements_areFoundByIndexAndPosition() {
        try (MappedArray array = MappedArray.open(written(new double[][] {{1, 2, 3}, {4, 5, -0.0}}))) {
            assertThat(array.position(1, 0)).isEqualTo(3);
            assertThat(array.getDouble(array.position(1, 1))).isEqualTo(5);
            assertThat(Double.doubleToRawLongBits(array.getDouble(5))).isEqualTo(Long.MIN_VALUE);
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> array.getDouble(6));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> array.getDouble(-1));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> array.position(0, 3));
            assertThatIllegalArgumentException().isThrownBy(() -> array.position(1));
        }
    }

    @Test
    void numbers_areWidened_neverNarrowed() {
        try (MappedArray bytes = MappedArray.open(written(new byte[] {-1}));
                MappedArray chars = MappedArray.open(written(new char[] {0xFFFF}));
                MappedArray longs = MappedArray.open(written(new long[] {Long.MIN_VALUE}));
                MappedArray doubles = MappedArray.open(written(new double[] {1.5}))) {
            assertThat(bytes.getLong(0)).isEqualTo(-1);
            assertThat(bytes.getDouble(0)).isEqualTo(-1);
            assertThat(chars.getLong(0)).isEqualTo(65535);
            assertThat(longs.getLong(0)).isEqualTo(Long.MIN_VALUE);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> longs.getDouble(0))
                    .withMessageContaining("INT64");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> doubles.getLong(0))
                    .withMessageContaining("FLOAT64");
            assertThatIllegalArgumentException().isThrownBy(() -> doubles.getBoolean(0));
            assertThatIllegalArgumentException().isThrownBy(() -> doubles.getString(0));
        }
    }

    @Test
    void unsignedBytes_areNumbersFrom0To255() throws IOException {
        byte[] file = NpyFiles.file("|u1", "(1,)", 1);
        file[file.length - 1] = (byte) 200;
        Path path = Files.write(directory.resolve("u1.npy"), file);

        try (MappedArray array = MappedArray.open(path)) {
            assertThat(array.getLong(0)).isEqualTo(200);
            assertThat(array.getDouble(0)).isEqualTo(200);
            assertThat(array.toArray()).isEqualTo(new byte[] {(byte) 200});
        }
    }

    @Test
    void ranges_areReadOnlyBuffers() {
        try (MappedArray doubles = MappedArray.open(written(new double[] {1, 2, 3, 4}));
                MappedArray floats = MappedArray.open(written(new float[] {1, 2}));
                MappedArray longs = MappedArray.open(written(new long[] {1, 2}));
                MappedArray ints = MappedArray.open(written(new int[] {1, 2}));
                MappedArray shorts = MappedArray.open(written(new short[] {1, 2}));
                MappedArray chars = MappedArray.open(written(new char[] {'a', 'b'}));
                MappedArray complex = MappedArray.open(written(Complex128.of(1, 2, 3, 4)))) {
            double[] middle = new double[2];
            doubles.doubles(1, 2).get(middle);
            assertThat(middle).containsExactly(2, 3);
            assertThat(doubles.doubles(4, 0).remaining()).isZero();
            assertThat(floats.floats(1, 1).get()).isEqualTo(2);
            assertThat(longs.longs(1, 1).get()).isEqualTo(2);
            assertThat(ints.ints(1, 1).get()).isEqualTo(2);
            assertThat(shorts.shorts(1, 1).get()).isEqualTo((short) 2);
            assertThat(chars.chars(0, 2).toString()).isEqualTo("ab");
            assertThat(complex.doubles(1, 1).get(1)).isEqualTo(4);
            assertThat(ints.bytes(0, 2).getInt(4)).isEqualTo(2);
            assertThatThrownBy(() -> doubles.doubles(0, 1).put(7)).isInstanceOf(ReadOnlyBufferException.class);
            assertThatIllegalArgumentException().isThrownBy(() -> doubles.ints(0, 1));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> doubles.doubles(3, 2));
        }
    }

    @Test
    void bigEndianFiles_areReadInTheirOrder() {
        Path file = directory.resolve("a.npy");
        NumPy.run("np.save(sys.argv[1], np.array([1.5, -2], '>f8'))", file);

        try (MappedArray array = MappedArray.open(file)) {
            assertThat(array.byteOrder()).isEqualTo(ByteOrder.BIG_ENDIAN);
            assertThat(array.getDouble(0)).isEqualTo(1.5);
            assertThat(array.doubles(0, 2).get(1)).isEqualTo(-2);
            assertThat(array.toArray()).isEqualTo(new double[] {1.5, -2});
        }
    }

    @Test
    void emptyArrays_andThoseWithoutDimensions_areMapped() throws IOException {
        Path single = Files.write(directory.resolve("single.npy"), NpyFiles.file("<i4", "()", 4));

        try (MappedArray empty = MappedArray.open(written(new double[0]));
                MappedArray one = MappedArray.open(single)) {
            assertThat(empty.size()).isZero();
            assertThat(empty.toArray()).isEqualTo(new double[0]);
            assertThat(empty.doubles(0, 0).hasRemaining()).isFalse();
            assertThat(one.size()).isEqualTo(1);
            assertThat(one.getLong(one.position())).isZero();
            assertThat(one.toArray()).isEqualTo(0);
        }
    }

    @Test
    void damage_isFoundByVerify_andAWrongLengthOrHeaderWhenOpened() throws IOException {
        Path file = directory.resolve("a.npy");
        Written written = Npy.write(new double[200_000], file);
        try (MappedArray array = MappedArray.open(file, written)) {
            array.verify();
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[1_000_000] ^= 1;
        Files.write(file, bytes);

        try (MappedArray array = MappedArray.open(file, written)) {
            assertThatThrownBy(array::verify)
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("damaged");
        }
        bytes[3] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> MappedArray.open(file, written))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("a.npy");
        Files.write(file, new byte[10]);
        assertThatThrownBy(() -> MappedArray.open(file, written)).hasMessageContaining("10 bytes, and 1,600,128");
        Files.write(file, new byte[0]);
        assertThatThrownBy(() -> MappedArray.open(file)).isInstanceOf(SerializationException.class);
        assertThatThrownBy(() -> MappedArray.open(directory.resolve("none.npy")))
                .isInstanceOf(PathException.class);
    }

    @Test
    void withoutKnowingWhatWasWritten_nothingIsVerified() {
        try (MappedArray array = MappedArray.open(written(new int[1]))) {
            assertThatIllegalStateException().isThrownBy(array::verify).withMessageContaining("what writing returned");
        }
    }

    @Test
    void afterClose_everyUseIsAnError() {
        MappedArray array = MappedArray.open(written(new double[3]), NpyFiles.written(NpyFiles.bytes(new double[3])));
        assertThat(array.isClosed()).isFalse();

        array.close();
        array.close();

        assertThat(array.isClosed()).isTrue();
        assertThat(array.size()).isEqualTo(3);
        List<Runnable> uses = List.of(
                () -> array.getDouble(0),
                () -> array.doubles(0, 1),
                () -> array.bytes(0, 3),
                array::toArray,
                array::verify,
                array::digest,
                () -> Npy.write(array, directory.resolve("b.npy")));
        for (Runnable use : uses) {
            assertThatIllegalStateException().isThrownBy(use::run).withMessageContaining("closed");
        }
        assertThat(directory.resolve("b.npy")).doesNotExist();
    }

    @Test
    void aMappedArray_isWrittenAsTheFileThatItIs() throws IOException {
        Path file = directory.resolve("a.npy");
        NumPy.run("np.save(sys.argv[1], np.asarray(np.arange(60000, dtype='>i2').reshape(300, 200), order='F'))", file);

        try (MappedArray array = MappedArray.open(file)) {
            assertThat(Npy.fits(array)).isTrue();
            Written written = Npy.write(array, directory.resolve("b.npy"));

            assertThat(directory.resolve("b.npy")).hasSameBinaryContentAs(file);
            assertThat(NpyFiles.written(Files.readAllBytes(file))).isEqualTo(written);
        }
    }

    @Test
    void equalContent_hasEqualDigests_andOtherContentOthers() throws IOException {
        Path file = directory.resolve("a.npy");
        Npy.write(new double[100_000], file);
        Path copy = Files.copy(file, directory.resolve("b.npy"));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] = 1;
        Path changed = Files.write(directory.resolve("c.npy"), bytes);
        Path shaped = directory.resolve("d.npy");
        Npy.write(new double[1][100_000], shaped);

        List<String> digests = new ArrayList<>();
        for (Path each : List.of(file, copy, changed, shaped)) {
            try (MappedArray array = MappedArray.open(each)) {
                digests.add(array.digest());
            }
        }

        assertThat(digests.get(0)).isEqualTo(digests.get(1)).matches("[0-9a-f]{32}");
        assertThat(digests.subList(1, 4)).doesNotHaveDuplicates();
    }

    /** What a memory segment can do and a mapped buffer cannot, out of the jar on a newer JVM. */
    @Test
    void aMemorySegment_isThereOnNewerJvms_andRefusedOnOlderOnes() throws ReflectiveOperationException {
        try (MappedArray array = MappedArray.open(written(new double[] {1, 2, 3}))) {
            assertThatIllegalArgumentException().isThrownBy(() -> array.as(String.class));
            if (Segments.HERE) {
                Object segment = array.as(Segments.type());
                assertThat(Segments.bytes(segment)).isEqualTo(24);
                assertThat(Segments.readOnly(segment)).isTrue();
                assertThat(Segments.buffer(segment)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .getDouble(8))
                        .isEqualTo(2);
            }
        }
    }
}
