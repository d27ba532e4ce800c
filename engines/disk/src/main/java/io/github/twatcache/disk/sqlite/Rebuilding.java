package io.github.twatcache.disk.sqlite;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** What has to be known to build a database anew from what can be read of a malformed one. */
public interface Rebuilding {
    /**
     * Tells the other processes that what they have open is void: from its return on none of them commits to it, nor answers
     * from it. Called under the write lock, with no connection of this process open.
     *
     * @throws IOException when that cannot be done; then nothing is moved
     */
    void shutOut() throws IOException;

    /**
     * Whether the new database takes the place of the old one within its file, for programs that know nothing of ours. Then
     * it is built only while nobody has the old one open, so that nobody need be shut out.
     *
     * @return whether it does
     */
    default boolean inPlace() {
        return false;
    }

    /**
     * Refuses a database that is not to be opened as all are, before anything of it is changed.
     *
     * @param statement of a connection to it; it may be new and empty
     * @throws SQLException what SQLite says
     * @throws io.github.twatcache.error.EngineUnavailableException where it is refused
     */
    default void requireOurs(Statement statement) throws SQLException {}

    /**
     * The statements that make an empty database.
     *
     * @return the statements, in their order
     */
    List<String> schema();

    /**
     * The statements that make tables which a database may do without, by the tables' names: run where the malformed one has
     * such a table.
     *
     * @return the statements
     */
    default Map<String, String> further() {
        return Map.of();
    }

    /**
     * Makes consistent what was read.
     *
     * @param link the new database
     * @throws SQLException what SQLite says
     */
    void settle(Link link) throws SQLException;
}
