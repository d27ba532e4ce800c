package io.github.twatcache.disk.diskcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.twatcache.disk.diskcache.Values.Unfit;
import io.github.twatcache.key.CanonicalCodec;
import io.github.twatcache.stats.MissReason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What stands in a shared directory may be anything: decoders answer with a value, or that there is none. */
final class SharedDecodersTest {
    private static final int INPUTS = 20_000;

    private final Random random = new Random(11);
    private final JsonDisk json = new JsonDisk(1);

    /** A copy with some bytes changed, and perhaps an end cut off. */
    private byte[] damaged(byte[] sound) {
        byte[] bytes = Arrays.copyOf(sound, random.nextInt(3) == 0 ? random.nextInt(sound.length + 1) : sound.length);
        for (int i = random.nextInt(3); i >= 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    @Test
    void marked_damaged_noneOrTheTrueValue() {
        Values values = new PlainValues(new CanonicalCodec());
        byte[] sound = (byte[]) values.write(List.of("a", 1, 2.5));
        for (int i = 0; i < INPUTS; i++) {
            byte[] bytes = damaged(sound);
            Values.Reading reading = values.read(bytes);
            if (!Arrays.equals(bytes, sound) && Marked.is(bytes)) {
                assertThat(reading.value()).isNull();
                assertThat(reading.why()).isEqualTo(MissReason.UNDECODABLE);
            }
        }
    }

    @Test
    void json_damaged_answersOrSaysThatThereIsNone() {
        Values values = new JsonValues(new CanonicalCodec(), json);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("k\u00e9\ud83d\ude00\"\\", Arrays.asList(1L, -2.5e300, null, true, "x\n"));
        String text = JsonWriter.text(map);
        assertThat(JsonReader.value(text)).isEqualTo(map);
        for (int i = 0; i < INPUTS; i++) {
            byte[] bytes = damaged(text.getBytes(StandardCharsets.UTF_8));
            // What JSON allows is read as it stands; the rest is said to be none.
            read(values, json.compress(new String(bytes, StandardCharsets.UTF_8)));
            read(values, damaged(json.compress(text)));
            assertThat(json.plain(new DbKey(damaged(json.compress("\"key\""))))).isIn(null, "key");
        }
    }

    private static void read(Values values, byte[] bytes) {
        try {
            Values.Reading reading = values.read(bytes);
            assertThat(reading.value() != null || reading.why() != MissReason.ABSENT)
                    .isTrue();
        } catch (Unfit pythons) {
            assertThat(pythons).hasMessageContaining("JSON");
        }
    }

    @Test
    void json_thatIsNone_refused() {
        for (String text : List.of(
                "",
                " ",
                "[",
                "{\"a\"}",
                "{a: 1}",
                "[1,]",
                "\"\\u00g0\"",
                "\"\\",
                "tru",
                "1 2",
                "--1",
                "[".repeat(100_000))) {
            assertThatIllegalArgumentException().isThrownBy(() -> JsonReader.value(text));
        }
    }

    /** What {@code json.dumps} of Python writes, letter for letter: keys are found by it. */
    @Test
    void json_isWrittenAsPythonDoes() {
        String text = "a\u0000\u001f \"\\/\b\f\n\r\t~\u007f\u00e9\u20ac\ud83d\ude00\ud800";
        assertThat(JsonWriter.text(text))
                .isEqualTo("\"a\\u0000\\u001f \\\"\\\\/\\b\\f\\n\\r\\t~\\u007f\\u00e9\\u20ac\\ud83d\\ude00\\ud800\"");
        assertThat(JsonWriter.text(Arrays.asList(1L, "x", null, true, List.of(), Map.of())))
                .isEqualTo("[1, \"x\", null, true, [], {}]");
        assertThat(Python.run(
                        "import json\nprint(json.dumps(eval(sys.argv[1])))",
                        "'a\\x00\\x1f \\\"\\\\/\\b\\f\\n\\r\\t~\\x7f\\xe9'"))
                .containsExactly(JsonWriter.text(text.substring(0, text.indexOf('\u20ac'))));
    }
}
