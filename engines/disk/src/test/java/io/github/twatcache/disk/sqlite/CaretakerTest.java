package io.github.twatcache.disk.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.testkit.Actor;
import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot that serves many looks: as new as the count of commits says, and in nobody's way. */
final class CaretakerTest {
    private static final int MANY = 100;

    /** Short, so that a test need not write much for it to be long. */
    private static final long LOG = 2L << 20;

    @TempDir
    Path directory;

    /** Counts as all processes do together. */
    private static final class Counting implements CommitHook {
        final AtomicLong commits = new AtomicLong();
        volatile boolean isLong;

        @Override
        public void before(Changes changes) {
            commits.incrementAndGet();
        }

        @Override
        public void after(Changes changes, boolean committed) {
            commits.incrementAndGet();
        }

        @Override
        public long commits() {
            return commits.get();
        }

        @Override
        public void logIsLong(boolean now) {
            isLong = now;
        }

        @Override
        public boolean logIsLong() {
            return isLong;
        }
    }

    private Database open(CommitHook hook) {
        Database database = Database.open(
                directory.resolve("x.db"), DatabaseOptions.standard().logging(LOG));
        database.onCommit(hook);
        return database;
    }

    private static boolean write(Database database, long number) {
        return database.write(link -> {
            link.run("CREATE TABLE IF NOT EXISTS t(n INTEGER)");
            link.run("DELETE FROM t");
            Prepared insert = link.prepared("INSERT INTO t VALUES (?)");
            insert.setLong(1, number);
            return insert.executeUpdate() == 1;
        });
    }

    private static long look(Database database) {
        return database.read(link -> link.number("SELECT n FROM t", -1));
    }

    private static boolean holds(Database database) {
        return database.read(Link::holds);
    }

    @Test
    void manyLooks_holdOne_andSeeEachCommitAtOnce() {
        Counting hook = new Counting();
        try (Database database = open(hook)) {
            for (long number = 1; number <= 20; number++) {
                write(database, number);
                for (int i = 0; i < MANY; i++) {
                    assertThat(look(database)).isEqualTo(number);
                }
                assertThat(holds(database)).isTrue();
            }
        }
    }

    /** The other process's commit moves the count, whoever makes it. */
    @Test
    void commitElsewhere_seenByTheNextLook() throws Exception {
        Counting hook = new Counting();
        try (Database database = open(hook)) {
            write(database, 1);
            for (int i = 0; i < MANY; i++) {
                look(database);
            }
            Link other = Opening.link(directory.resolve("x.db"), DatabaseOptions.standard(), false);
            try {
                hook.before(new Changes());
                other.run("UPDATE t SET n = 2");
                assertThat(holds(database)).as("while a commit is made").isFalse();
                hook.after(new Changes(), true);
                assertThat(look(database)).isEqualTo(2);
            } finally {
                other.close();
            }
        }
    }

    @Test
    void withoutACount_none() {
        try (Database database = open(new CommitHook() {
            @Override
            public void before(Changes changes) {}

            @Override
            public void after(Changes changes, boolean committed) {}
        })) {
            write(database, 1);
            for (int i = 0; i < MANY; i++) {
                look(database);
            }
            assertThat(holds(database)).isFalse();
        }
    }

    /** Nobody looks any more: the log can begin anew, in this process and in others, and no thread is left. */
    @Test
    void idle_endsAndItsThreadToo() throws Exception {
        try (Database database = open(new Counting())) {
            write(database, 1);
            for (int i = 0; i < MANY; i++) {
                look(database);
            }
            Link other = Opening.link(directory.resolve("x.db"), DatabaseOptions.standard(), false);
            try {
                other.run("UPDATE t SET n = 2");
                Actor.until("the log is free", () -> free(other));
            } finally {
                other.close();
            }
            Actor.until("the thread is gone", () -> !watched());
        }
    }

    /** Looks through a snapshot for as long as it is told to. */
    private static final class Looker {
        private final Semaphore inside = new Semaphore(0);
        private final CountDownLatch leaving = new CountDownLatch(1);
        private final Actor<Boolean> actor;

        /** Returns when it looks: through a snapshot, unless the log is long. */
        Looker(Database database, Counting hook) {
            actor = Actor.start(() -> {
                for (int i = 0; i < MANY; i++) {
                    look(database);
                }
                while (!database.read(link -> {
                    boolean there = link.holds() || hook.isLong;
                    if (there) {
                        link.number("SELECT n FROM t", -1);
                        inside.release();
                        Actor.await(leaving);
                    }
                    return there;
                })) {
                    // Another connection than that of the looks before.
                }
                return true;
            });
            Actor.until("somebody looks", inside::tryAcquire);
        }

        void leave() {
            leaving.countDown();
            assertThat(actor.result()).isTrue();
        }
    }

    private static void writeMuch(Database database) {
        database.write(link -> {
            link.run("CREATE TABLE IF NOT EXISTS large(content BLOB)");
            link.run("DELETE FROM large");
            link.run("INSERT INTO large VALUES (randomblob(400000))");
            for (int key = 0; key < MANY; key++) {
                link.changes().note(key);
            }
            return true;
        });
    }

    /** At every moment somebody looks, the next before the one before has left; the log begins anew all the same. */
    @Test
    void looksWithoutEnd_theLogDoesNotGrowForEver() {
        Counting hook = new Counting();
        File log = directory.resolve("x.db-wal").toFile();
        try (Database database = open(hook)) {
            write(database, 1);
            AtomicReference<Looker> looking = new AtomicReference<>(new Looker(database, hook));
            Actor.until("it is seen that the log is long", () -> {
                writeMuch(database);
                boolean seen = hook.isLong;
                if (!seen) {
                    looking.getAndSet(new Looker(database, hook)).leave();
                }
                return seen;
            });
            Looker last = new Looker(database, hook);
            looking.get().leave();
            Actor.until("the log is short", () -> log.length() < LOG);
            last.leave();
        }
    }

    @Test
    void close_leavesNoThread() {
        try (Database database = open(new Counting())) {
            write(database, 1);
            for (int i = 0; i < MANY; i++) {
                look(database);
            }
        }
        assertThat(watched()).isFalse();
    }

    private static boolean free(Link link) {
        try {
            return link.number("PRAGMA wal_checkpoint(TRUNCATE)", 1) == 0;
        } catch (java.sql.SQLException busy) {
            return false;
        }
    }

    private static boolean watched() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("twat-cache-disk-caretaker"));
    }
}
