package io.github.twatcache.files.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.path.CacheDirectory;
import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.path.Changes;
import io.github.twatcache.path.DirectorySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal tells what came since, or that it cannot tell; what it tells of invalidations is what a late value is known by. */
final class JournalTest {
    private static final int HEAD = 24;
    private static final int RECORD = 32;

    @TempDir
    Path temporary;

    private CacheDirectory directory;
    private CacheFolder folder;
    private Place place;
    private Journal journal;
    private Invalidations invalidations;

    @BeforeEach
    void open() {
        directory = CacheDirectory.open(DirectorySettings.standard().at(temporary.resolve("cache")));
        folder = directory.folder("data");
        place = new Place(folder.path(), "data", "0".repeat(32));
        journal = new Journal(folder, place, Journal.CHANGES);
        invalidations = new Invalidations(folder, place);
    }

    @AfterEach
    void close() {
        folder.close();
        directory.close();
    }

    private <T> T locked(Changes.Step<T> step) {
        return folder.change("test", 0, step).orElseThrow();
    }

    private static String digest(long number) {
        return "%064x".formatted(number);
    }

    private static List<String> digests(long from, long to) {
        return LongStream.range(from, to).mapToObj(JournalTest::digest).toList();
    }

    private Journal.Position note(long from, long to) {
        return locked(changes -> journal.note(changes, digests(from, to), null));
    }

    private List<String> since(Journal.Position before) throws IOException {
        return journal.news(before).orElseThrow().digests();
    }

    private Path file(String name) {
        return place.path().resolve(name);
    }

    @Test
    void news_whatWasNotedSince_eachOnce() throws IOException {
        assertThat(journal.news(null)).as("there is none").isEmpty();
        Journal.Position before = note(0, 3);
        note(5, 7);
        note(6, 8);
        assertThat(since(before)).containsExactly(digest(5), digest(6), digest(7));
        assertThat(since(journal.position().orElseThrow())).isEmpty();
    }

    @Test
    void news_ofAnotherJournal_cannotTell() throws IOException {
        Journal.Position before = note(0, 3);
        Files.delete(file(Journal.CHANGES));
        note(3, 9);
        assertThat(since(before)).isNull();
    }

    @Test
    void note_whereItIsAsLongAsItMayBe_theNewerHalfIsKept() throws IOException {
        long half = Journal.LONGEST / 2;
        Journal.Position tooOld = note(0, half - 1);
        Journal.Position oldest = note(half - 1, half);
        note(half, Journal.LONGEST);
        assertThat(since(tooOld)).hasSize(Journal.LONGEST / 2 + 1);
        Journal.Position now = note(Journal.LONGEST, Journal.LONGEST + 1);
        assertThat(now.count()).isEqualTo(Journal.LONGEST + 1);
        assertThat(journal.position()).contains(now);
        assertThat(since(tooOld)).isNull();
        assertThat(since(oldest)).isEqualTo(digests(half, Journal.LONGEST + 1));
        assertThat(file(Journal.CHANGES)).hasSize(HEAD + RECORD * (half + 1));
        assertThat(directory.usage().bytes()).as("it is counted").isEqualTo(HEAD + RECORD * (half + 1));
    }

    @Test
    void note_whereSomebodyDiedWhileNoting_loseNothing() throws IOException {
        Journal.Position before = note(0, 3);
        note(3, 5);
        Files.write(file(Journal.CHANGES), new byte[RECORD - 1], StandardOpenOption.APPEND);
        assertThat(since(before)).containsExactly(digest(3), digest(4));
        note(5, 6);
        assertThat(since(before)).containsExactly(digest(3), digest(4), digest(5));
    }

    private void invalidate(long number) {
        locked(changes -> {
            invalidations.note(changes, digest(number));
            return true;
        });
    }

    @Test
    void came_theKeyOrAll_andNoOther() throws IOException {
        Journal.Position before = invalidations.now();
        assertThat(invalidations.came(before, digest(1))).isFalse();
        invalidate(2);
        assertThat(invalidations.came(before, digest(1))).isFalse();
        assertThat(invalidations.came(before, digest(2))).isTrue();
        assertThat(invalidations.came(invalidations.now(), digest(2))).isFalse();
        locked(changes -> {
            invalidations.noteAll(changes);
            return true;
        });
        assertThat(invalidations.came(before, digest(1))).isTrue();
    }

    @Test
    void came_whereNobodyCanTell_isSoAssumed() throws IOException {
        Journal.Position before = invalidations.now();
        Files.delete(file(Invalidations.FILE));
        assertThat(invalidations.came(before, digest(1))).isTrue();
        invalidations.now();
        assertThat(invalidations.came(before, digest(1))).isTrue();
    }

    @Test
    void note_whereNobodyComputesWithoutLease_writesNothing() {
        invalidate(1);
        assertThat(file(Invalidations.FILE)).doesNotExist();
    }
}
