package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import java.sql.SQLException;

/**
 * How many entries, and what they come to: looked up in the account, never counted but for those that have expired and are
 * still there.
 *
 * @param entries how many
 * @param weight what they weigh
 * @param bytes what they take
 */
record Tallies(long entries, long weight, long bytes) {
    private static final String COLUMNS =
            "SELECT id, ifnull(fresh, 9223372036854775807), terms, weight, length(key) + length FROM entry ";
    private static final String EXPIRED = COLUMNS + "INDEXED BY entry_fresh WHERE life = ?1 AND fresh <= ?2 AND "
            + Schema.MORTAL + " UNION ALL " + COLUMNS + "INDEXED BY entry_stale WHERE life = ?1 AND fresh <= ?2 AND "
            + Schema.KEPT;

    /** The live entries of a space. */
    static Tallies of(Link link, Space space, long now, Entries<?> entries) throws SQLException {
        Account account = link.writing() ? Account.of(link, space) : Account.read(link, space.id());
        if (account == null) {
            return new Tallies(0, 0, 0);
        }
        Tallies expired = expired(link, account.life, now, entries);
        return new Tallies(
                account.entries - expired.entries, account.weight - expired.weight, account.bytes - expired.bytes);
    }

    /** Those of a generation that have expired, whether or not they are kept. */
    static Tallies expired(Link link, long life, long now, Entries<?> entries) throws SQLException {
        Prepared select = link.prepared(EXPIRED);
        select.setLong(1, life);
        select.setLong(2, now);
        long count = 0;
        long weight = 0;
        long bytes = 0;
        try (Results row = select.executeQuery()) {
            while (row.next()) {
                if (!entries.lives(row.getLong(1), Lifetime.unpacked(row.getLong(2), row.getBytes(3)), now)) {
                    count++;
                    weight += row.getLong(4);
                    bytes += row.getLong(5) + Row.OVERHEAD;
                }
            }
        }
        return new Tallies(count, weight, bytes);
    }
}
