package io.github.twatcache.disk.diskcache;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.twatcache.key.CanonicalCodec;
import io.github.twatcache.stats.MissReason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Keys and values in a directory that Python's diskcache shares: each is a value, none, or of a type that does not fit. */
class SharedFuzz {
    private static final JsonDisk JSON = new JsonDisk(1);
    private static final Values PLAIN_VALUES = new PlainValues(new CanonicalCodec());
    private static final Values JSON_VALUES = new JsonValues(new CanonicalCodec(), JSON);
    private static final byte[] MARKED = (byte[]) PLAIN_VALUES.write(List.of("a", 1, 2.5));
    private static final String TEXT =
            JsonWriter.text(Map.of("k\u00e9\"\\", Arrays.asList(1L, -2.5e300, null, true, "x\n")));
    private static final byte[] PACKED = JSON.compress(TEXT);

    /** What was written, changed in some places, each named by two bytes of an input. */
    private static byte[] changed(byte[] whole, byte[] input) {
        byte[] changed = whole.clone();
        for (int i = 0; i + 1 < input.length; i += 2) {
            changed[(input[i] & 0xFF) % changed.length] ^= input[i + 1];
        }
        return changed;
    }

    private static void read(Values values, byte[] bytes) {
        try {
            Values.Reading reading = values.read(bytes);
            if (reading.value() == null && reading.why() == MissReason.ABSENT) {
                throw new AssertionError("none, and nobody says why");
            }
        } catch (Values.Unfit pythons) {
            if (String.valueOf(pythons.getMessage()).isBlank()) {
                throw new AssertionError("unfit, and nobody says what it is", pythons);
            }
        }
    }

    /** What is JSON comes back from the JSON that is written of it. */
    private static void json(String text) {
        Object value;
        try {
            value = JsonReader.value(text);
        } catch (IllegalArgumentException noJson) {
            return;
        }
        Object again = JsonReader.value(JsonWriter.text(value));
        if (value == null ? again != null : !value.equals(again)) {
            throw new AssertionError("read as something else");
        }
    }

    @FuzzTest(maxDuration = "", maxExecutions = 1_000_000)
    void bytes_ofAnybody_areReadOrNone(byte[] input) {
        switch (input.length % 4) {
            case 0 -> read(PLAIN_VALUES, changed(MARKED, input));
            case 1 -> {
                String text = new String(input, StandardCharsets.UTF_8);
                json(text);
                read(JSON_VALUES, JSON.compress(text));
                JSON.plain(new DbKey(JSON.compress(text)));
            }
            case 2 -> {
                json(new String(changed(TEXT.getBytes(StandardCharsets.UTF_8), input), StandardCharsets.UTF_8));
                read(JSON_VALUES, changed(PACKED, input));
            }
            default -> {
                read(PLAIN_VALUES, input);
                read(JSON_VALUES, input);
                JSON.plain(new DbKey(input));
            }
        }
    }
}
