package io.github.twatcache.disk.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.testkit.Actor;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nobody waits for is written when nobody else writes; what fails keeps nothing else from that. */
final class BehindTest {
    @TempDir
    Path directory;

    private Database open() {
        Database database = Database.open(directory.resolve("x.db"), DatabaseOptions.standard());
        database.write(link -> {
            link.run("CREATE TABLE t(n INTEGER)");
            return true;
        });
        return database;
    }

    private static boolean insert(Link link) throws SQLException {
        link.run("INSERT INTO t VALUES (1)");
        return true;
    }

    private static long count(Database database) {
        return database.read(link -> link.number("SELECT count(*) FROM t", -1));
    }

    @Test
    void writeLater_whileAnotherWrites_isWrittenOnceWhenThatHasEnded() {
        try (Database database = open()) {
            database.transaction(() -> {
                Work<Boolean> work = BehindTest::insert;
                database.writeLater(work);
                database.writeLater(work);
                return true;
            });
            Actor.until("it is written", () -> count(database) > 0);
            database.write(link -> true);
            assertThat(count(database)).isEqualTo(1);
        }
    }

    @Test
    void writeLater_fails_isForgottenAndAnotherIsWritten() {
        try (Database database = open()) {
            CountDownLatch tried = new CountDownLatch(1);
            database.writeLater(link -> {
                insert(link);
                tried.countDown();
                throw new SQLException("planted");
            });
            Actor.await(tried);
            database.writeLater(BehindTest::insert);
            Actor.until("it is written", () -> count(database) > 0);
            assertThat(count(database)).isEqualTo(1);
        }
    }

    @Test
    void close_whileSomethingWaits_ends() {
        Database database = open();
        database.transaction(() -> {
            database.writeLater(BehindTest::insert);
            return true;
        });
        database.close();
        database.writeLater(BehindTest::insert);
        database.close();
    }
}
