package io.github.twatcache.disk.store;

import io.github.twatcache.config.Policy;
import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import io.github.twatcache.spi.Terms;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The account of a key space within one transaction: what it holds, read when the transaction first asks, and written once
 * before it commits. The database's write lock makes it exact over processes.
 */
final class Account {
    private static final String READ =
            "SELECT life, entries, weight, bytes, small, unplaced, measure, ifnull(maximum, 9223372036854775807), policy,"
                    + " ifnull(idle, 9223372036854775807), tagged, sorted FROM space WHERE id = ?";
    private static final String EARLIEST =
            "SELECT fresh FROM entry INDEXED BY entry_fresh WHERE life = ? AND fresh IS NOT" + " NULL AND "
                    + Schema.MORTAL + " ORDER BY fresh LIMIT 1";
    private static final String EARLIEST_GONE =
            "SELECT substr(terms, 1, 8) FROM entry INDEXED BY entry_kept WHERE life = ?" + " AND " + Schema.KEPT
                    + " ORDER BY substr(terms, 1, 8) LIMIT 1";
    private static final String EARLIEST_STALE =
            "SELECT fresh FROM entry INDEXED BY entry_stale WHERE life = ? AND fresh" + " IS NOT NULL AND "
                    + Schema.KEPT + " ORDER BY fresh LIMIT 1";
    private static final long UNKNOWN = Long.MIN_VALUE;
    private static final String WRITE = "UPDATE space SET life = ?, entries = ?, weight = ?, bytes = ?, small = ?,"
            + " unplaced = ?, measure = ?, maximum = ?, policy = ?, idle = ?, tagged = ?, sorted = ?"
            + " WHERE id = ?";

    private static final String RECOUNT = "SELECT count(*), ifnull(sum(weight), 0), ifnull(sum(length(key)"
            + " + ifnull(length, 0) + " + Row.OVERHEAD + "), 0), ifnull(sum(ifnull(place, 0) = 0), 0)"
            + " FROM entry WHERE life = ?";

    private final long space;
    long life;
    long entries;
    long weight;
    long bytes;
    /** How much of the limit the newcomers' queue takes, where the policy has one. */
    long small;

    /** How many entries have no place in a queue. */
    long unplaced;

    Limits limits;
    boolean tagged;

    /** How far the order of the keys is written down: see {@link KeyOrder}. */
    int sorted;

    /** A time before which no entry is gone, as far as the database knows. */
    private long earliest = UNKNOWN;

    /** A time before which none is stale. */
    private long earliestStale = UNKNOWN;

    private boolean changed;

    private Account(long space, Results row) throws SQLException {
        this.space = space;
        life = row.getLong(1);
        entries = row.getLong(2);
        weight = row.getLong(3);
        bytes = row.getLong(4);
        small = row.getLong(5);
        unplaced = row.getLong(6);
        limits = new Limits(Measure.of(row.getInt(7)), row.getLong(8), row.getText(9), row.getLong(10));
        tagged = row.getInt(11) != 0;
        sorted = row.getInt(12);
    }

    /** The account within a transaction that writes: the same one for all stores on the space. */
    static Account of(Link link, Space space) throws SQLException {
        Map<Long, Account> open = link.kept(Account.class, HashMap::new);
        Account account = open.get(space.id());
        if (account == null) {
            account = remembered(link, space.id());
            open.put(space.id(), account);
            Account opened = account;
            link.beforeCommit(last -> opened.write(last));
        }
        return account;
    }

    private static Account remembered(Link link, long space) throws SQLException {
        Map<Long, Account> known = link.remembered(Account.class, HashMap::new);
        Account account = known.get(space);
        if (account == null) {
            account = read(link, space);
            if (account == null) {
                throw new SQLException("the row of key space " + space + " is gone from the database");
            }
            known.put(space, account);
        }
        return account;
    }

    /** The account as it stands; to be looked at only. */
    static @Nullable Account read(Link link, long space) throws SQLException {
        Prepared statement = link.prepared(READ);
        statement.setLong(1, space);
        try (Results row = statement.executeQuery()) {
            return row.next() ? new Account(space, row) : null;
        }
    }

    /** What of the limit is taken. */
    long used() {
        return switch (limits.measure()) {
            case NOTHING -> 0;
            case ENTRIES -> entries;
            case WEIGHT -> weight;
            case BYTES -> bytes;
        };
    }

    boolean over() {
        return used() > limits.maximum();
    }

    void add(Row row) {
        count(row, 1);
    }

    private void subtract(Row row) {
        count(row, -1);
    }

    /**
     * Counts a row no more that was deleted just now. Where its key is damaged nobody knows how long it was when it was
     * counted: then all rows are counted anew, by one pass.
     */
    void deleted(Link link, Row row) throws SQLException {
        if (row.keyed()) {
            subtract(row);
        } else {
            recount(link);
        }
    }

    private void recount(Link link) throws SQLException {
        Prepared select = link.prepared(RECOUNT);
        select.setLong(1, life);
        try (Results row = select.executeQuery()) {
            row.next();
            entries = row.getLong(1);
            weight = row.getLong(2);
            bytes = row.getLong(3);
            unplaced = row.getLong(4);
        }
        small = Counts.first(link, life, limits.measure());
        changed = true;
    }

    /** Counts a row in the place of another, which stands where that stood. */
    void replaced(Row old, Row row) {
        if (old.weight() != row.weight() || old.bytes() != row.bytes()) {
            subtract(old);
            add(row);
        }
    }

    private void count(Row row, int sign) {
        entries += sign;
        weight += sign * row.weight();
        bytes += sign * row.bytes();
        if (row.place() == 0) {
            unplaced += sign;
        } else if (row.queue() == 0) {
            small += sign * row.measured(limits.measure());
        }
        changed = true;
    }

    /** Puts an entry that had no place into the first queue. */
    void placed(Row row) {
        unplaced--;
        small += row.measured(limits.measure());
        changed = true;
    }

    /** Takes an entry out of the newcomers' queue. */
    void promoted(Row row) {
        small -= row.measured(limits.measure());
        changed = true;
    }

    /** Puts an entry back into the newcomers' queue. */
    void demoted(Row row) {
        small += row.measured(limits.measure());
        changed = true;
    }

    /** Begins a new generation, in which there is nothing. */
    void restart(long newLife) {
        life = newLife;
        entries = 0;
        weight = 0;
        bytes = 0;
        small = 0;
        unplaced = 0;
        earliest = UNKNOWN;
        earliestStale = UNKNOWN;
        changed = true;
    }

    /** Whether of an entry nothing may be left, not even stale. */
    boolean expiring(Link link, long now) throws SQLException {
        if (earliest == UNKNOWN) {
            earliest = Math.min(first(link, EARLIEST), firstGone(link));
        }
        return earliest <= now;
    }

    /** Whether an entry may be stale. */
    boolean staling(Link link, long now) throws SQLException {
        if (earliestStale == UNKNOWN) {
            earliestStale = first(link, EARLIEST_STALE);
        }
        return earliestStale <= now;
    }

    private long first(Link link, String sql) throws SQLException {
        Prepared first = link.prepared(sql);
        first.setLong(1, life);
        try (Results row = first.executeQuery()) {
            return row.next() ? row.getLong(1) : Terms.FOREVER;
        }
    }

    private long firstGone(Link link) throws SQLException {
        Prepared first = link.prepared(EARLIEST_GONE);
        first.setLong(1, life);
        try (Results row = first.executeQuery()) {
            byte[] end = row.next() ? row.getBytes(1) : null;
            return end == null || end.length != Long.BYTES
                    ? Terms.FOREVER
                    : ByteBuffer.wrap(end).getLong();
        }
    }

    /** Says that the entries which had expired have left. */
    void swept() {
        earliest = UNKNOWN;
    }

    /** Says that a stale entry has left. */
    void unstaled() {
        earliestStale = UNKNOWN;
    }

    /** Says that an entry was given a lifetime. */
    void expires(Lifetime lifetime) {
        if (earliest != UNKNOWN) {
            earliest = Math.min(earliest, lifetime.gone());
        }
        if (earliestStale != UNKNOWN && lifetime.late() != null) {
            earliestStale = Math.min(earliestStale, lifetime.fresh());
        }
    }

    void changed() {
        changed = true;
    }

    private boolean write(Link link) throws SQLException {
        if (!changed) {
            return false;
        }
        Prepared statement = link.prepared(WRITE);
        statement.setLong(1, life);
        statement.setLong(2, entries);
        statement.setLong(3, weight);
        statement.setLong(4, bytes);
        statement.setLong(5, small);
        statement.setLong(6, unplaced);
        statement.setInt(7, limits.measure().number);
        if (limits.bounded()) {
            statement.setLong(8, limits.maximum());
        } else {
            statement.setNull(8);
        }
        statement.setString(9, limits.policy());
        if (limits.idleNanos() == Terms.FOREVER) {
            statement.setNull(10);
        } else {
            statement.setLong(10, limits.idleNanos());
        }
        statement.setInt(11, tagged ? 1 : 0);
        statement.setInt(12, sorted);
        statement.setLong(13, space);
        statement.executeUpdate();
        changed = false;
        return true;
    }

    boolean refusesNewcomers() {
        return limits.policy().equals(Policy.NONE.name());
    }
}
