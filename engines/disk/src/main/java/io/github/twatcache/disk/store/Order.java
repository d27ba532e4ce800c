package io.github.twatcache.disk.store;

import io.github.twatcache.config.Policy;
import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Who leaves a full key space: gives each entry a queue and a place in it, and names the next victim. What this process has
 * read since is in {@link Uses}, and is taken into account when an entry's turn comes.
 */
abstract class Order {
    static final String COLUMNS =
            "SELECT id, life, find, key, version, mode, sum, ifnull(fresh, 9223372036854775807), terms, weight,"
                    + " ifnull(cost, 0), ifnull(queue, 0), ifnull(place, 0), uses, ifnull(file, 0), ifnull(length, 0),"
                    + " NULL FROM entry ";
    private static final String UNPLACED = COLUMNS + "WHERE life = ? AND place IS NULL AND id <> ? ORDER BY id LIMIT 1";

    final Uses uses;

    Order(Uses uses) {
        this.uses = uses;
    }

    static Order of(Limits limits, Uses uses) {
        if (!limits.bounded()) {
            return new NoOrder(uses);
        }
        if (limits.policy().equals(Limits.OWN)) {
            return new ScanResistantOrder(uses);
        }
        return switch (Policy.valueOf(limits.policy())) {
            case FIFO -> new StoredOrder(uses);
            case LRU -> new RecencyOrder(uses, false);
            case MRU -> new RecencyOrder(uses, true);
            case LFU -> new FrequencyOrder(uses);
            case RR -> new RandomOrder(uses);
            case NONE -> new NoOrder(uses);
        };
    }

    /**
     * Where an entry stands.
     *
     * @param queue the queue
     * @param at the place in it, 0 for none
     * @param uses how often it was used
     */
    record Place(int queue, long at, int uses) {}

    /** How many uses of an entry matter, from one telling of the database to the next; 0 where none does. */
    int most() {
        return 0;
    }

    /** Whether it matters which use was the last. */
    boolean recency() {
        return false;
    }

    /** Whether reads matter. */
    final boolean watches() {
        return most() > 0;
    }

    /** Where a new entry stands. */
    abstract Place newcomer(Link link, Account account, long id, long find) throws SQLException;

    /** Writes down how an entry was used since. */
    void settle(Link link, Account account, Row row, Uses.Use use) throws SQLException {}

    /** Hears that an entry was given a new value. */
    void replaced(Link link, Account account, Row row) throws SQLException {}

    /** Hears that an entry is evicted. */
    void evicted(Account account, Row row) {}

    /** The next victim, never the entry with that number; where another had to move instead, it has been moved. */
    abstract @Nullable Row victim(Link link, Account account, long keep) throws SQLException;

    /** An entry that came before there was a limit, and has no place therefore: the one stored longest ago. */
    static @Nullable Row unplaced(Link link, Account account, long keep) throws SQLException {
        if (account.unplaced == 0) {
            return null;
        }
        Prepared statement = link.prepared(UNPLACED);
        statement.setLong(1, account.life);
        statement.setLong(2, keep);
        return Rows.one(statement);
    }

    /** The first or last entry of some queues. */
    static @Nullable Row end(Link link, String sql, Account account, long keep) throws SQLException {
        Prepared statement = link.prepared(sql);
        statement.setLong(1, account.life);
        statement.setLong(2, keep);
        return Rows.one(statement);
    }
}
