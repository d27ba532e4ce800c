package io.github.twatcache.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.twatcache.files.json.JsonException;
import io.github.twatcache.files.json.JsonReader;
import io.github.twatcache.files.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The JSON of the files engine: what is read is written and read again as the same, all else is refused. */
class JsonFuzz {
    private static final byte[] WRITTEN = JsonWriter.object(Map.of(
                    "format",
                    1L,
                    "value",
                    Map.of("file", "value.npy", "half", 0.5),
                    "tags",
                    List.of("a", "\u00fc\"", true)))
            .getBytes(StandardCharsets.US_ASCII);

    @FuzzTest(maxDuration = "", maxExecutions = Samples.INPUTS)
    void bytes_ofAnybody_areReadOrRefused(byte[] input) throws JsonException {
        byte[] bytes = input.length % 2 == 0 ? Samples.changed(WRITTEN, input) : input;
        Map<String, Object> read;
        try {
            read = JsonReader.object(bytes);
        } catch (JsonException refused) {
            return;
        }
        byte[] again = JsonWriter.object(read).getBytes(StandardCharsets.US_ASCII);
        if (!JsonReader.object(again).equals(read)) {
            throw new AssertionError("read as something else");
        }
    }
}
