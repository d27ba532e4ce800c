package io.github.twatcache.benchmarks.outage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The replay, played once and so fast that its figures say nothing: what is asserted holds at any speed. */
class OutageReplayTest {
    private static final int CALLERS = 4;
    private static final Script SCRIPT = new Script(1);

    @TempDir
    static Path folder;

    private static List<Line> lines = List.of();

    @BeforeAll
    static void play() throws Exception {
        PrintStream nobody = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        lines = new OutageReplay(SCRIPT, CALLERS, folder, nobody).play();
    }

    private static List<Line> of(String strategy) {
        return lines.stream().filter(line -> line.strategy().equals(strategy)).toList();
    }

    @Test
    void file_hasALineForEachCall_fromWhichTheSummaryIs() throws Exception {
        List<String> file = Files.readAllLines(folder.resolve(OutageReplay.CALLS));
        assertThat(file.get(0)).isEqualTo(Line.HEADING);
        assertThat(file.subList(1, file.size()))
                .isEqualTo(lines.stream().map(Line::csv).toList());
        List<Summary> summaries = Summary.of(lines);
        assertThat(summaries)
                .extracting(Summary::name)
                .containsExactly(
                        "no cache", "Caffeine", "Spring @Cacheable", "twat-cache plain", "twat-cache fail-safe");
        for (Summary summary : summaries) {
            List<String> own = file.stream()
                    .filter(line -> line.startsWith(summary.name() + ","))
                    .toList();
            assertThat(own).hasSize(summary.calls());
            assertThat(own.stream().filter(line -> line.contains(",error,"))).hasSize(summary.errors());
            assertThat(own.stream().filter(line -> line.endsWith(",answered") || line.endsWith(",failed")))
                    .hasSize(summary.sourceCalls());
        }
    }

    @Test
    void lines_areOfCallsAsTheScriptHasThem() {
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.caller()).isBetween(0, CALLERS - 1);
            assertThat(line.key()).isBetween(0, Script.KEYS - 1);
            assertThat(line.start()).isBetween(0.0, SCRIPT.end());
            assertThat(line.error().isEmpty()).isEqualTo(line.outcome() != Line.Outcome.ERROR);
            assertThat(line.age() == null).isEqualTo(line.outcome() == Line.Outcome.ERROR);
        });
    }

    @Test
    void noCache_everyCallAsksTheSource_andGetsWhatThatSays() {
        assertThat(of("no cache")).allSatisfy(line -> {
            Call.Asked asked = Objects.requireNonNull(line.asked());
            assertThat(asked.failed()).isEqualTo(SCRIPT.at(asked.start()).down());
            assertThat(line.outcome()).isEqualTo(asked.failed() ? Line.Outcome.ERROR : Line.Outcome.FRESH);
            assertThat(line.millis()).isGreaterThanOrEqualTo(asked.millis());
        });
    }

    @Test
    void caches_askTheSourceLessOftenThanTheyAreAsked() {
        for (String cached : List.of("Caffeine", "Spring @Cacheable", "twat-cache plain", "twat-cache fail-safe")) {
            assertThat(of(cached)).as(cached).anyMatch(line -> line.asked() == null);
        }
    }

    /** Who has the value of a key is given no error, and a key that fails is left alone once it has a value. */
    @Test
    void failSafe_keepsWhatHoldsAtAnySpeed() {
        List<Line> own = of(Strategies.FAIL_SAFE);
        assertThat(Goals.of(own, SCRIPT).needlessErrors()).isZero();
        Map<Integer, Double> loaded = own.stream()
                .filter(line -> line.asked() != null && !line.asked().failed())
                .collect(Collectors.toMap(Line::key, Line::end, Math::min));
        List<Line> since = own.stream()
                .filter(line -> loaded.getOrDefault(line.key(), Double.POSITIVE_INFINITY) <= line.start())
                .toList();
        assertThat(since).isNotEmpty();
        assertThat(Goals.of(since, SCRIPT).hasty()).isZero();
    }

    @Test
    void picture_isWellFormed_withAPanelForEachStrategy() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document svg;
        try (var file = Files.newInputStream(folder.resolve(OutageReplay.PICTURE))) {
            svg = factory.newDocumentBuilder().parse(file);
        }
        assertThat(svg.getDocumentElement().getLocalName()).isEqualTo("svg");
        String words = texts(svg.getElementsByTagNameNS("*", "text"));
        for (Summary summary : Summary.of(lines)) {
            assertThat(words).contains(summary.name());
        }
        assertThat(words).contains("up: answers after", "down: fails after", "an exception");
    }

    @Test
    void text_ofAShortRun_decidesNoGoal() {
        String text = OutageReplay.text(lines, SCRIPT);
        for (Summary summary : Summary.of(lines)) {
            assertThat(text).contains("| " + summary.name() + " ");
        }
        assertThat(text).contains("error rate", "goal of twat-cache fail-safe").doesNotContain("NO |", "yes |");
    }

    private static String texts(NodeList nodes) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < nodes.getLength(); i++) {
            words.append(nodes.item(i).getTextContent()).append('\n');
        }
        return words.toString();
    }

    @Test
    void phases_haveNoGaps() {
        List<Script.Phase> phases = SCRIPT.phases();
        assertThat(phases.get(0).from()).isZero();
        assertThat(phases.get(phases.size() - 1).to()).isEqualTo(SCRIPT.end());
        for (int i = 1; i < phases.size(); i++) {
            assertThat(phases.get(i).from()).isEqualTo(phases.get(i - 1).to());
            assertThat(SCRIPT.at(phases.get(i).from())).isEqualTo(phases.get(i));
        }
        assertThat(SCRIPT.at(SCRIPT.end() + 1)).isEqualTo(phases.get(phases.size() - 1));
    }
}
