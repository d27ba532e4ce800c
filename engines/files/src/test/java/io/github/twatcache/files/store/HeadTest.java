package io.github.twatcache.files.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.spi.Terms;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What entry.json says comes back, and nothing that anybody else has written does. */
final class HeadTest {
    private static Head head(long fresh, long kept, byte[] encoded, String... tags) {
        return new Head(
                "value-0123456789abcdef0123456789abcdef.npy.zst",
                new Stored("npy.zst", "double[][]", "npy-1", 100, 0xFFFF_FFFE, "zstd", 4_000),
                "ab".repeat(32),
                encoded,
                1_700_000_000_123_456_789L,
                fresh,
                kept,
                5_000_000_000L,
                3,
                Set.of(tags),
                Arrays.asList(1L, null, "zw\u00f6lf \" \\ \n \uD83D", 0.5, true, List.of()),
                fresh == Terms.FOREVER ? null : new Lifetime.Late(fresh - 1, tags.length > 0, "\"v1\""));
    }

    private static void requireSame(Head head) {
        Head read = Head.read(head.written());
        assertThat(read).isNotNull();
        assertThat(read).usingRecursiveComparison().isEqualTo(head);
    }

    @Test
    void written_isReadAsTheSame() {
        requireSame(head(Terms.FOREVER, Terms.FOREVER, null));
        requireSame(head(Terms.FOREVER - 1, Terms.FOREVER, new byte[] {1, -1, 0}, "a", "b c", "\u4e07"));
        requireSame(head(-5, 7, new byte[0]));
    }

    /** What is read in one pass is what JSON says: entries that are plain, and those that are not in one thing. */
    @Test
    void plainOnes_areReadAsTheSame() {
        Random random = new Random(11);
        String[] types = {"double[]", "java.lang.Integer", "a\"b", "zw\u00f6lf", ""};
        for (int i = 0; i < 20_000; i++) {
            long created = switch (random.nextInt(4)) {
                case 0 -> random.nextLong();
                case 1 -> random.nextInt(100_000) * 1_000_000_000L;
                case 2 -> 1_700_000_000_000_000_000L + random.nextInt(1_000) * 1_000_000L;
                default -> 1_700_000_000_000_000_000L + random.nextLong(1L << 58);
            };
            byte[] encoded = random.nextBoolean() ? null : new byte[random.nextInt(40)];
            if (encoded != null) {
                random.nextBytes(encoded);
            }
            boolean packed = random.nextInt(6) == 0;
            Head head = new Head(
                    ValueName.made(packed ? "bin.zst" : "bin"),
                    new Stored(
                            packed ? "bin.zst" : "bin",
                            types[random.nextInt(types.length)],
                            "npy-1",
                            random.nextLong() >>> random.nextInt(64) & Long.MAX_VALUE,
                            random.nextInt(),
                            packed ? "zstd" : null,
                            0),
                    "cd".repeat(32),
                    encoded,
                    created,
                    random.nextInt(6) == 0 ? created + 5 : Terms.FOREVER,
                    Terms.FOREVER,
                    random.nextInt(3) == 0 ? 0 : random.nextLong() & Long.MAX_VALUE,
                    random.nextInt(6) == 0 ? 2 : 1,
                    random.nextInt(6) == 0 ? Set.of("tag") : Set.of(),
                    random.nextInt(6) == 0 ? List.of(1L) : null,
                    random.nextInt(6) == 0 ? new Lifetime.Late(4, false, null) : null);
            Stored stored = head.stored();
            if (!packed) {
                head = new Head(
                        head.value(),
                        new Stored("bin", stored.type(), "npy-1", stored.length(), stored.crc(), null, stored.length()),
                        head.key(),
                        encoded,
                        created,
                        head.fresh(),
                        head.kept(),
                        head.cost(),
                        head.weight(),
                        head.tags(),
                        head.arguments(),
                        head.late());
            }
            byte[] written = head.written();
            Head read = Head.read(written);
            assertThat(read).isNotNull();
            assertThat(read.written()).isEqualTo(written);
            assertThat(read.stored()).isEqualTo(head.stored());
            assertThat(read.fresh()).isEqualTo(head.fresh());
            assertThat(read.created()).isEqualTo(head.created());
        }
    }

    @Test
    void anyByteChanged_isRefused() {
        byte[] written = head(1, 2, null, "tag").written();
        for (int at = 0; at < written.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = written.clone();
                changed[at] ^= (byte) (1 << bit);
                assertThat(Head.read(changed)).isNull();
            }
        }
    }

    private static Head plain() {
        return new Head(
                "value-0123456789abcdef0123456789abcdef.npy",
                new Stored("npy", "double[]", "npy-1", 1_024, 7, null, 1_024),
                "ab".repeat(32),
                null,
                1_700_000_000_000_000_000L,
                Terms.FOREVER,
                Terms.FOREVER,
                5,
                1,
                Set.of(),
                null,
                null);
    }

    /** What somebody has written who knows how to seal it. */
    private static @Nullable Head read(Head head, String before, String after) {
        String text = new String(head.written(), StandardCharsets.ISO_8859_1);
        assertThat(text).contains(before);
        String open = text.substring(0, text.lastIndexOf(",\n")).replace(before, after);
        CRC32C crc = new CRC32C();
        crc.update(open.getBytes(StandardCharsets.ISO_8859_1));
        String sealed = open + ",\n  \"crc32c\": \"" + String.format("%08x", crc.getValue()) + "\"\n}\n";
        return Head.read(sealed.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void sealedByAnybody_isRefusedWhereItSaysWhatNoEntryCan() {
        assertThat(read(plain(), "npy-1", "npy-2")).isNotNull();
        assertThat(read(plain(), "2023-11-14", "9023-11-14")).as("a time").isNull();
        assertThat(read(plain(), "npy-1", "npy\u007f1")).as("a character").isNull();
        assertThat(read(plain(), "1024", "0024")).as("a number").isNull();
        assertThat(read(head(1, 2, null), "\"weight\": 3", "\"weight\": 3000000000"))
                .as("a weight")
                .isNull();
    }

    @Test
    void bytesOfAnybody_areRefused() {
        byte[] written = head(1, 2, null, "tag").written();
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = Arrays.copyOf(written, random.nextInt(written.length + 20));
            for (int changes = random.nextInt(4); changes >= 0 && bytes.length > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            if (!Arrays.equals(bytes, written)) {
                assertThat(Head.read(bytes)).isNull();
            }
        }
        assertThat(Head.read(new byte[0])).isNull();
    }

    @Test
    void name_thatLeadsOut_isRefused() {
        for (String name :
                new String[] {"../value", "/etc/passwd", "value-1.npy", "value-" + "0".repeat(32) + ".sh", ""}) {
            assertThat(ValueName.known(name)).isFalse();
            Head honest = head(1, 1, null);
            Head led = new Head(
                    name,
                    honest.stored(),
                    honest.key(),
                    null,
                    1,
                    Terms.FOREVER,
                    Terms.FOREVER,
                    0,
                    1,
                    Set.of(),
                    null,
                    null);
            assertThat(Head.read(led.written())).isNull();
        }
        assertThat(ValueName.known(ValueName.made("npy"))).isTrue();
    }
}
