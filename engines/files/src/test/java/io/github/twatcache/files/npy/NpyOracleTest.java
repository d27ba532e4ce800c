package io.github.twatcache.files.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.error.SerializationException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What NumPy and we write, read by the other: data type, shape, order, and every bit of every element. */
class NpyOracleTest {
    /** Arrays of every data type, shape, order and byte order that Java has a form for, in each version of the format. */
    private static final String WRITE = """
            rng = np.random.default_rng(int(sys.argv[2]))
            kinds = ['b1', 'i1', 'u1', 'i2', 'u2', 'i4', 'i8', 'f4', 'f8', 'c8', 'c16', 'U1', 'U7', 'U300']
            texts = ['', 'a', 'ß', '語', '𝔘', '\\ud800', 'x\\0y', 'long ' * 50, '\\uffff']
            for i in range(int(sys.argv[3])):
                kind = kinds[i % len(kinds)]
                order = '<>'[rng.integers(2)]
                dims = int(rng.integers(5))
                top = [1, 40000, 60, 12, 7][dims] if kind != 'U300' else 9
                shape = tuple(int(n) for n in rng.integers(0 if rng.integers(6) == 0 else 1, top + 1, dims))
                count = int(np.prod(shape, dtype=int))
                dtype = np.dtype(order + kind)
                if dtype.kind == 'U':
                    a = np.array([texts[j] for j in rng.integers(len(texts), size=count)], dtype=dtype).reshape(shape)
                elif kind == 'b1':
                    a = rng.integers(2, size=count).astype(bool).reshape(shape)
                else:
                    a = np.frombuffer(rng.bytes(count * dtype.itemsize), dtype=dtype).reshape(shape)
                a = np.asarray(a, order='CF'[rng.integers(2)])
                name = '%s/%d.npy' % (sys.argv[1], i)
                with open(name, 'wb') as f:
                    np.lib.format.write_array(f, a, version=(int(rng.integers(1, 4)), 0))
                line(name + ' ' + ('F' if a.flags.f_contiguous and not a.flags.c_contiguous else 'C'), a)
            """;

    /** Reads what we wrote, and writes it itself. */
    private static final String READ = """
            import io
            for i in range(int(sys.argv[2])):
                name = '%s/%d.npy' % (sys.argv[1], i)
                a = np.load(name)
                out = io.BytesIO()
                np.save(out, a)
                same = out.getvalue() == open(name, 'rb').read()
                line('same' if same else 'other', a)
                b = np.load(name, mmap_mode='r')
                assert digest(b) == digest(a)
            """;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void whatNumPyWrites_isRead_copiedAndMapped(long seed, @TempDir Path directory) {
        int files = 280;

        for (String written : NumPy.run(WRITE, directory, seed, files)) {
            String[] words = written.split(" ", -1);
            Path file = Path.of(words[0]);
            Object value = Npy.read(file);
            assertThat(Described.digest(value)).as(written).isEqualTo(words[4]);
            if (!words[3].contains("0")) {
                assertThat(Described.shape(value)).as(written).isEqualTo(words[3]);
            }
            try (MappedArray mapped = MappedArray.open(file)) {
                assertThat(mapped.descr()).as(written).isEqualTo(words[2]);
                assertThat(mapped.fortranOrder()).as(written).isEqualTo(words[1].equals("F"));
                assertThat(shape(mapped)).as(written).isEqualTo(words[3]);
                assertThat(Described.digest(mapped.toArray())).as(written).isEqualTo(words[4]);
                assertThat(MappedElements.digest(mapped)).as(written).isEqualTo(words[4]);
            }
        }
    }

    private static String shape(MappedArray mapped) {
        StringBuilder shape = new StringBuilder();
        for (long length : mapped.shape()) {
            shape.append(shape.isEmpty() ? "" : "x").append(length);
        }
        return shape.isEmpty() ? "-" : shape.toString();
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void whatIsWritten_isReadByNumPy_andIsWhatItWouldHaveWritten(long seed, @TempDir Path directory) {
        RandomArrays arrays = new RandomArrays(seed);
        List<String> expected = new ArrayList<>();
        int files = 200;
        for (int i = 0; i < files; i++) {
            Object array = arrays.next();
            assertThat(Npy.fits(array)).isTrue();
            Path file = directory.resolve(i + ".npy");
            Npy.write(array, file);
            expected.add(Described.shape(array) + ' ' + Described.digest(array));
            assertThat(Described.digest(Npy.read(file))).isEqualTo(Described.digest(array));
        }

        List<String> read = NumPy.run(READ, directory, files);

        assertThat(read).allMatch(line -> line.startsWith("same "));
        assertThat(read.stream().map(line -> line.substring(line.indexOf(' ', 6) + 1)))
                .containsExactlyElementsOf(expected);
    }

    /** Files of some size are read in another way than small ones. */
    @Test
    void largeFiles_areRead_andVerified(@TempDir Path directory) throws IOException {
        List<String> written = NumPy.run("""
                rng = np.random.default_rng(8)
                arrays = [
                    np.frombuffer(rng.bytes(8 * 1500001), '>f8'),
                    np.asarray(np.frombuffer(rng.bytes(12000000), '<i2').reshape(30, 20, 10000), order='F'),
                    np.array(['ab', 'c𝔘'] * 300000, 'U7').reshape(2, 300000),
                    np.asarray(np.frombuffer(rng.bytes(16 * 700000), '>c16').reshape(700, 1000), order='F'),
                ]
                for i, a in enumerate(arrays):
                    np.save('%s/%d.npy' % (sys.argv[1], i), a)
                    line(i, a)
                """, directory);

        for (String line : written) {
            String[] words = line.split(" ", -1);
            Path file = directory.resolve(words[0] + ".npy");
            byte[] bytes = Files.readAllBytes(file);
            assertThat(Described.digest(Npy.read(file))).isEqualTo(words[3]);
            try (FileChannel channel = FileChannel.open(file)) {
                assertThat(Described.digest(Npy.read(channel, NpyFiles.written(bytes))))
                        .isEqualTo(words[3]);
                assertThat(channel.position()).isEqualTo(bytes.length);
            }
            Written other = new Written(bytes.length, NpyFiles.written(bytes).crc32c() + 1);
            try (FileChannel channel = FileChannel.open(file)) {
                assertThatThrownBy(() -> Npy.read(channel, other)).isInstanceOf(SerializationException.class);
            }
        }
    }

    @Test
    void eachType_isOfItsDataType(@TempDir Path directory) {
        List<Object> arrays = List.of(
                new boolean[1],
                new byte[1],
                new short[1],
                new char[1],
                new int[1],
                new long[1],
                new float[1],
                new double[1],
                new String[] {"four"},
                Complex64.of(1, 2),
                Complex128.of(1, 2));
        for (int i = 0; i < arrays.size(); i++) {
            Npy.write(arrays.get(i), directory.resolve(i + ".npy"));
        }

        assertThat(NumPy.run(READ, directory, arrays.size()).stream().map(line -> line.split(" ", -1)[1]))
                .containsExactly("|b1", "|i1", "<i2", "<u2", "<i4", "<i8", "<f4", "<f8", "<U4", "<c8", "<c16");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "u4",
                ">u8",
                "f2",
                "S3",
                "M8[ns]",
                "m8[s]",
                "V5",
                "O",
                "longdouble",
                "clongdouble",
                "i4,f8",
                "(2,)f8,i1"
            })
    void dataTypes_withoutCounterpart_areRefusedByName(String dtype, @TempDir Path directory) {
        Path file = directory.resolve("a.npy");
        String descr = NumPy.run("""
                        a = np.zeros(3, np.dtype(sys.argv[2]))
                        np.save(sys.argv[1], a)
                        print(np.lib.format.dtype_to_descr(a.dtype))
                        """, file, dtype).get(0);

        assertThatThrownBy(() -> Npy.read(file))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("dtype " + descr)
                .hasMessageContaining("no counterpart in Java");
        assertThatThrownBy(() -> MappedArray.open(file)).isInstanceOf(SerializationException.class);
    }

    @Test
    void fieldNames_ofEveryScript_inVersion3_areRefusedByName(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("a.npy");
        NumPy.run("""
                import warnings
                warnings.simplefilter('ignore')
                np.save(sys.argv[1], np.zeros(3, [('語', 'f8')]))
                """, file);

        assertThat(Files.readAllBytes(file)[6]).isEqualTo((byte) 3);
        assertThatThrownBy(() -> Npy.read(file))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("語");
    }
}
