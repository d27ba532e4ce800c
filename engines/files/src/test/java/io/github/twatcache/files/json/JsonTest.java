package io.github.twatcache.files.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonTest {
    private static Map<String, Object> read(String text) throws JsonException {
        return JsonReader.object(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void written_isReadAsTheSame() throws JsonException {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("text", "\u0000 \" \\ \n \u00fc \uD83D \u4e07");
        members.put("whole", Long.MIN_VALUE);
        members.put("half", -0.5e-10);
        members.put("yes", true);
        members.put("no", false);
        members.put("nothing", null);
        members.put("list", Arrays.asList(1L, null, List.of(), Map.of("a", "b")));
        members.put("", Map.of());
        assertThat(read(JsonWriter.object(members))).isEqualTo(members);
        assertThat(read(JsonWriter.object(Map.of()))).isEmpty();
    }

    @Test
    void foreign_isRefused() {
        for (String text : new String[] {
            "",
            "{",
            "{}x",
            "[]",
            "null",
            "{\"a\":1,}",
            "{\"a\":1,\"a\":2}",
            "{a:1}",
            "{\"a\":01}",
            "{\"a\":+1}",
            "{\"a\":.5}",
            "{\"a\":1.}",
            "{\"a\":NaN}",
            "{\"a\":9223372036854775808}",
            "{\"a\":1e309}",
            "{\"a\":-1.7E308000}",
            "{\"a\":\"\u00fc\"}",
            "{\"a\":\"\n\"}",
            "{\"a\":\"\\x\"}",
            "{\"a\":\"\\u12g4\"}",
            "{\"a\":tru}",
            "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}"
        }) {
            assertThatExceptionOfType(JsonException.class).as(text).isThrownBy(() -> read(text));
        }
    }
}
