package io.github.twatcache.disk.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.disk.history.History.Event;
import io.github.twatcache.disk.history.History.Kind;
import io.github.twatcache.testkit.ChildJvm;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four processes, one directory, no server: no look-up answers what had been overwritten, removed or cleared before it
 * began, and none misses what had been put. With the moves of the counters taken out of the product it is red, with a
 * thousand stale look-ups and more; that one process leaves them out, {@link HalvedCommitTest} shows.
 */
final class CoherenceTest {
    private static final int WITNESSES = 4;
    private static final int OPERATIONS = 20_000;

    @Test
    void processes_neverSeeWhatWasOverwritten(@TempDir Path directory) throws Exception {
        List<Process> witnesses = new ArrayList<>();
        try {
            for (int number = 0; number < WITNESSES; number++) {
                witnesses.add(start(directory, number));
            }
            for (Process witness : witnesses) {
                assertThat(witness.getInputStream().read()).isEqualTo('r');
            }
            List<CompletableFuture<List<Event>>> reports = new ArrayList<>();
            for (Process witness : witnesses) {
                witness.getOutputStream().write('\n');
                witness.getOutputStream().flush();
                reports.add(CompletableFuture.supplyAsync(() -> report(witness)));
            }
            History history = new History();
            for (CompletableFuture<List<Event>> report : reports) {
                report.get().forEach(history::add);
            }
            assertThat(history.reads()).isGreaterThan(WITNESSES * OPERATIONS / 2);
            assertThat(history.faults()).isEmpty();
        } finally {
            witnesses.forEach(Process::destroyForcibly);
        }
    }

    /** Compiled as well as it can be: what is proved is about the order of reads and writes. */
    private static Process start(Path directory, int number) throws IOException {
        return ChildJvm.start(List.of("-XX:TieredStopAtLevel=4"), Witness.class, directory, number, OPERATIONS);
    }

    private static List<Event> report(Process witness) {
        List<Event> events = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(witness.getInputStream()))) {
            for (int i = 0; i < OPERATIONS; i++) {
                Kind kind = in.readLong() == 0 ? Kind.WRITE : Kind.READ;
                int key = (int) in.readLong();
                long value = in.readLong();
                long begin = in.readLong();
                long end = in.readLong();
                for (int each = key < 0 ? 0 : key; each <= (key < 0 ? Witness.KEYS - 1 : key); each++) {
                    events.add(new Event(kind, each, value, begin, end));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return events;
    }
}
