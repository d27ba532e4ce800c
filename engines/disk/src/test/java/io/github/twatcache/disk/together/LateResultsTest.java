package io.github.twatcache.disk.together;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.disk.together.LateHistory.Event;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four processes that compute, put, remove and clear at random: nobody is given what is older than a change that was over. */
final class LateResultsTest {
    private static final int PROCESSES = 4;
    private static final int OPERATIONS = 1_500;

    @Test
    void processes_computeAndChange_nothingIsLateOrComputedTwice(@TempDir Path directory) throws Exception {
        List<Process> processes = new ArrayList<>();
        try {
            for (int number = 0; number < PROCESSES; number++) {
                processes.add(start(directory, number));
            }
            for (Process process : processes) {
                assertThat(process.getInputStream().read()).isEqualTo('r');
            }
            List<CompletableFuture<List<Event>>> reports = new ArrayList<>();
            for (Process process : processes) {
                process.getOutputStream().write('\n');
                process.getOutputStream().flush();
                reports.add(CompletableFuture.supplyAsync(() -> report(process)));
            }
            LateHistory history = new LateHistory();
            for (CompletableFuture<List<Event>> report : reports) {
                report.get().forEach(history::add);
            }
            assertThat(history.computations()).isGreaterThan(OPERATIONS / 2);
            assertThat(history.shared()).isGreaterThan(OPERATIONS);
            assertThat(history.faults()).isEmpty();
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    private static Process start(Path directory, int number) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LateWitness.class.getName(),
                        directory.toString(),
                        Integer.toString(number),
                        Integer.toString(OPERATIONS))
                .redirectError(Redirect.INHERIT)
                .start();
    }

    private static List<Event> report(Process process) {
        List<Event> events = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
            while (in.readByte() == 1) {
                events.add(new Event(
                        in.readByte(), in.readByte(), in.readLong(), in.readLong(), in.readLong(), in.readLong()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return events;
    }
}
