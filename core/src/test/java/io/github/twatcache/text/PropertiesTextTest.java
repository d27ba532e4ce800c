package io.github.twatcache.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The reader of properties beside {@link Properties}, which it must agree with. */
class PropertiesTextTest {
    private static final long SEED = Long.getLong("twat.seed", 20_261_125L);
    private static final String[] PIECES = {
        "a", "key", "=", ":", " ", "\t", "\f", "\n", "\r", "\r\n", "\\", "\\\\", "#", "!", "\\u0041", "\\t", "\\n", "é",
        "=="
    };

    private static final Pattern LONE_BACKSLASH_AT_END =
            Pattern.compile("(^|[\\r\\n])[ \\t\\f]*\\\\(\\r\\n|\\r|\\n)?[ \\t\\f]*$");

    private static String shown(CharSequence text) {
        return text.chars()
                .mapToObj(c -> c < 32 ? "{" + c + "}" : Character.toString(c))
                .collect(Collectors.joining());
    }

    private static Map<String, String> read(String text) {
        Map<String, String> values = new HashMap<>();
        PropertiesText.read(text).properties().forEach(property -> values.put(property.key(), property.value()));
        return values;
    }

    @Test
    void read_randomText_agreesWithProperties() throws IOException {
        Random random = new Random(SEED);
        for (int round = 0; round < 200_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(14); i >= 0; i--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            if (LONE_BACKSLASH_AT_END.matcher(text).find()) {
                continue; // an empty key or none, depending on the line's end: nobody means that
            }
            Properties oracle = new Properties();
            try {
                oracle.load(new StringReader(text.toString()));
            } catch (IllegalArgumentException malformed) {
                assertThat(PropertiesText.read(text.toString()).faults()).isNotEmpty();
                continue;
            }
            assertThat(read(text.toString()))
                    .as("seed %d, text <%s>", SEED, shown(text))
                    .isEqualTo(oracle);
        }
    }

    @Test
    void read_continuedAndCommented_knowsTheLineOfEachKey() {
        PropertiesText text = PropertiesText.read("# c\r\na = 1\\\r\n  2\r\r! c\n\n\nb:3\\\n");
        assertThat(text.properties())
                .containsExactly(new PropertiesText.Property(2, "a", "12"), new PropertiesText.Property(8, "b", "3"));
    }

    @Test
    void read_malformedEscapes_goesOn() {
        PropertiesText text = PropertiesText.read("a=\\u12\nb=1\nc=\\uXXXX\n");
        assertThat(text.faults()).map(PropertiesText.Fault::line).containsExactly(1, 3);
        assertThat(text.properties()).singleElement().isEqualTo(new PropertiesText.Property(2, "b", "1"));
    }
}
