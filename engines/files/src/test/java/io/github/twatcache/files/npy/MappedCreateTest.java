package io.github.twatcache.files.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.error.PathException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MappedCreateTest {
    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("a.npy");
    }

    @Test
    void elements_putOneByOneAndInBulk_areThoseThatNumPyReads() {
        double[] bulk = new RandomArrays(9).random(40_000);
        try (MappedArray array = MappedArray.create(file(), new long[] {2, 20_001}, Dtype.FLOAT64, to -> {
            to.put(1.5);
            to.putAll(bulk, 0, 40_000);
            assertThat(to.left()).isEqualTo(1);
            to.put(-0.0);
        })) {
            array.verify();
            assertThat(array.getDouble(0)).isEqualTo(1.5);
            assertThat(array.position(1, 20_000)).isEqualTo(40_001);
            assertThat(NumPy.run("line('a', np.load(sys.argv[1]))", file()))
                    .containsExactly("a <f8 2x20001 " + Described.digest(array.toArray()));
            assertThat(array.toArray()).isInstanceOf(double[][].class);
        }
    }

    @Test
    void everyDataTypeOfAFixedWidth_isMade() {
        for (Dtype dtype : Dtype.values()) {
            Path file = directory.resolve(dtype + ".npy");
            MappedArray.Writer<RuntimeException> writer = switch (dtype) {
                case BOOL -> to -> to.put(true);
                case INT8, UINT8 -> to -> to.put((byte) 1);
                case INT16 -> to -> to.put((short) 1);
                case UINT16 -> to -> to.put('\1');
                case INT32 -> to -> to.put(1);
                case INT64 -> to -> to.put(1L);
                case FLOAT32 -> to -> to.put(1f);
                case FLOAT64 -> to -> to.put(1d);
                case COMPLEX64 -> to -> to.putAll(new float[] {1, 0}, 0, 2);
                case COMPLEX128 -> to -> to.putAll(new double[] {1, 0}, 0, 2);
                case UNICODE -> to -> {};
            };
            if (dtype == Dtype.UNICODE) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> MappedArray.create(file, new long[] {1}, dtype, writer));
                continue;
            }
            MappedArray.create(file, new long[] {1}, dtype, writer).close();
            assertThat(NumPy.run("a = np.load(sys.argv[1]); print(a.dtype.name.upper(), a[0] == 1)", file))
                    .containsExactly(dtype + " True");
        }
    }

    @Test
    void aFileOfItsOwn_isGoneFromTheDirectoryAtOnce_andReadableStill() throws IOException {
        Path temp = Path.of(System.getProperty("java.io.tmpdir"));
        List<Path> before = ours(temp);
        try (MappedArray array = MappedArray.create(new long[] {1000}, Dtype.INT32, to -> {
            for (int i = 0; i < 1000; i++) {
                to.put(i);
            }
        })) {
            assertThat(array.path()).isEmpty();
            assertThat(ours(temp)).isEqualTo(before);
            assertThat(array.getLong(999)).isEqualTo(999);
            assertThat(Npy.write(array, file()).bytes()).isEqualTo(Files.size(file()));
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // an open file keeps its name there
    void aFileOfItsOwn_hasNoNameWhileItIsWritten() throws IOException {
        Path temp = Path.of(System.getProperty("java.io.tmpdir"));
        List<Path> before = ours(temp);
        MappedArray.create(new long[] {1}, Dtype.INT32, to -> {
                    assertThat(ours(temp)).as("what a kill would leave").isEqualTo(before);
                    to.put(7);
                })
                .close();
    }

    private static List<Path> ours(Path temp) throws IOException {
        try (Stream<Path> files = Files.list(temp)) {
            return files.filter(file -> file.getFileName().toString().startsWith("twat-cache-"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatTheWriterThrows_isThrown_andNoFileIsLeft() throws IOException {
        IOException mine = new IOException("mine");
        List<Path> before = ours(Path.of(System.getProperty("java.io.tmpdir")));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> MappedArray.create(file(), new long[] {5}, Dtype.INT8, to -> {
                    throw mine;
                }))
                .isSameAs(mine);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> MappedArray.create(new long[] {5}, Dtype.INT8, to -> {
                    throw mine;
                }))
                .isSameAs(mine);
        assertThat(directory).isEmptyDirectory();
        assertThat(ours(Path.of(System.getProperty("java.io.tmpdir")))).isEqualTo(before);
    }

    @Test
    void tooFewElements_tooMany_andOthers_areErrors_andNoFileIsLeft() {
        long[] five = {5};
        assertThatIllegalStateException()
                .isThrownBy(() -> MappedArray.create(file(), five, Dtype.INT8, to -> to.put((byte) 1)))
                .withMessageContaining("4 more were to come");
        assertThatIllegalStateException()
                .isThrownBy(() -> MappedArray.create(file(), five, Dtype.INT8, to -> to.putAll(new byte[6], 0, 6)))
                .withMessageContaining("room for 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MappedArray.create(file(), five, Dtype.INT8, to -> to.put(1)))
                .withMessageContaining("takes byte, not int");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MappedArray.create(file(), five, Dtype.INT8, to -> to.putAll("text", 0, 1)));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> MappedArray.create(file(), five, Dtype.INT8, to -> to.putAll(new byte[3], 1, 3)));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shapes_thatCannotBe_areRefused_beforeTheWriterRuns() {
        for (long[] shape : new long[][] {{-1}, {Long.MAX_VALUE, 2}, new long[33]}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> MappedArray.create(file(), shape, Dtype.INT64, to -> {
                        throw new AssertionError("ran");
                    }));
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void emptyShapes_andSingleElements_areMade() {
        try (MappedArray empty = MappedArray.create(new long[] {0, 3}, Dtype.INT64, to -> {});
                MappedArray single = MappedArray.create(new long[0], Dtype.FLOAT32, to -> to.put(2.5f))) {
            assertThat(empty.shape()).containsExactly(0, 3);
            assertThat(empty.size()).isZero();
            assertThat(single.toArray()).isEqualTo(2.5f);
        }
    }

    @Test
    void aFileThatExists_isNotTouched() throws IOException {
        Files.writeString(file(), "mine");

        assertThatThrownBy(() -> MappedArray.create(file(), new long[] {1}, Dtype.INT8, to -> to.put((byte) 1)))
                .isInstanceOf(PathException.class);
        assertThat(file()).hasContent("mine");
    }
}
