package io.github.twatcache.benchmarks.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures, of a file that was written by hand and counted by hand. */
class SummaryTest {
    private static final String FILE = """
            strategy,caller,key,start_ms,duration_ms,outcome,age_ms,error,source_start_ms,source_duration_ms,source_outcome
            one,0,7,0.000,100.500,fresh,0.250,,0.100,100.000,answered
            one,1,7,50.000,50.500,fresh,0.250,,,,
            one,0,7,3000.000,200.000,stale,3100.000,,3000.500,5000.000,failed
            one,1,8,3100.000,4.000,error,,SourceDown,3100.250,3.000,failed
            two,0,7,1.000,10.000,fresh,0.000,,1.500,9.000,answered
            """;

    @TempDir
    Path folder;

    private List<Line> read(String text) throws IOException {
        return CallFile.read(Files.writeString(folder.resolve("calls.csv"), text));
    }

    @Test
    void of_fileByHand_isWhatACountByHandSays() throws IOException {
        assertThat(Summary.of(read(FILE)))
                .containsExactly(new Summary("one", 4, 1, 1, 50.5, 200, 3), new Summary("two", 1, 0, 0, 10, 10, 1));
        assertThat(Summary.of(read(FILE)).get(0).errorPercent()).isEqualTo(25);
    }

    @Test
    void json_hasTheMembersPromisedAndNoOthers() throws IOException {
        assertThat(OutageReplay.json(read(FILE)))
                .isEqualTo("{\"strategies\": [{\"name\": \"one\", \"calls\": 4, \"errors\": 1, \"p50Millis\": 50.500,"
                        + " \"p99Millis\": 200.000, \"sourceCalls\": 3}, {\"name\": \"two\", \"calls\": 1, \"errors\": 0,"
                        + " \"p50Millis\": 10.000, \"p99Millis\": 10.000, \"sourceCalls\": 1}]}");
    }

    @Test
    void percentile_isTheLeastThatSoManyAreAtMost() {
        double[] hundred = new double[100];
        for (int i = 0; i < hundred.length; i++) {
            hundred[i] = i + 1;
        }
        assertThat(Summary.percentile(hundred, 50)).isEqualTo(50);
        assertThat(Summary.percentile(hundred, 99)).isEqualTo(99);
        assertThat(Summary.percentile(new double[] {1, 2, 3}, 50)).isEqualTo(2);
        assertThat(Summary.percentile(new double[] {1, 2, 3}, 99)).isEqualTo(3);
        assertThat(Summary.percentile(new double[] {1}, 50)).isEqualTo(1);
    }

    @Test
    void line_writtenAndRead_isTheSame() throws IOException {
        List<Line> lines = read(FILE);
        CallFile.write(folder.resolve("again.csv"), lines);
        assertThat(Files.readString(folder.resolve("again.csv"))).isEqualTo(FILE);
    }

    @Test
    void read_otherFile_isRefused() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> read("a,b\n"))
                .withMessageContaining("strategy,caller");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(FILE + "three,1\n"))
                .withMessageContaining("three,1");
    }

    @Test
    void goals_errorOfAKeyThatWasLoaded_isNeedless() throws IOException {
        Script script = new Script(Script.SECONDS);
        List<Line> lines = read(FILE).subList(0, 4);
        // The error is of key 8, which was never loaded.
        assertThat(Goals.of(lines, script)).isEqualTo(new Goals(0, 200, 240, 0));
        List<Line> needless = read(FILE.replace("one,1,8,3100", "one,1,7,3100")).subList(0, 4);
        assertThat(Goals.of(needless, script).needlessErrors()).isEqualTo(1);
        List<Line> before =
                read(FILE.replace("one,1,8,3100.000", "one,1,7,10.000")).subList(0, 4);
        assertThat(Goals.of(before, script).needlessErrors()).isZero();
    }

    @Test
    void goals_sourceAskedWithinTheThrottle_isHasty() throws IOException {
        Script script = new Script(Script.SECONDS);
        // Another key in the same second is none.
        assertThat(Goals.of(read(FILE).subList(0, 4), script).hasty()).isZero();
        String hasty = FILE.replace("one,1,8,3100", "one,1,7,3100");
        assertThat(Goals.of(read(hasty).subList(0, 4), script).hasty()).isEqualTo(1);
        String patient = hasty.replace("3100.250", "4000.500");
        assertThat(Goals.of(read(patient).subList(0, 4), script).hasty()).isZero();
    }

    @Test
    void goals_missed_areToldSo_unlessTheRunIsTooShortToTell() {
        assertThat(new Goals(0, 240, 240, 0).table(true)).contains("| yes |").doesNotContain("NO");
        assertThat(new Goals(0, 241, 240, 0).table(true)).containsOnlyOnce("NO");
        assertThat(new Goals(1, 241, 240, 1).table(false)).doesNotContain("yes", "NO");
    }
}
