package io.github.twatcache.disk.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/** One connection with the statements that were prepared on it. Used by one thread at a time. */
public final class Link {
    /** No count of commits that anybody sees. */
    private static final long NONE = -1;

    /** So many looks at a database that nobody changes make a snapshot pay. */
    private static final int MANY = 16;

    private final Connection connection;
    private final Map<String, Prepared> prepared = new HashMap<>();
    private @Nullable Transaction transaction;
    private boolean broken;

    /** Of which count of commits this holds a snapshot. */
    private long snapshot = NONE;

    private long seen = NONE;
    private int looks;
    private int known;

    Link(Connection connection) {
        this.connection = connection;
        // Otherwise the driver begins and commits an empty transaction after each statement that changes something, to
        // be sure that SQLite's own commit at the statement's end has happened. What is said here begins nothing by
        // itself.
        ((SQLiteConnection) connection).getConnectionConfig().setAutoCommit(false);
    }

    /**
     * A statement, prepared at the first call. Its parameters hold what was set last; its results are to be closed.
     *
     * @param sql the text, a constant
     * @return the statement, for the time of the work
     * @throws SQLException what SQLite says
     */
    public Prepared prepared(String sql) throws SQLException {
        Prepared known = prepared.get(sql);
        if (known == null) {
            known = new Prepared(connection.prepareStatement(sql));
            prepared.put(sql, known);
        }
        return known;
    }

    /**
     * Runs a statement without parameters or results.
     *
     * @param sql the text, a constant
     * @throws SQLException what SQLite says
     */
    public void run(String sql) throws SQLException {
        prepared(sql).executeUpdate();
    }

    /**
     * Runs a statement that works in steps without telling anything, which the driver would end after the first.
     *
     * @param sql the text; it is not kept
     * @throws SQLException what SQLite says
     */
    public void runToTheEnd(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Of a text the driver has SQLite run all there is, of a prepared statement one step.
            statement.executeUpdate(sql);
        }
    }

    /**
     * Runs a query without parameters.
     *
     * @param sql the text, a constant
     * @param otherwise what is returned where there is no row
     * @return the first column of the first row
     * @throws SQLException what SQLite says
     */
    public long number(String sql, long otherwise) throws SQLException {
        try (Results row = prepared(sql).executeQuery()) {
            return row.next() ? row.getLong(1) : otherwise;
        }
    }

    /**
     * Whether this is within a transaction that writes.
     *
     * @return whether it is
     */
    public boolean writing() {
        return transaction != null;
    }

    /**
     * What the running transaction keeps for whoever asks: made at the first call within it, and forgotten with it.
     *
     * @param <T> its type
     * @param owner who asks, compared by identity
     * @param maker makes it
     * @return the same until the transaction ends
     */
    public <T> T kept(Object owner, Supplier<T> maker) {
        return current().kept(owner, maker);
    }

    /**
     * What this process has learnt of the database in a transaction, and nobody has changed since: made at the first call,
     * forgotten when another process has committed, or a transaction or part of one is undone. Whoever changes the
     * database keeps it true.
     *
     * @param <T> its type
     * @param owner who asks, compared by identity
     * @param maker makes it, as yet knowing nothing
     * @return the same as long as it is true
     */
    public <T> T remembered(Object owner, Supplier<T> maker) {
        return current().memory().of(owner, maker);
    }

    /** Says that what is {@link #remembered} may not be true any more. */
    public void forget() {
        Transaction now = transaction;
        if (now != null) {
            now.memory().forget();
        }
    }

    /**
     * Does something at the end of the running transaction, before it is committed; within {@link Database#transaction}
     * at the end of each work.
     *
     * @param last what to do, in the order of these calls
     */
    public void beforeCommit(Work<?> last) {
        current().beforeCommit(last);
    }

    /**
     * Does something after the running transaction was committed, on the thread that waits for the work; not where it is
     * rolled back.
     *
     * @param then what to do
     */
    public void afterCommit(Runnable then) {
        current().afterCommit(then);
    }

    /**
     * What the running transaction has changed, to be noted by who changes it.
     *
     * @return the changes
     */
    public Changes changes() {
        return current().changes();
    }

    Transaction current() {
        Transaction now = transaction;
        if (now == null) {
            throw new IllegalStateException("this is no transaction; use Database.write");
        }
        return now;
    }

    @Nullable Transaction transaction() {
        return transaction;
    }

    /**
     * Prepares for a look. A transaction that reads costs a lock and its release each time; where many looks in a row find
     * that nobody has committed, one is left open and serves all of them, until somebody does.
     *
     * @param commits the count of commits, which is odd while one is made
     */
    void look(long commits) throws SQLException {
        looks++;
        if (snapshot == commits) {
            return;
        }
        endSnapshot();
        if (seen != commits) {
            seen = commits;
            looks = 0;
        } else if (looks >= MANY && (commits & 1) == 0) {
            boolean sound = !broken;
            // Until it is known to hold one: an error in between must not leave a transaction that nobody knows of.
            broken = true;
            run("BEGIN");
            snapshot = commits;
            broken = !sound;
        }
    }

    /** Lets go of the snapshot, if it holds one: SQLite cannot begin its log anew while somebody does. */
    void endSnapshot() throws SQLException {
        if (snapshot != NONE) {
            snapshot = NONE;
            run("COMMIT");
        }
    }

    /** Whether it holds a snapshot. */
    boolean holds() {
        return snapshot != NONE;
    }

    /** Whether there was a look since this was asked the last time. */
    boolean lookedThrough() {
        boolean looked = looks != known;
        known = looks;
        return looked;
    }

    /** Takes the database's write lock; waits for it where another process has it. */
    Transaction begin(Patience patience, Memory memory) throws SQLException {
        while (true) {
            try {
                run("BEGIN IMMEDIATE");
                break;
            } catch (SQLException fault) {
                if (!Faults.busy(fault)) {
                    broken = true;
                    throw fault;
                }
                patience.pause();
            }
        }
        patience.done();
        Transaction begun = new Transaction(memory);
        transaction = begun;
        return begun;
    }

    void commit(Patience patience) throws SQLException {
        while (true) {
            try {
                run("COMMIT");
                transaction = null;
                return;
            } catch (SQLException fault) {
                if (!Faults.busy(fault)) {
                    throw fault;
                }
                patience.pause();
            }
        }
    }

    /** Undoes the running transaction. Some failures have undone it already; where this fails too, the link is no use. */
    void rollback() {
        transaction = null;
        try {
            run("ROLLBACK");
        } catch (SQLException fault) {
            broken |= !String.valueOf(fault.getMessage()).contains("no transaction is active");
        }
    }

    /** Says that something on it has failed, and with it the statement, which may be of no use any more. */
    void failed() {
        broken = true;
    }

    /** Whether it must not be used again. */
    boolean broken() {
        return broken;
    }

    void close() throws SQLException {
        SQLException first = null;
        for (Prepared statement : prepared.values()) {
            try {
                statement.close();
            } catch (SQLException fault) {
                first = fault;
            }
        }
        connection.close();
        if (first != null) {
            throw first;
        }
    }
}
