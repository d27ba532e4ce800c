package io.github.twatcache.files.store;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.twatcache.files.json.JsonException;
import io.github.twatcache.files.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * What stands before the seal of an {@code entry.json}, sealed anew whatever it is: it is read as an entry or refused, and what
 * is read in one pass says what it says as JSON.
 */
class HeadFuzz {
    private static final String SEAL = ",\n  \"crc32c\": \"";
    private static final String END = "\"\n}\n";
    private static final int LONGEST = 4_096;

    private static final byte[] WRITTEN = unsealed(new Head(
                    "value-0123456789abcdef0123456789abcdef.npy",
                    new Stored("npy", "double[]", "npy-1", 1_024, 0x0BAD_CAFE, null, 1_024),
                    "ab".repeat(32),
                    new byte[] {1, 2, 3},
                    1_700_000_000_123_456_789L,
                    Long.MAX_VALUE,
                    Long.MAX_VALUE,
                    5_000,
                    1,
                    Set.of(),
                    null,
                    null)
            .written());

    private static byte[] unsealed(byte[] written) {
        String text = new String(written, StandardCharsets.ISO_8859_1);
        return text.substring(0, text.lastIndexOf(SEAL)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] sealed(byte[] text) {
        CRC32C crc = new CRC32C();
        crc.update(text, 0, text.length);
        String seal = SEAL + String.format("%08x", crc.getValue()) + END;
        byte[] all = Arrays.copyOf(text, text.length + seal.length());
        System.arraycopy(seal.getBytes(StandardCharsets.ISO_8859_1), 0, all, text.length, seal.length());
        return all;
    }

    /** What was written, changed at some places, of which each is named by two bytes. */
    private static byte[] changed(byte[] input) {
        byte[] changed = WRITTEN.clone();
        for (int i = 0; i + 2 < input.length; i += 3) {
            changed[((input[i] & 0xFF) << 8 | (input[i + 1] & 0xFF)) % changed.length] = input[i + 2];
        }
        return changed;
    }

    @FuzzTest(maxDuration = "", maxExecutions = 1_000_000)
    void bytes_ofAnybody_areReadOrRefused(byte[] input) throws JsonException {
        byte[] text = input.length % 2 == 0 ? changed(input) : Arrays.copyOf(input, Math.min(input.length, LONGEST));
        byte[] bytes = sealed(text);
        Head plain = PlainHead.read(bytes, text.length);
        Head read = Head.read(bytes);
        if (plain == null) {
            return;
        }
        if (read == null || !Arrays.equals(read.written(), plain.written())) {
            throw new AssertionError("read as something else than in one pass");
        }
        Map<String, Object> members = JsonReader.object(bytes);
        Map<?, ?> value = (Map<?, ?>) members.get("value");
        if (!plain.value().equals(value.get("file"))
                || !plain.stored().type().equals(value.get("type"))
                || !plain.stored().codec().equals(value.get("codec"))
                || !Long.valueOf(plain.length()).equals(value.get("length"))
                || !plain.key().equals(members.get("key"))
                || plain.cost() != (Long) members.getOrDefault("nanoseconds", 0L)) {
            throw new AssertionError("another entry than as JSON");
        }
        Head again = Head.read(plain.written());
        if (again == null || !Arrays.equals(again.written(), plain.written())) {
            throw new AssertionError("written as something else");
        }
    }
}
