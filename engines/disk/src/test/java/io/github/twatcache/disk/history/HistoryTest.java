package io.github.twatcache.disk.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.disk.history.History.Event;
import io.github.twatcache.disk.history.History.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The judge, before anybody is judged by it. */
final class HistoryTest {
    private final History history = new History();

    private void write(long value, long begin, long end) {
        history.add(new Event(Kind.WRITE, 1, value, begin, end));
    }

    private List<String> read(long value, long begin, long end) {
        history.add(new Event(Kind.READ, 1, value, begin, end));
        return history.faults();
    }

    @Test
    void newest_isRight() {
        write(7, 0, 1);
        write(8, 2, 3);
        assertThat(read(8, 4, 5)).isEmpty();
    }

    @Test
    void overwritten_isStale() {
        write(7, 0, 1);
        write(8, 2, 3);
        assertThat(read(7, 4, 5)).singleElement().asString().contains("stale");
    }

    @Test
    void overlappingWrites_eitherIsRight() {
        write(7, 0, 3);
        write(8, 1, 2);
        assertThat(read(7, 4, 5)).isEmpty();
        assertThat(read(8, 4, 5)).isEmpty();
    }

    @Test
    void overlappingRead_oldIsRight() {
        write(7, 0, 1);
        write(8, 2, 6);
        assertThat(read(7, 4, 5)).isEmpty();
    }

    @Test
    void old_afterSomebodyReadTheNew_isStaleThoughItsWriterNeverReturned() {
        write(7, 0, 1);
        write(8, 2, History.NEVER);
        assertThat(read(7, 4, 5)).isEmpty();
        assertThat(read(8, 6, 7)).isEmpty();
        assertThat(read(7, 6, 8)).isEmpty();
        assertThat(read(7, 8, 9)).singleElement().asString().contains("stale");
    }

    @Test
    void fromTheFuture_isWrong() {
        write(7, 4, 5);
        assertThat(read(7, 0, 1)).singleElement().asString().contains("later");
    }

    @Test
    void nothing_afterAPut_isLost() {
        write(7, 0, 1);
        assertThat(read(History.NOTHING, 2, 3)).singleElement().asString().contains("lost");
    }

    @Test
    void nothing_afterARemovalThatMayHaveComeLater_isRight() {
        write(7, 0, 3);
        write(History.NOTHING, 1, 2);
        assertThat(read(History.NOTHING, 4, 5)).isEmpty();
    }

    @Test
    void value_afterItsRemoval_isStale() {
        write(7, 0, 1);
        write(History.NOTHING, 2, 3);
        assertThat(read(7, 4, 5)).singleElement().asString().contains("stale");
    }
}
