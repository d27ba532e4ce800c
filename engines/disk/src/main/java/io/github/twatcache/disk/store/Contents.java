package io.github.twatcache.disk.store;

import io.github.twatcache.disk.front.Handing;
import io.github.twatcache.disk.sqlite.ClosedDatabaseException;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.stats.MissReason;
import org.jspecify.annotations.Nullable;

/** Reads the values of entries that were found, from their rows or files, and believes none before its checksum fits. */
final class Contents<K> {
    /** A file may be gone as often, because its entry was replaced, before a look-up begins to doubt. */
    private static final int TRIES = 3;

    /** Why an entry is damaged whose key does not have the hash that finds it. */
    static final String OTHER_KEY = "its key is not the one that was written";

    private static final byte[] NOTHING = {};

    private final Desk<K> desk;

    Contents(Desk<K> desk) {
        this.desk = desk;
    }

    /**
     * A value.
     *
     * @param value the value
     * @param bytes what it was decoded from, where it is handed out by decoding it anew; else perhaps nothing
     * @param length how many bytes it was decoded from
     * @param found of which row
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Content(Object value, byte[] bytes, int length, Found found) {}

    /** The value of what was found, or null and the reason told. */
    @Nullable Content of(K key, byte[] encoded, long find, Found found) {
        if (!desk.values.reads(found.mode())) {
            desk.context.missed(key, MissReason.VERSION);
            return null;
        }
        Found now = found;
        ValueFiles files = desk.folder.files();
        Filled bytes = Filled.of(now.value());
        for (int tries = 0; bytes == null && now.file() != 0 && tries < TRIES; tries++) {
            bytes = files.lend(now.file());
            if (bytes == null) {
                // Replaced or removed between the look and the reading; looked up anew.
                Found again = desk.read(link -> Found.read(link, desk.space.id(), find, encoded));
                if (again == null) {
                    return null;
                }
                if (again.file() == now.file() && again.value() == null) {
                    break;
                }
                now = again;
                bytes = Filled.of(now.value());
            }
        }
        try {
            return decoded(key, encoded, find, now, bytes);
        } finally {
            files.giveBack(bytes);
        }
    }

    private @Nullable Content decoded(K key, byte[] encoded, long find, Found now, @Nullable Filled bytes) {
        if (bytes == null || !now.sealed(find, encoded.length, bytes)) {
            desk.context.missed(key, MissReason.UNDECODABLE);
            desk.damage.setAside(now.id(), bytes == null ? "its value is gone" : "its checksum is wrong");
            return null;
        }
        Object value;
        try {
            value = desk.values.decode(now.mode(), encoded, bytes);
        } catch (RuntimeException changed) {
            // The bytes are as they were written: the value's class is not.
            desk.context.missed(key, MissReason.VERSION);
            return null;
        }
        byte[] kept = bytes.lent() && !Handing.decodes(value) ? NOTHING : bytes.own();
        return new Content(value, kept, bytes.length(), now);
    }

    /**
     * The value of a row that a walk has come to and that was read whole; null where it is gone, not to be read by this
     * process, or damaged. What is damaged is set aside, or a walk and {@link DiskStore#size} would never agree.
     */
    @Nullable Object walked(Row row) {
        byte[] bytes = row.file() == 0 ? row.value() : desk.folder.files().read(row.file());
        Object value = bytes == null ? null : desk.values.decodedQuietly(row, bytes);
        if (value == null && (bytes == null ? fileIsGone(row) : !row.sealed(bytes))) {
            setAside(row.id(), bytes == null ? "its value is gone" : "its checksum is wrong");
        }
        return value;
    }

    /** Whether the file of a row has been gone all along, and not only since it was replaced. */
    private boolean fileIsGone(Row row) {
        Row now = row.file() == 0 ? null : desk.read(link -> Rows.byId(link, row.id(), false));
        return now != null && now.file() == row.file();
    }

    /** Sets aside what somebody has come upon who asked for nothing of it; in a store that is closed it stays. */
    void setAside(long id, String why) {
        try {
            desk.damage.setAside(id, why);
        } catch (ClosedDatabaseException late) {
            desk.requireClosed(late);
        }
    }

    /** The value of a row that was read whole; null where it is damaged, gone, or not to be read by this process. */
    @Nullable Object quietly(Row row) {
        byte[] bytes = row.file() == 0 ? row.value() : desk.folder.files().read(row.file());
        return bytes == null ? null : desk.values.decodedQuietly(row, bytes);
    }

    /** The mark of an entry that was written by another codec, key or version of its class; null where it can be read. */
    @Nullable Mark unreadable(Row row) {
        if (!desk.entries.lives(row.id(), row.lifetime(), desk.lifetimes.now())) {
            return null;
        }
        byte[] bytes = row.file() == 0 ? row.value() : desk.folder.files().read(row.file());
        return bytes != null && desk.values.decodedQuietly(row, bytes) == null
                ? new Mark(row.id(), row.version())
                : null;
    }

    /**
     * Under which guard a value may be stored that a guard has kept out: what no look-up finds is in nobody's way, or it
     * would be computed anew for ever. Null where it may not.
     */
    @Nullable Guard instead(Guard guard, byte[] encoded) {
        if (guard != Guard.ABSENT) {
            return null;
        }
        long find = Seal.find(encoded);
        Row row = desk.read(link -> Rows.read(link, desk.space.id(), find, encoded));
        Mark unreadable = row == null ? null : unreadable(row);
        return unreadable == null ? null : Guard.seen(unreadable);
    }
}
