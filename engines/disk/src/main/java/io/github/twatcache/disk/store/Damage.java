package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.error.ResourceException;
import io.github.twatcache.stats.RemovalCause;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes damaged entries out of the way and keeps what is left of them, so that somebody can look at it. */
final class Damage {
    private static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.disk");
    private static final int KEPT = 100;

    private final OpenFolder folder;
    private final Space space;
    private final Departures<?> departures;

    Damage(OpenFolder folder, Space space, Departures<?> departures) {
        this.folder = folder;
        this.space = space;
        this.departures = departures;
    }

    /** Sets an entry aside that a look-up has found damaged, as far as that can be done: the look-up has its answer. */
    void setAside(long id, String why) {
        try {
            if (remove(id, why, false)) {
                LOG.warn(
                        "an entry of {} is damaged ({}); it is set aside in its table 'damaged'",
                        folder.database(),
                        why);
            }
        } catch (ResourceException cannotWrite) {
            LOG.warn("an entry of {} is damaged ({}) and stays where it is", folder.database(), why, cannotWrite);
        }
    }

    /**
     * Sets an entry aside, unless it has been replaced meanwhile.
     *
     * @param anyway whether even if its checksum fits
     * @return whether it was there and damaged
     */
    boolean remove(long id, String why, boolean anyway) {
        return folder.database().write(link -> {
            Row row = Rows.byId(link, id, true);
            if (row == null || (!anyway && intact(row))) {
                return false;
            }
            note(link, why, id, row.key(), row.mode(), row.sum(), row.file(), row.value());
            Account account = Account.of(link, space);
            Rows.delete(link, id);
            Tags.remove(link, id);
            if (row.life() == account.life) {
                account.deleted(link, row);
                departures.left(link, RemovalCause.DAMAGED, 1);
                departures.left(link, row.find(), RemovalCause.DAMAGED);
            }
            link.changes().note(row.find());
            if (row.file() != 0 && row.value() == null && !named(link, row.file())) {
                link.afterCommit(() -> folder.files().setAsideQuietly(row.file()));
            }
            return true;
        });
    }

    /** Keeps what is left of something that is damaged; the running transaction takes it out of the way. */
    static void note(Link link, String why, long id, byte[] key, int mode, long sum, long file, byte @Nullable [] value)
            throws SQLException {
        Prepared insert = link.prepared(
                "INSERT INTO damaged(noticed, why, entry, key, mode, sum, file, value) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        insert.setLong(1, TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
        insert.setString(2, why);
        insert.setLong(3, id);
        insert.setBytes(4, key);
        insert.setInt(5, mode);
        insert.setLong(6, sum);
        insert.setLong(7, file);
        insert.setBytes(8, value);
        insert.executeUpdate();
        Prepared trim = link.prepared("DELETE FROM damaged WHERE id <= (SELECT max(id) FROM damaged) - ?");
        trim.setInt(1, KEPT);
        trim.executeUpdate();
    }

    /** Whether another row names a value file: then the number was what is damaged. */
    private static boolean named(Link link, long file) throws SQLException {
        Prepared select = link.prepared("SELECT id FROM entry WHERE file = ?");
        select.setLong(1, file);
        return !Rows.ids(select).isEmpty();
    }

    private boolean intact(Row row) {
        byte[] value = row.value();
        if (row.file() == 0) {
            return value != null && row.sealed(value);
        }
        ValueFiles.Sum sum = folder.files().sum(row.file());
        return sum != null && row.sealed(sum);
    }
}
