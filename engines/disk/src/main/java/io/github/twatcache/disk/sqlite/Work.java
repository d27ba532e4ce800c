package io.github.twatcache.disk.sqlite;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What is done with a database, on one connection.
 *
 * <p>It may be run again, from the beginning, after what it had changed in the database was rolled back; and on another
 * thread. So it changes nothing but the database, except by {@link Link#afterCommit}, and asks for no lock.
 *
 * @param <R> what comes of it
 */
@FunctionalInterface
public interface Work<R> {
    /**
     * Does it.
     *
     * @param link the connection, for the time of this call only
     * @return what comes of it; {@code null} only where it reads
     * @throws SQLException what SQLite says
     */
    @Nullable R run(Link link) throws SQLException;
}
