package io.github.twatcache.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.error.PathException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** It is one's turn until it is given back or taken away, or its process dies. */
class TurnsTest {
    private static final String NOBODY = "process-00000000-0000-0000-0000-000000000000";

    @TempDir
    Path temporary;

    private CacheDirectory directory;
    private CacheFolder folder;
    private Turns turns;

    @BeforeEach
    void open() {
        directory = CacheDirectory.open(DirectorySettings.standard().at(temporary.resolve("cache")));
        folder = directory.folder("users");
        turns = folder.turns();
    }

    @AfterEach
    void close() {
        folder.close();
        directory.close();
    }

    private <T> T locked(Changes.Step<T> step) {
        return folder.change("take a turn", 0, step).orElseThrow();
    }

    private boolean end(String name, Turn turn) {
        return locked(changes -> turns.end(name, turn));
    }

    private Turns.Claim claim(String name) {
        return locked(changes -> turns.claim(name, 5));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(temporary.resolve("cache/.twat-cache/turns"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void claim_free_isMine_thenNobodyElses() throws IOException {
        Turns.Claim mine = claim("a");
        assertThat(mine.taken()).isTrue();
        assertThat(mine.turn().since()).isEqualTo(5);
        assertThat(mine.turn().words())
                .contains("process " + ProcessHandle.current().pid());
        assertThat(claim("a")).isEqualTo(new Turns.Claim(mine.turn(), false));
        assertThat(claim("b").taken()).isTrue();
        assertThat(turns.stands("a", mine.turn())).isTrue();
        try (CacheFolder others = directory.folder("others")) {
            assertThat(others.change("take a turn", 0, changes -> others.turns().claim("a", 5))
                            .orElseThrow()
                            .taken())
                    .as("another cache's")
                    .isTrue();
        }
    }

    @Test
    void end_once_thenItIsFree() throws IOException {
        Turn mine = claim("a").turn();
        assertThat(end("a", mine)).isTrue();
        assertThat(end("a", mine)).isFalse();
        assertThat(turns.holds("a", mine)).isFalse();
        Turn next = claim("a").turn();
        assertThat(next).isNotEqualTo(mine);
        assertThat(end("a", mine)).as("the next one's stays").isFalse();
        assertThat(turns.holds("a", next)).isTrue();
        assertThat(files()).hasSize(1);
    }

    @Test
    void takenAway_itHasEnded() throws IOException {
        Turn first = claim("a-1").turn();
        Turn seized = locked(changes -> turns.seize("a-1", 6)).turn();
        assertThat(turns.holds("a-1", first)).isFalse();
        assertThat(turns.stands("a-1", seized)).isTrue();
        Turn other = claim("a-2").turn();
        Turn apart = claim("b").turn();
        locked(changes -> {
            turns.end("a-1");
            turns.end("never");
            turns.endAll("a-");
            return true;
        });
        assertThat(turns.holds("a-1", seized)).isFalse();
        assertThat(turns.holds("a-2", other)).isFalse();
        assertThat(turns.holds("b", apart)).isTrue();
    }

    @Test
    void over_inThisProcess_isFreeWhateverTheFileSays() throws IOException {
        Turn mine = claim("a").turn();
        turns.over(mine.number());
        assertThat(turns.holds("a", mine)).isTrue();
        assertThat(turns.stands("a", mine)).isFalse();
        assertThat(claim("a").taken()).isTrue();
    }

    @Test
    void file_ofADeadProcess_orOfNone_isFree() throws IOException {
        for (String content : List.of(
                NOBODY + " 1 2 3\n",
                NOBODY + " 1 2 3",
                NOBODY + " 1",
                "",
                "\n",
                "../../x 1 2 3\n",
                "x".repeat(1_000))) {
            claim("a");
            Files.writeString(files().get(0), content);
            Turns.Claim claim = claim("a");
            assertThat(claim.taken()).as(content).isTrue();
            assertThat(turns.stands("a", claim.turn())).isTrue();
        }
    }

    @Test
    void opening_sweepsWhatTheDeadHaveLeft() throws IOException {
        claim("a");
        Files.writeString(files().get(0), NOBODY + " 1 2 3\n");
        close();
        open();
        folder.made();
        assertThat(files()).isEmpty();
    }

    @Test
    void interruptedThread_takesItAllTheSame() throws IOException {
        Thread.currentThread().interrupt();
        try {
            assertThat(claim("a").taken()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void name_thatLeadsOut_isRefused() {
        for (String name : List.of("..", ".a", "", "a b")) {
            assertThatExceptionOfType(PathException.class).isThrownBy(() -> claim(name));
        }
    }
}
