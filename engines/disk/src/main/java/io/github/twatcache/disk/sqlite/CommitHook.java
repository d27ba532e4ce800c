package io.github.twatcache.disk.sqlite;

import java.sql.SQLException;

/**
 * Hears of each commit of this process, before and after it. Where a hook is set, both calls and the commit between them
 * happen under the database's write lock: no other process commits meanwhile.
 */
public interface CommitHook {
    /**
     * Is called when all is written and nothing is committed, for each transaction. What it throws makes the transaction
     * fail.
     *
     * @param changes what the transaction has changed
     * @throws SQLException what SQLite says
     */
    void before(Changes changes) throws SQLException;

    /**
     * Is called after the commit, or after it failed; whenever {@link #before} has been called, even if that threw.
     *
     * @param changes what the transaction has changed
     * @param committed whether it is certain that nothing was undone; false says that nothing was changed, or that nobody
     *     knows
     */
    void after(Changes changes, boolean committed);

    /**
     * Where the count of all commits to the database stands, those of other processes too. It moves with {@link #before}
     * and with {@link #after}, so it is odd while a commit is being made. To be read before the database is.
     *
     * @return the count; always odd where nobody counts
     */
    default long commits() {
        return 1;
    }

    /**
     * Tells all processes whether the log has grown so long that nobody should hold a snapshot: behind one it cannot begin
     * anew.
     *
     * @param isLong whether it has
     */
    default void logIsLong(boolean isLong) {}

    /**
     * Whether some process has found the log so long that nobody should hold a snapshot.
     *
     * @return whether it has
     */
    default boolean logIsLong() {
        return false;
    }

    /**
     * Whether the database is still the one that others find. Asked under the write lock before each transaction, and after
     * each look-up, whose answer is void if it is not.
     *
     * @param surely whether to ask the file system now, rather than every now and then
     * @return whether it is
     */
    default boolean stands(boolean surely) {
        return true;
    }
}
