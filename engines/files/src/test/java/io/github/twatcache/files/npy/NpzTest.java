package io.github.twatcache.files.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.error.PathException;
import io.github.twatcache.error.SerializationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings({"ArrayRecordComponent", "UnicodeInCode"}) // are what is tested
class NpzTest {
    record Mesh(double[][] points, int[] faces, String name, long seed, boolean closed, Character kind) {}

    record Signal(Complex128 spectrum, String[] labels, short[][][][] cube) {}

    record Größe(float[] wert, double 単位) {}

    record Checked(int[] values) {
        Checked {
            if (values.length > 3) {
                throw new IllegalArgumentException("too many");
            }
        }
    }

    record Loose(Object values, Number scale) {}

    record Numbers(double a, int b) {}

    record Nested(double[] values, List<String> names) {}

    private static final Mesh MESH =
            new Mesh(new double[][] {{1, -0.0}, {Double.NaN, 4}}, new int[] {1, 2, 3}, "cube ß", -7, true, 'x');

    static Written write(Record value, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            return Npz.write(value, channel);
        }
    }

    static <R extends Record> R read(Path file, Class<R> type) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return Npz.read(channel, type);
        }
    }

    @Test
    void records_comeBackAsTheyWere(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("a.npz");
        Signal signal = new Signal(Complex128.of(1, 2), new String[] {"a", "𝔘"}, new short[1][2][3][4]);

        Written written = write(MESH, file);
        write(signal, directory.resolve("b.npz"));
        Mesh mesh = read(file, Mesh.class);

        assertThat(Described.bytes(mesh.points())).isEqualTo(Described.bytes(MESH.points()));
        assertThat(mesh.faces()).containsExactly(1, 2, 3);
        assertThat(List.of(mesh.name(), mesh.seed(), mesh.closed(), mesh.kind()))
                .containsExactly("cube ß", -7L, true, 'x');
        assertThat(written.bytes()).isEqualTo(Files.size(file));
        try (FileChannel channel = FileChannel.open(file)) {
            assertThat(Npz.read(channel, written, Mesh.class).faces()).containsExactly(1, 2, 3);
        }
        Signal again = read(directory.resolve("b.npz"), Signal.class);
        assertThat(again.spectrum()).isEqualTo(signal.spectrum());
        assertThat(again.labels()).containsExactly("a", "𝔘");
        assertThat(again.cube()[0][1]).isDeepEqualTo(new short[3][4]);
    }

    @Test
    void componentsOfGeneralTypes_takeWhatTheyHeld(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("a.npz");
        write(new Loose(new float[] {1}, 2.5f), file);

        Loose loose = read(file, Loose.class);

        assertThat(loose.values()).isInstanceOf(float[].class);
        assertThat(loose.scale()).isEqualTo(2.5f);
    }

    @Test
    void recordsWithoutArrays_orWithMoreThanArraysAndSingleValues_doNotFit() {
        assertThat(Npz.fits(MESH)).isTrue();
        assertThat(Npz.fits(new Numbers(1, 2))).isFalse();
        assertThat(Npz.fits(new Nested(new double[1], List.of()))).isFalse();
        assertThat(Npz.fits(new Loose(new int[1], null))).isFalse();
        assertThat(Npz.fits(new Loose(new int[][] {{1}, {}}, 1))).isFalse();
        assertThat(Npz.fits(new Mesh(new double[0][], new int[0], "ends in zero\0", 1, true, 'x')))
                .isFalse();
        assertThat(Npz.fits(Complex128.of(1, 2))).isFalse();
        assertThat(Npz.fits(new double[1])).isFalse();
        assertThat(Npz.fits(null)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> Npz.write(new Numbers(1, 2), null));
    }

    @Test
    void anotherRecord_isRefused_namingTheComponent(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("a.npz");
        write(new Checked(new int[3]), file);

        assertThatThrownBy(() -> read(file, Mesh.class))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("double[][]")
                .hasMessageContaining("component points");
        write(new Loose(new int[4], 1), directory.resolve("b.npz"));
        assertThatThrownBy(() -> read(directory.resolve("b.npz"), Checked.class))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("2 arrays");
    }

    @Test
    void whatTheConstructorRefuses_isRefused(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("a.npz");
        NumPy.run("np.savez(sys.argv[1], values=np.zeros(4, 'i4'))", file);

        assertThatThrownBy(() -> read(file, Checked.class))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("too many");
    }

    @Test
    void namesOfEveryScript_areKept_andReadByNumPy(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("a.npz");
        write(new Größe(new float[] {1, 2}, 3), file);

        assertThat(read(file, Größe.class).単位()).isEqualTo(3);
        assertThat(NumPy.run("print(sorted(np.load(sys.argv[1]).files))", file)).containsExactly("['wert', '単位']");
    }

    @Test
    void numPy_readsWhatIsWritten_andPythonFindsTheArchiveSound(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("a.npz");
        write(MESH, file);

        List<String> lines = NumPy.run("""
                import zipfile
                print(zipfile.ZipFile(sys.argv[1]).testzip(), {i.compress_type for i in zipfile.ZipFile(sys.argv[1]).infolist()})
                a = np.load(sys.argv[1])
                for name in a.files:
                    line(name, a[name])
                """, file);

        assertThat(lines)
                .containsExactly(
                        "None {0}",
                        "points <f8 2x2 " + Described.digest(MESH.points()),
                        "faces <i4 3 " + Described.digest(MESH.faces()),
                        "name <U6 - " + Described.digest("cube ß"),
                        "seed <i8 - " + Described.digest(-7L),
                        "closed |b1 - " + Described.digest(true),
                        "kind <u2 - " + Described.digest('x'));
        // And what reads archives from front to back.
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            int entries = 0;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries++;
                zip.transferTo(java.io.OutputStream.nullOutputStream());
                assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
            }
            assertThat(entries).isEqualTo(6);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"savez", "savez_compressed"})
    void whatNumPySaves_isRead(String how, @TempDir Path directory) {
        Path file = directory.resolve("a.npz");
        List<String> written = NumPy.run("""
                rng = np.random.default_rng(6)
                arrays = {
                    'a': np.asarray(rng.integers(0, 5, (70, 90)).astype('>i4'), order='F'),
                    'b/../c': np.array('text'),
                    '語': rng.integers(2, size=100000).astype(bool),
                    'd': np.zeros((0, 3)),
                    'e': np.tile(np.array([1.5, np.nan]), 100000),
                    'f': rng.random((3, 4, 5)) + 1j,
                }
                getattr(np, sys.argv[2])(sys.argv[1], **arrays)
                for name in arrays:
                    line(name, arrays[name])
                """, file, how);

        assertThat(Npz.read(file).entrySet().stream()
                        .map(array -> array.getKey() + ' ' + Described.digest(array.getValue())))
                .containsExactlyElementsOf(written.stream()
                        .map(line -> line.replaceAll(" .* ", " "))
                        .toList());
    }

    @Test
    void anArchiveOfNothing_isRead_andAMissingOneIsAnError(@TempDir Path directory) {
        Path file = directory.resolve("a.npz");
        NumPy.run("np.savez(sys.argv[1])", file);

        assertThat(Npz.read(file)).isEmpty();
        assertThatThrownBy(() -> Npz.read(directory.resolve("none.npz"))).isInstanceOf(PathException.class);
    }

    /** The written file has no time in it: the same record gives the same bytes. */
    @Test
    void theSameRecord_givesTheSameBytes(@TempDir Path directory) throws IOException {
        assertThat(write(MESH, directory.resolve("a.npz"))).isEqualTo(write(MESH, directory.resolve("b.npz")));
        try (InputStream a = Files.newInputStream(directory.resolve("a.npz"))) {
            assertThat(a).hasSameContentAs(Files.newInputStream(directory.resolve("b.npz")));
        }
    }
}
