package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Database;
import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import io.github.twatcache.spi.Terms;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One key space of a database: the keys of one cache, apart from those of others that have the same name.
 *
 * @param id its number
 * @param limits what its row said when it was opened
 */
record Space(long id, Limits limits) {
    private static final String FIND = "SELECT id FROM space WHERE digest = ?";
    private static final String INSERT =
            "INSERT INTO space(digest, life, measure, maximum, policy, idle) VALUES (?, ?, ?, ?, ?, ?)";

    /**
     * Opens a space, and makes it where it is not there. The limits that stand in the database count, unless they are to be
     * overridden.
     *
     */
    static Space open(Database database, byte[] digest, Limits wanted, boolean override) {
        @Nullable Space there = database.find(link -> found(link, digest));
        return there == null || (override && !there.limits.equals(wanted))
                ? database.write(link -> made(link, digest, wanted, override))
                : there;
    }

    /** The space that is there, null where there is none. */
    static @Nullable Space found(Link link, byte[] digest) throws SQLException {
        Prepared find = link.prepared(FIND);
        find.setBytes(1, digest);
        long id;
        try (Results row = find.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            id = row.getLong(1);
        }
        Account account = Account.read(link, id);
        return account == null ? null : new Space(id, account.limits);
    }

    private static Space made(Link link, byte[] digest, Limits wanted, boolean override) throws SQLException {
        Space there = found(link, digest);
        if (there == null) {
            Prepared insert = link.prepared(INSERT);
            insert.setBytes(1, digest);
            insert.setLong(2, Serial.next(link));
            insert.setInt(3, wanted.measure().number);
            if (wanted.bounded()) {
                insert.setLong(4, wanted.maximum());
            } else {
                insert.setNull(4);
            }
            insert.setString(5, wanted.policy());
            if (wanted.idleNanos() == Terms.FOREVER) {
                insert.setNull(6);
            } else {
                insert.setLong(6, wanted.idleNanos());
            }
            insert.executeUpdate();
            return java.util.Objects.requireNonNull(found(link, digest));
        }
        if (!override) {
            return there;
        }
        Account account = Account.of(link, there);
        account.limits = wanted;
        account.small = Counts.first(link, account.life, wanted.measure());
        account.changed();
        return new Space(there.id, wanted);
    }
}
