package io.github.twatcache.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Numbers, tables, JSON, names: what commands print with. */
class FormatsTest {
    @Test
    void json_everyKind_readsBack() {
        String odd = "\"\\/ \u0000\n\u007f é 😀";
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(odd, Arrays.asList(1, 2L, 0.5, true, false, null, odd, List.of(), Map.of()));

        String written = Json.of(members);

        assertThat(written).matches("[ -~]*");
        assertThat(JsonReader.read(written))
                .isEqualTo(Map.of(
                        odd,
                        Arrays.asList(
                                BigDecimal.ONE,
                                BigDecimal.valueOf(2),
                                new BigDecimal("0.500"),
                                true,
                                false,
                                null,
                                odd,
                                List.of(),
                                Map.of())));
    }

    @Test
    void json_notANumber_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.of(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.of(new Object()));
    }

    @Test
    void text_otherLocale_isTheSame() {
        Locale before = Locale.getDefault();
        try {
            for (Locale locale : List.of(Locale.GERMANY, Locale.forLanguageTag("ar-EG-u-nu-arab"), Locale.ROOT)) {
                Locale.setDefault(locale);
                assertThat(Text.count(1_234_567)).isEqualTo("1,234,567");
                assertThat(Text.millis(1234.5)).isEqualTo("1,235 ms");
                assertThat(Text.millis(12.34)).isEqualTo("12.3 ms");
                assertThat(Text.millis(1.234)).isEqualTo("1.23 ms");
                assertThat(Text.times(1.25)).isEqualTo("1.3x");
                assertThat(Text.times(1234)).isEqualTo("1,234x");
                assertThat(Text.percent(0.12345)).isEqualTo("12.35%");
                assertThat(Text.bytes(1023)).isEqualTo("1023 B");
                assertThat(Text.bytes(1536)).isEqualTo("1.5 KiB");
                assertThat(Text.bytes(7L << 30)).isEqualTo("7.0 GiB");
                assertThat(Json.of(1234.5)).isEqualTo("1234.500");
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void table_wordsAndNumbers_standInColumns() {
        Table table = new Table().words("name").numbers("n").words("rest");
        table.row("a", "1", "x");
        table.row("long name", "1,000", "one two three four five six");

        assertThat(table.text(36)).isEqualTo("""
                name           n  rest
                ---------  -----  ------------------
                a              1  x
                long name  1,000  one two three four
                                  five six
                """);
    }

    @Test
    void table_wrongNumberOfCells_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Table().words("one").row("1", "2"));
    }

    @Test
    void nearest_mistyped_findsWhatWasMeant() {
        List<String> known = List.of("java.base", "java.logging", "java.naming", "java.xml", "jdk.xml.dom");

        assertThat(Nearest.to("java.loging", known)).first().isEqualTo("java.logging");
        assertThat(Nearest.to("xml", known)).containsExactly("java.xml", "jdk.xml.dom");
        assertThat(Nearest.to("qqqqqqqq", known)).isEmpty();
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    }

    @Test
    void terminal_environment_decides() {
        assertThat(Terminal.of(Map.of("COLUMNS", "120"), true)).isEqualTo(new Terminal(true, true, 120));
        assertThat(Terminal.of(Map.of("NO_COLOR", "1"), true)).isEqualTo(new Terminal(true, false, 80));
        assertThat(Terminal.of(Map.of("CI", "true"), true)).isEqualTo(new Terminal(false, false, 80));
        assertThat(Terminal.of(Map.of("TERM", "dumb"), true).live()).isFalse();
        assertThat(Terminal.of(Map.of("COLUMNS", "wide"), false)).isEqualTo(new Terminal(false, false, 80));
        assertThat(Terminal.of(new LinkedHashMap<>(Map.of("COLUMNS", "1")), false)
                        .columns())
                .isEqualTo(40);
    }

    @Test
    void progressBar_watched_fillsOneLineAndGoes() {
        Capture capture = new Capture(new Terminal(true, false, 60));
        ProgressBar bar = new ProgressBar(capture.screen(), 32);
        bar.begin("half");
        for (int step = 0; step < 16; step++) {
            bar.step();
        }
        bar.begin("rest");
        bar.end();

        List<String> shown = new ArrayList<>(List.of(capture.err().split("\r")));
        assertThat(shown.get(1)).matches("half {20} \\[\\.{26}]   0%").hasSizeLessThan(60);
        assertThat(shown).anyMatch(line -> line.matches("rest {20} \\[#{13}\\.{13}]  50%"));
        assertThat(shown).last().isEqualTo("\u001b[K");
        assertThat(capture.err()).doesNotContain("\n", "\u001b[3");
    }

    @Test
    void progressBar_nobodyWatches_isSilent() {
        Capture capture = new Capture();
        ProgressBar bar = new ProgressBar(capture.screen(), 1);
        bar.begin("all");
        bar.step();
        bar.end();

        assertThat(capture.err()).isEmpty();
    }
}
