package io.github.twatcache.files.npy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive whose sizes and offsets do not fit into four bytes, almost all of it a hole in the file. */
class NpzLargeTest {
    private static final int ROWS = 260;
    private static final int COLUMNS = 1 << 21;

    @SuppressWarnings("ArrayRecordComponent") // is what is tested
    record Large(double[][] zeros, int[] behind) {}

    @Test
    void anArrayOfMoreThan4GiB_andOneBehindIt_areFoundByNumPyAndByUs(@TempDir Path directory) throws IOException {
        double[][] zeros = new double[ROWS][];
        Arrays.fill(zeros, new double[COLUMNS]);
        Path file = directory.resolve("large.npz");
        Written written;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            written = Npz.write(new Large(zeros, new int[] {1, 2, 3}), sparse(channel));
        }

        long bytes = 128 + (long) ROWS * COLUMNS * Double.BYTES;
        List<String> seen = NumPy.run("""
                import zipfile
                print([i.file_size for i in zipfile.ZipFile(sys.argv[1]).infolist()], np.load(sys.argv[1])['behind'])
                with zipfile.ZipFile(sys.argv[1]).open('zeros.npy') as f:
                    np.lib.format.read_magic(f)
                    print(np.lib.format.read_array_header_1_0(f))
                """, file);

        assertThat(seen).containsExactly("[" + bytes + ", 140] [1 2 3]", "((260, 2097152), False, dtype('float64'))");
        try (FileChannel channel = FileChannel.open(file)) {
            assertThat(channel.size()).isEqualTo(written.bytes());
            List<ZipEntry> entries = ZipReading.entries(channel);
            assertThat(entries).extracting(ZipEntry::bytes).containsExactly(bytes, 140L);
            try (ZipContent content = ZipContent.of(channel, entries.get(1))) {
                assertThat(Npy.read(content, 140)).isEqualTo(new int[] {1, 2, 3});
            }
        }
    }

    /** Leaves out what is zero. */
    private static WritableByteChannel sparse(FileChannel channel) {
        byte[] zeros = new byte[1 << 20];
        return new WritableByteChannel() {
            @Override
            public int write(ByteBuffer bytes) throws IOException {
                int count = bytes.remaining();
                if (count <= zeros.length && bytes.equals(ByteBuffer.wrap(zeros, 0, count))) {
                    channel.position(channel.position() + count);
                    bytes.position(bytes.limit());
                    return count;
                }
                return channel.write(bytes);
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
    }
}
