package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.testkit.LateHistory.Event;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Four processes, of two threads each, that compute, put, remove and clear the same few keys at random: nobody is given what is
 * older than a change that was over, and nothing is computed twice at the same time. For engines with leases.
 */
public final class LateResults {
    private static final int PROCESSES = 4;

    private LateResults() {}

    /**
     * Runs them, and asserts that nothing is late.
     *
     * @param engine the name of the engine, which the service loader must find
     * @param directory a directory of their own
     * @param operations how many things each thread does
     * @throws IOException when a process cannot be started, or ends before its time
     * @throws InterruptedException when interrupted meanwhile
     */
    public static void check(String engine, Path directory, int operations) throws IOException, InterruptedException {
        LateHistory history = history(engine, directory, operations, Map.of());
        assertThat(history.late()).isEmpty();
        assertThat(history.twice()).isEmpty();
    }

    /**
     * Runs them where each process computes by itself what it misses, and asserts that nothing is late.
     *
     * @param engine the name of the engine, which the service loader must find
     * @param directory a directory of their own
     * @param operations how many things each thread does
     * @param settings of the cache, by name: those with which its processes do not agree on who computes
     * @throws IOException when a process cannot be started, or ends before its time
     * @throws InterruptedException when interrupted meanwhile
     */
    public static void checkAlone(String engine, Path directory, int operations, Map<String, String> settings)
            throws IOException, InterruptedException {
        LateHistory history = history(engine, directory, operations, settings);
        assertThat(history.late()).isEmpty();
        assertThat(history.twice()).as("what the settings are to allow").isNotEmpty();
    }

    private static LateHistory history(String engine, Path directory, int operations, Map<String, String> settings)
            throws IOException, InterruptedException {
        List<String> options = settings.entrySet().stream()
                .map(setting ->
                        "-Dtwat.cache.caches." + LateWitness.CACHE + "." + setting.getKey() + "=" + setting.getValue())
                .toList();
        List<Process> processes = new ArrayList<>();
        try {
            for (int number = 0; number < PROCESSES; number++) {
                processes.add(ChildJvm.start(options, LateWitness.class, engine, directory, number, operations));
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
            assertThat(history.computations()).isGreaterThan(operations / 2);
            assertThat(history.shared()).isGreaterThan(operations);
            return history;
        } catch (ExecutionException failed) {
            throw new AssertionError("a process has not reported", failed);
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
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
