package io.github.twatcache.disk.store;

import java.sql.PreparedStatement;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes damaged entries out of the way and keeps what is left of them, so that somebody can look at it. */
final class Damage {
    private static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.disk");
    private static final int KEPT = 100;

    private final OpenFolder folder;
    private final Space space;

    Damage(OpenFolder folder, Space space) {
        this.folder = folder;
        this.space = space;
    }

    /** Sets an entry aside, unless it has been replaced meanwhile. */
    void setAside(long id, String why) {
        LOG.warn("an entry of {} is damaged ({}); it is set aside in its table 'damaged'", folder.database(), why);
        long noticed = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        folder.database().write(link -> {
            Row row = Rows.byId(link, id, true);
            if (row == null || intact(row)) {
                return false;
            }
            PreparedStatement insert = link.prepared(
                    "INSERT INTO damaged(noticed, why, entry, key, mode, sum, file, value) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
            insert.setLong(1, noticed);
            insert.setString(2, why);
            insert.setLong(3, id);
            insert.setBytes(4, row.key());
            insert.setInt(5, row.mode());
            insert.setLong(6, row.sum());
            insert.setLong(7, row.file());
            insert.setBytes(8, row.value());
            insert.executeUpdate();
            PreparedStatement trim = link.prepared("DELETE FROM damaged WHERE id <= (SELECT max(id) FROM damaged) - ?");
            trim.setInt(1, KEPT);
            trim.executeUpdate();
            Account account = Account.of(link, space);
            Rows.delete(link, id);
            Tags.remove(link, id);
            if (row.life() == account.life) {
                account.subtract(row);
            }
            link.changes().note(row.find());
            return true;
        });
    }

    private boolean intact(Row row) {
        byte[] bytes = row.file() == 0 ? row.value() : folder.files().read(row.file());
        return bytes != null
                && row.sum()
                        == (Seal.content(row.find(), row.key().length, row.mode(), bytes)
                                ^ Seal.terms(row.id(), row.life(), row.lifetime()));
    }
}
