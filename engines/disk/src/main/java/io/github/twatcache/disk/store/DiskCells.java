package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Database;
import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import io.github.twatcache.error.SerializationException;
import io.github.twatcache.spi.CellStore;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cells beside the entries of a database, one set of them for all that use its cache name: a lock is one lock, whatever the
 * types of the cache are that it is asked of.
 */
final class DiskCells implements CellStore {
    private static final int MOST = 1 << 16;

    private final Desk<?> desk;

    DiskCells(Desk<?> desk) {
        this.desk = desk;
    }

    private Database open() {
        desk.requireOpen();
        return desk.database();
    }

    @Override
    public @Nullable Cell read(String name) {
        byte[] key = bytes(name);
        return open().find(link -> read(link, name, key));
    }

    private @Nullable Cell read(Link link, String name, byte[] key) throws SQLException {
        Prepared select = link.prepared("SELECT version, content, sum FROM cell WHERE name = ?");
        select.setBytes(1, key);
        try (Results row = select.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            byte[] read = row.getBytes(2);
            byte[] content = read == null ? new byte[0] : read;
            long version = row.getLong(1);
            if (row.getLong(3) != sum(key, version, content)) {
                throw new SerializationException("the cell '" + name + "' of " + desk.database()
                        + " is damaged: its checksum is wrong; restore the database, or end all who use the cell and delete"
                        + " its row: who held it holds nothing then, and later fencing tokens are above its own");
            }
            return new Cell(version, content);
        }
    }

    @Override
    public boolean write(String name, long seen, byte[] content) {
        if (content.length > MOST) {
            throw new IllegalArgumentException(
                    "a cell holds at most " + MOST + " bytes, but '" + name + "' was given " + content.length);
        }
        byte[] key = bytes(name);
        byte[] copy = content.clone();
        return open().write(link -> seen == 0 ? first(link, key, copy) : next(link, key, seen, copy));
    }

    private static boolean first(Link link, byte[] key, byte[] content) throws SQLException {
        Prepared insert = link.prepared("INSERT OR IGNORE INTO cell(name, version, content, sum) VALUES (?, 1, ?, ?)");
        insert.setBytes(1, key);
        insert.setBytes(2, content);
        insert.setLong(3, sum(key, 1, content));
        return insert.executeUpdate() == 1;
    }

    private static boolean next(Link link, byte[] key, long seen, byte[] content) throws SQLException {
        Prepared update = link.prepared(
                "UPDATE cell SET version = version + 1, content = ?, sum = ? WHERE name = ? AND version = ?");
        update.setBytes(1, content);
        update.setLong(2, sum(key, seen + 1, content));
        update.setBytes(3, key);
        update.setLong(4, seen);
        return update.executeUpdate() == 1;
    }

    /** Looks again, soon at first: a lock that is let go of wakes nobody in another process. */
    @Override
    public void awaitWrite(String name, long seen, Duration atMost) throws InterruptedException {
        byte[] key = bytes(name);
        long start = System.nanoTime();
        long nanos = Pause.nanos(atMost);
        for (long waited = 0; waited < nanos; waited = System.nanoTime() - start) {
            if (version(key) != seen) {
                return;
            }
            Pause.after(waited, nanos - waited);
        }
    }

    private long version(byte[] key) {
        return open().read(link -> {
            Prepared select = link.prepared("SELECT version FROM cell WHERE name = ?");
            select.setBytes(1, key);
            try (Results row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0L;
            }
        });
    }

    /** A name as it is stored: any string, so its UTF-16, which is defined for all of them. */
    private static byte[] bytes(String name) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * name.length());
        for (int i = 0; i < name.length(); i++) {
            bytes.putChar(name.charAt(i));
        }
        return bytes.array();
    }

    /** Where the cells are whose checksum is wrong; not by their names, which are a user's words. */
    static List<String> damaged(Database database) {
        return database.read(link -> {
            List<String> damaged = new ArrayList<>();
            try (Results row = link.prepared("SELECT name, version, content, sum FROM cell ORDER BY name")
                    .executeQuery()) {
                for (int number = 1; row.next(); number++) {
                    byte[] key = row.getBlob(1);
                    byte[] read = row.getBytes(3);
                    if (row.getLong(4) != sum(key, row.getLong(2), read == null ? new byte[0] : read)) {
                        damaged.add("cell " + number + " of the table, by name");
                    }
                }
            }
            return damaged;
        });
    }

    private static long sum(byte[] key, long version, byte[] content) {
        return Seal.content(Seal.find(key) + version, key.length, 0, content);
    }
}
