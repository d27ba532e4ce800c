package io.github.twatcache.disk.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.error.LockTimeoutException;
import io.github.twatcache.testkit.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Works that are committed together: each caller is told what came of its own, and by when. */
final class WritersTest {
    @TempDir
    Path directory;

    /** No failure that anything here would mend. */
    private static final class Planted extends Error {
        private static final long serialVersionUID = 1L;

        Planted() {
            super("planted");
        }
    }

    /** Holds what all writers of the process need, so that a group gathers behind it. */
    private static final class Holder {
        private final CountDownLatch leaves = new CountDownLatch(1);
        private final Actor<Boolean> actor;

        Holder(Database database) {
            CountDownLatch inside = new CountDownLatch(1);
            actor = Actor.start(() -> database.transaction(() -> {
                inside.countDown();
                Actor.await(leaves);
                return true;
            }));
            Actor.await(inside);
        }

        void leave() {
            leaves.countDown();
            assertThat(actor.result()).isTrue();
        }
    }

    private Database open(Duration timeout) {
        Database database = Database.open(
                directory.resolve("x.db"), DatabaseOptions.standard().waiting(timeout));
        database.write(link -> {
            link.run("CREATE TABLE IF NOT EXISTS t(n INTEGER)");
            return true;
        });
        return database;
    }

    private static boolean insert(Link link, long number) throws java.sql.SQLException {
        Prepared insert = link.prepared("INSERT INTO t VALUES (?)");
        insert.setLong(1, number);
        return insert.executeUpdate() == 1;
    }

    private static long count(Database database) {
        return database.read(link -> link.number("SELECT count(*) FROM t", -1));
    }

    @Test
    void group_oneWorkThrowsAnError_theOthersAreStoredAndToldSo() {
        try (Database database = open(Duration.ofMinutes(1))) {
            for (int failing = 0; failing < 3; failing++) {
                ConcurrentLinkedQueue<Integer> told = new ConcurrentLinkedQueue<>();
                Holder holder = new Holder(database);
                List<Actor<Boolean>> actors = new ArrayList<>();
                for (int number = 0; number < 3; number++) {
                    int mine = number;
                    boolean fails = mine == failing;
                    actors.add(Actor.start(() -> database.write(link -> {
                                insert(link, mine);
                                link.afterCommit(() -> told.add(mine));
                                if (fails) {
                                    throw new Planted();
                                }
                                return true;
                            }))
                            .awaitWaiting());
                }
                holder.leave();
                for (int number = 0; number < 3; number++) {
                    if (number == failing) {
                        assertThat(actors.get(number).failure()).isInstanceOf(Planted.class);
                    } else {
                        assertThat(actors.get(number).result()).isTrue();
                    }
                }
                assertThat(told).hasSize(2).doesNotContain(failing);
                assertThat(count(database)).isEqualTo(2L * (failing + 1));
            }
        }
    }

    private static FutureTask<Boolean> write(Database database, long stackBytes, Work<Boolean> work) throws Exception {
        FutureTask<Boolean> task = new FutureTask<>(() -> database.write(work));
        Thread thread = new Thread(null, task, "stack of " + stackBytes, stackBytes);
        thread.setDaemon(true);
        thread.start();
        Actor.until("it waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
        return task;
    }

    private static long descend(int depth, long number) {
        return depth == 0 ? number : descend(depth - 1, number + depth) - depth;
    }

    /** Who comes first leads, and has too little stack for what the second does. */
    @Test
    void group_leadersStackIsTooShortForAnothersWork_itsOwnThreadRunsIt() throws Exception {
        try (Database database = open(Duration.ofMinutes(1))) {
            Holder holder = new Holder(database);
            FutureTask<Boolean> leader = write(database, 256 << 10, link -> insert(link, 1));
            FutureTask<Boolean> deep = write(database, 32 << 20, link -> insert(link, descend(20_000, 2)));
            FutureTask<Boolean> other = write(database, 1 << 20, link -> insert(link, 3));
            holder.leave();
            for (FutureTask<Boolean> task : List.of(leader, deep, other)) {
                assertThat(task.get(30, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(count(database)).isEqualTo(3);
        }
    }

    /** A work that no stack is deep enough for fails alone. */
    @Test
    void group_oneWorkHasNoEnd_itFailsAlone() throws Exception {
        try (Database database = open(Duration.ofMinutes(1))) {
            Holder holder = new Holder(database);
            FutureTask<Boolean> leader = write(database, 1 << 20, link -> insert(link, 1));
            FutureTask<Boolean> endless = write(database, 1 << 20, link -> insert(link, descend(Integer.MAX_VALUE, 2)));
            holder.leave();
            assertThat(leader.get(30, TimeUnit.SECONDS)).isTrue();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> endless.get(30, TimeUnit.SECONDS))
                    .withCauseInstanceOf(StackOverflowError.class);
            assertThat(count(database)).isEqualTo(1);
        }
    }

    @Test
    void write_behindATransactionThatDoesNotEnd_givesUpAndIsNotStoredLater() {
        try (Database database = open(Duration.ofMillis(50))) {
            Holder holder = new Holder(database);
            Actor<Boolean> first = Actor.start(() -> database.write(link -> insert(link, 1)));
            Actor<Boolean> second = Actor.start(() -> database.write(link -> insert(link, 2)));
            for (Actor<Boolean> late : List.of(first, second)) {
                assertThat(late.failure())
                        .isInstanceOf(LockTimeoutException.class)
                        .hasMessageContaining("50 ms")
                        .hasMessageContaining("lock-timeout");
            }
            holder.leave();
            assertThat(database.<Boolean>write(link -> insert(link, 3))).isTrue();
            assertThat(count(database)).isEqualTo(1);
        }
    }

    @Test
    void afterCommit_oneThrows_theOthersAreDoneAndWhatWasCommittedStands() {
        try (Database database = open(Duration.ofMinutes(1))) {
            List<Integer> done = new ArrayList<>();
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> database.write(link -> {
                        link.afterCommit(() -> done.add(1));
                        link.afterCommit(() -> {
                            throw new IllegalArgumentException("planted");
                        });
                        link.afterCommit(() -> done.add(2));
                        return insert(link, 1);
                    }));
            assertThat(done).containsExactly(1, 2);
            assertThat(count(database)).isEqualTo(1);
        }
    }
}
