package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Database;
import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table of leases: who may compute what is missing. A lease belongs to a key of one generation of a space, and ends in
 * the transaction that changes its key, whichever process makes the change.
 */
final class LeaseTable {
    private static final String COLUMNS = "SELECT owner, number, pid, since FROM lease ";
    private static final String FIND = COLUMNS + "WHERE life = ? AND key = ?";
    private static final String LOOK = COLUMNS + "WHERE life = (SELECT life FROM space WHERE id = ?) AND key = ?";
    private static final String TAKE =
            "INSERT OR REPLACE INTO lease(life, key, owner, number, pid, since) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String END = "DELETE FROM lease WHERE life = ? AND key = ?";
    private static final String END_ONE = END + " AND owner = ? AND number = ?";
    private static final int SHORT = 8;
    private static final long PID = ProcessHandle.current().pid();

    private LeaseTable() {}

    /**
     * A lease.
     *
     * @param owner the process that has it, as it is known by
     * @param number tells it from all others of that process
     * @param pid the number of the process, for messages
     * @param since when it was taken, in nanoseconds since 1970
     */
    record Lease(String owner, long number, long pid, long since) {
        /** One of this process. */
        static Lease of(String process, long number, long now) {
            return new Lease(process, number, PID, now);
        }

        boolean is(String process, long other) {
            return number == other && owner.equals(process);
        }

        /** Who has it, for messages. */
        String words() {
            return "process " + pid + " (" + owner.substring(0, Math.min(SHORT, owner.length())) + ")";
        }
    }

    /** The lease of a key, within a transaction that writes. */
    static @Nullable Lease find(Link link, long life, byte[] key) throws SQLException {
        return some(link) ? one(link.prepared(FIND), life, key) : null;
    }

    /** The lease of a key in the present generation of a space. */
    static @Nullable Lease look(Link link, long space, byte[] key) throws SQLException {
        return one(link.prepared(LOOK), space, key);
    }

    private static @Nullable Lease one(Prepared statement, long where, byte[] key) throws SQLException {
        statement.setLong(1, where);
        statement.setBytes(2, key);
        try (Results row = statement.executeQuery()) {
            return row.next() ? new Lease(row.getText(1), row.getLong(2), row.getLong(3), row.getLong(4)) : null;
        }
    }

    /** Gives the lease of a key to somebody, whoever has it; those who wait for that one learn of it by its stripe. */
    static void take(Link link, long life, long find, byte[] key, @Nullable Lease before, Lease lease)
            throws SQLException {
        Prepared take = link.prepared(TAKE);
        take.setLong(1, life);
        take.setBytes(2, key);
        take.setString(3, lease.owner);
        take.setLong(4, lease.number);
        take.setLong(5, lease.pid);
        take.setLong(6, lease.since);
        take.executeUpdate();
        known(link)[0] = SOME;
        if (before != null) {
            // They look at the life of the owner before, and would not see the next one die.
            link.changes().note(find);
        }
    }

    /** Ends the lease of a key, if there is one; those who wait for it learn of it by its stripe. */
    static void end(Link link, long life, long find, byte[] key) throws SQLException {
        if (some(link)) {
            end(link, link.prepared(END), life, find, key);
        }
    }

    /** Ends one lease; says whether it was still there. */
    static boolean end(Link link, long life, long find, byte[] key, String owner, long number) throws SQLException {
        Prepared end = link.prepared(END_ONE);
        end.setString(3, owner);
        end.setLong(4, number);
        return end(link, end, life, find, key);
    }

    private static boolean end(Link link, Prepared end, long life, long find, byte[] key) throws SQLException {
        end.setLong(1, life);
        end.setBytes(2, key);
        if (end.executeUpdate() == 0) {
            return false;
        }
        known(link)[0] = UNKNOWN;
        link.changes().note(find);
        return true;
    }

    /** Ends one lease, in whichever generation it is. */
    static void end(Link link, long find, String owner, long number) throws SQLException {
        Prepared end = link.prepared("DELETE FROM lease WHERE owner = ? AND number = ?");
        end.setString(1, owner);
        end.setLong(2, number);
        if (end.executeUpdate() > 0) {
            known(link)[0] = UNKNOWN;
            link.changes().note(find);
        }
    }

    /** Ends all leases of a generation. */
    static void endAll(Link link, long life) throws SQLException {
        if (!some(link)) {
            return;
        }
        Prepared select = link.prepared("SELECT key FROM lease WHERE life = ?");
        select.setLong(1, life);
        try (Results row = select.executeQuery()) {
            while (row.next()) {
                link.changes().note(Seal.find(row.getBlob(1)));
            }
        }
        Prepared end = link.prepared("DELETE FROM lease WHERE life = ?");
        end.setLong(1, life);
        end.executeUpdate();
    }

    /**
     * Takes away what dead processes have left; they are replaced without it too, but for keys that nobody asks for. No
     * stripe moves: who waits for a dead owner sees that by its file.
     */
    static void sweep(Database database, LiveProcess process) {
        List<String> owners = database.read(link -> {
            List<String> names = new ArrayList<>();
            try (Results row = link.prepared("SELECT DISTINCT owner FROM lease").executeQuery()) {
                while (row.next()) {
                    names.add(row.getText(1));
                }
            }
            return names;
        });
        owners.removeIf(owner -> !process.dead(owner));
        for (String owner : owners) {
            database.write(link -> {
                Prepared end = link.prepared("DELETE FROM lease WHERE owner = ?");
                end.setString(1, owner);
                return end.executeUpdate();
            });
        }
    }

    private static final int UNKNOWN = 0;
    private static final int NONE = 1;
    private static final int SOME = 2;

    /** Whether there is any lease: mostly there is none, and what one transaction has found is good for the next ones. */
    private static boolean some(Link link) throws SQLException {
        int[] known = known(link);
        if (known[0] == UNKNOWN) {
            known[0] = link.number("SELECT EXISTS (SELECT 1 FROM lease)", 0) == 0 ? NONE : SOME;
        }
        return known[0] == SOME;
    }

    private static int[] known(Link link) {
        return link.remembered(LeaseTable.class, () -> new int[1]);
    }
}
