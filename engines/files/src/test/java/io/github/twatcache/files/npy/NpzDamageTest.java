package io.github.twatcache.files.npy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.error.SerializationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Archives that are not what was written. */
class NpzDamageTest {
    @SuppressWarnings("ArrayRecordComponent") // is what is tested
    record Two(double[] first, int second) {}

    private static final byte[] WHOLE = whole();

    private static byte[] whole() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Npz.write(new Two(new double[] {1, 2, 3}, 4), Channels.newChannel(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Map<String, Object> read(byte[] bytes) {
        try {
            return Npz.read(new Bytes(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertRefused(byte[] bytes, String why) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(why);
    }

    /** As another program writes an archive. */
    private static byte[] archive(int method, String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] content = NpyFiles.bytes(new double[2000]);
        CRC32 crc = new CRC32();
        crc.update(content);
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                ZipEntry entry = new ZipEntry(name);
                entry.setMethod(method);
                entry.setSize(content.length);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(content);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] replaced(byte[] bytes, String from, String to) {
        return new String(bytes, ISO_8859_1).replace(from, to).getBytes(ISO_8859_1);
    }

    @Test
    void truncatedAtAnyByte_isRefused() {
        for (int length = 0; length < WHOLE.length; length++) {
            byte[] cut = Arrays.copyOf(WHOLE, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(SerializationException.class);
        }
    }

    @Test
    void anyByteFlipped_isRefused_whereItIsVerified_andNothingWorseElsewhere() {
        Written written = NpyFiles.written(WHOLE);
        for (int at = 0; at < WHOLE.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = WHOLE.clone();
                flipped[at] ^= (byte) (1 << bit);
                assertThatThrownBy(() -> Npz.read(new Bytes(flipped), written, Two.class))
                        .isInstanceOf(SerializationException.class);
                try {
                    read(flipped);
                } catch (SerializationException refused) {
                    assertThat(refused).hasMessageNotContaining("null");
                }
            }
        }
    }

    @Test
    void contentThatChanged_isFoundByItsCrc() {
        byte[] flipped = WHOLE.clone();
        int at = new String(WHOLE, ISO_8859_1).indexOf("\n") + 5;
        flipped[at] ^= 1;

        assertRefused(flipped, "CRC-32");
    }

    @Test
    void archivesOfOthers_areRead_storedAndDeflated_withAComment() throws IOException {
        for (int method : new int[] {ZipEntry.STORED, ZipEntry.DEFLATED}) {
            assertThat(read(archive(method, "a.npy", "b.npy"))).containsOnlyKeys("a", "b");
        }
        byte[] commented = Arrays.copyOf(WHOLE, WHOLE.length + 5);
        commented[WHOLE.length - 2] = 5;
        assertThat(read(commented)).containsOnlyKeys("first", "second");
    }

    @Test
    void twoFilesOfOneName_andFilesThatAreNoArrays_areRefused() throws IOException {
        assertRefused(replaced(archive(ZipEntry.STORED, "a.npy", "b.npy"), "b.npy", "a.npy"), "two files of one name");
        assertRefused(archive(ZipEntry.STORED, "a.txt"), "not named *.npy");
    }

    /** Names are names, wherever they point to. */
    @Test
    void namesThatLeaveTheDirectory_areJustNames() throws IOException {
        assertThat(read(archive(ZipEntry.STORED, "../../a.npy", "/etc/b.npy"))).containsOnlyKeys("../../a", "/etc/b");
    }

    @Test
    void sizesThatAreOnlySaid_takeNoMemory() throws IOException {
        byte[] bomb = archive(ZipEntry.DEFLATED, "a.npy");
        int directory = new String(bomb, ISO_8859_1).indexOf("PK\1\2");
        bomb[directory + 27] = 0x7F;
        assertRefused(bomb, "larger than it can be");

        byte[] overlapping = archive(ZipEntry.STORED, "a.npy", "b.npy");
        int second = new String(overlapping, ISO_8859_1).lastIndexOf("PK\1\2");
        Arrays.fill(overlapping, second + 42, second + 46, (byte) 0);
        assertRefused(overlapping, "overlap");

        byte[] many = WHOLE.clone();
        many[WHOLE.length - 11] = many[WHOLE.length - 13] = 0x7F;
        assertRefused(many, "no room");
    }

    @Test
    void encryptedFiles_andOtherCompressions_areRefused() throws IOException {
        byte[] encrypted = archive(ZipEntry.STORED, "a.npy");
        int directory = new String(encrypted, ISO_8859_1).indexOf("PK\1\2");
        encrypted[directory + 8] |= 1;
        assertRefused(encrypted, "encrypted");

        byte[] other = archive(ZipEntry.STORED, "a.npy");
        other[directory + 10] = 12;
        assertRefused(other, "method 12");
    }

    @Test
    void bytesThatWereNeverDeflated_areRefused() throws IOException {
        byte[] deflated = archive(ZipEntry.DEFLATED, "a.npy");
        int content = new String(deflated, ISO_8859_1).indexOf("a.npy") + 5;
        Arrays.fill(deflated, content, content + 8, (byte) -1);

        assertRefused(deflated, "deflate");
    }
}
