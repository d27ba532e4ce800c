package io.github.twatcache.disk.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Sources;
import io.github.twatcache.disk.DiskEngine;
import io.github.twatcache.disk.DiskSettings;
import io.github.twatcache.disk.history.History.Event;
import io.github.twatcache.disk.history.History.Kind;
import io.github.twatcache.disk.store.ForgetfulWriter;
import io.github.twatcache.disk.store.StoppedWriter;
import io.github.twatcache.testkit.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The two moves of a counter, each of them needed: the first keeps a reader from answering what a commit has replaced whose
 * process has not come to the second, and the second brings the key back to the heap.
 */
final class HalvedCommitTest {
    private static final int KEY = 3;
    private static final long OLD = 1_000_001;
    private static final long NEW = 2_000_002;
    private static final long NEWEST = 3_000_003;

    @TempDir
    Path directory;

    private final History history = new History();

    private TwatCache open() {
        return TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none())
                .directory(directory)
                .open();
    }

    private static Cache<Integer, Long> cache(TwatCache twat, boolean front) {
        return twat.disk("history")
                .set(DiskSettings.FRONT, front)
                .types(Integer.class, Long.class)
                .build();
    }

    private void put(Cache<Integer, Long> cache, long value) {
        long begin = System.nanoTime();
        cache.put(KEY, value);
        history.add(new Event(Kind.WRITE, KEY, value, begin, System.nanoTime()));
    }

    private long read(Cache<Integer, Long> cache) {
        long begin = System.nanoTime();
        Long value = cache.getIfPresent(KEY);
        long read = value == null ? History.NOTHING : value;
        history.add(new Event(Kind.READ, KEY, read, begin, System.nanoTime()));
        return read;
    }

    /** What is on the heap is handed out as the same object, what comes from the database is decoded anew. */
    private static void assertOnTheHeap(Cache<Integer, Long> cache) {
        Long first = cache.getIfPresent(KEY);
        assertThat(cache.getIfPresent(KEY)).isNotNull().isSameAs(first);
    }

    private Process stopped(long value) throws IOException {
        history.add(new Event(Kind.WRITE, KEY, value, System.nanoTime(), History.NEVER));
        Process writer = ChildJvm.start(StoppedWriter.class, directory, "history", KEY, value);
        assertThat(writer.getInputStream().read()).as("committed").isEqualTo('c');
        return writer;
    }

    @Test
    void writer_betweenCommitAndSecondMove_nobodyAnswersWhatItReplaced() throws Exception {
        try (TwatCache one = open();
                TwatCache other = open()) {
            Cache<Integer, Long> warm = cache(one, true);
            Cache<Integer, Long> cold = cache(other, false);
            put(warm, OLD);
            assertOnTheHeap(warm);
            Process writer = stopped(NEW);
            try {
                assertThat(read(cold)).as("it is committed").isEqualTo(NEW);
                read(warm);
                assertThat(history.faults()).as("while it stands still").isEmpty();
            } finally {
                writer.destroyForcibly().waitFor();
            }
            read(warm);
            read(warm);
            assertThat(history.faults()).as("when it was killed").isEmpty();
            put(cold, NEWEST);
            assertThat(read(warm)).isEqualTo(NEWEST);
            assertThat(history.faults()).isEmpty();
            assertOnTheHeap(warm);
        }
    }

    /** Without the moves the judge would have nothing to say for them: a process that leaves them out is found out. */
    @Test
    void writer_movesNoCounter_theJudgeCallsTheNextReadStale() throws Exception {
        try (TwatCache one = open();
                TwatCache other = open()) {
            Cache<Integer, Long> warm = cache(one, true);
            Cache<Integer, Long> cold = cache(other, false);
            put(warm, OLD);
            assertOnTheHeap(warm);
            long begin = System.nanoTime();
            Process writer = ChildJvm.start(ForgetfulWriter.class, directory, "history", KEY, NEW);
            try {
                assertThat(writer.getInputStream().read()).as("has returned").isEqualTo('c');
            } finally {
                writer.destroyForcibly().waitFor();
            }
            history.add(new Event(Kind.WRITE, KEY, NEW, begin, System.nanoTime()));
            assertThat(read(cold)).as("it is committed").isEqualTo(NEW);
            assertThat(history.faults()).isEmpty();
            assertThat(read(warm)).isEqualTo(OLD);
            assertThat(history.faults()).singleElement().asString().contains("stale");
        }
    }

    @Test
    void put_ofAnother_hasReturned_answeredFromTheHeapAgain() {
        try (TwatCache one = open();
                TwatCache other = open()) {
            Cache<Integer, Long> warm = cache(one, true);
            put(warm, OLD);
            assertOnTheHeap(warm);
            put(cache(other, false), NEW);
            assertThat(read(warm)).isEqualTo(NEW);
            assertOnTheHeap(warm);
            assertThat(history.faults()).isEmpty();
        }
    }
}
