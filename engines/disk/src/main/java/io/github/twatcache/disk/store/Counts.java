package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Database;
import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import io.github.twatcache.spi.MaintenanceStore.Fault;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Compares what the database says that it holds with what it does hold, by one pass over all rows. */
final class Counts {
    /** What the rows of each key space add up to, in the order of the account's columns. */
    private static final String COUNTED = "SELECT s.id, s.entries, s.weight, s.bytes, s.unplaced, s.small, s.policy,"
            + " ifnull(c.entries, 0), ifnull(c.weight, 0), ifnull(c.bytes, 0), ifnull(c.unplaced, 0),"
            + " ifnull(CASE s.measure WHEN 1 THEN c.one WHEN 2 THEN c.heavy WHEN 3 THEN c.long ELSE 0 END, 0)"
            + " FROM space s LEFT JOIN (SELECT life, count(*) AS entries, sum(weight) AS weight, sum(size) AS bytes,"
            + " sum(place = 0) AS unplaced, sum(first) AS one, sum(first * weight) AS heavy, sum(first * size) AS long FROM"
            + " (SELECT life, weight, length(key) + ifnull(length, 0) + " + Row.OVERHEAD + " AS size,"
            + " ifnull(place, 0) AS place, ifnull(place, 0) <> 0 AND ifnull(queue, 0) = 0 AS first FROM entry)"
            + " GROUP BY life) c ON c.life = s.life";

    private static final String STRAY_TAGS =
            "SELECT t.entry FROM tag t LEFT JOIN entry e ON e.id = t.entry" + " WHERE e.id IS NULL OR e.life <> t.life";
    private static final String UNNOTED =
            "SELECT id FROM space s WHERE tagged = 0" + " AND EXISTS (SELECT 1 FROM tag t WHERE t.life = s.life)";
    /** Of what the sequence has given out; numbers of files that were drawn by chance are above all of that. */
    private static final String HIGHEST = "SELECT max(n) FROM (SELECT max(id) AS n FROM entry"
            + " UNION ALL SELECT max(file) FROM entry WHERE file < " + FileNumbers.DRAWN
            + " UNION ALL SELECT max(file) FROM item WHERE file < " + FileNumbers.DRAWN
            + " UNION ALL SELECT max(abs(number)) FROM item UNION ALL SELECT max(id) FROM queue"
            + " UNION ALL SELECT max(life) FROM space UNION ALL SELECT max(life) FROM dead"
            + " UNION ALL SELECT max(first + count - 1) FROM draft)";

    private static final String FILES = "SELECT ifnull(sum(n), 0), count(*) FROM"
            + " (SELECT length AS n FROM entry WHERE file IS NOT NULL"
            + " UNION ALL SELECT length FROM item WHERE file IS NOT NULL)";
    private static final String[] NAMES = {"entries", "weight", "bytes", "unplaced", "small"};

    private final Database database;
    private final boolean fix;
    private final List<Fault> faults;

    Counts(Database database, boolean fix, List<Fault> faults) {
        this.database = database;
        this.fix = fix;
        this.faults = faults;
    }

    void run() {
        List<Fault> found = database.readAtOnce(link -> found(link, false));
        if (fix && !found.isEmpty()) {
            // Not in a group: another work's account would be written over it.
            found = database.transaction(() -> database.write(link -> found(link, true)));
        }
        faults.addAll(found);
    }

    /** The faults, put right on the way where that is wanted. */
    private static List<Fault> found(Link link, boolean mend) throws SQLException {
        List<Fault> found = new ArrayList<>();
        for (long id : Rows.ids(link.prepared(STRAY_TAGS))) {
            found.add(new Fault("stray-tag", "tag of entry " + id, mend));
        }
        if (mend) {
            link.run("DELETE FROM tag WHERE NOT EXISTS"
                    + " (SELECT 1 FROM entry e WHERE e.id = tag.entry AND e.life = tag.life)");
        }
        for (long id : Rows.ids(link.prepared(UNNOTED))) {
            found.add(new Fault("unnoted-tags", "space " + id, mend));
        }
        if (mend) {
            link.run("UPDATE space SET tagged = 1 WHERE tagged = 0"
                    + " AND EXISTS (SELECT 1 FROM tag t WHERE t.life = space.life)");
        }
        counts(link, mend, found);
        volume(link, mend, found);
        if (mend) {
            link.forget();
        }
        long highest = link.number(HIGHEST, 0);
        if (link.number("SELECT next FROM serial", 0) <= highest) {
            found.add(new Fault("serial-behind", "serial", mend));
            if (mend) {
                moveOn(link, highest + 1);
            }
        }
        return found;
    }

    private static void volume(Link link, boolean mend, List<Fault> found) throws SQLException {
        long bytes;
        long files;
        try (Results row = link.prepared(FILES).executeQuery()) {
            row.next();
            bytes = row.getLong(1);
            files = row.getLong(2);
        }
        long saidBytes = link.number("SELECT bytes FROM volume", -1);
        long saidFiles = link.number("SELECT files FROM volume", -1);
        if (saidBytes != bytes || saidFiles != files) {
            found.add(new Fault(
                    "wrong-count",
                    "volume, bytes " + saidBytes + " for " + bytes + ", files " + saidFiles + " for " + files,
                    mend));
            if (mend) {
                Prepared update = link.prepared("INSERT OR REPLACE INTO volume VALUES (0, ?, ?)");
                update.setLong(1, bytes);
                update.setLong(2, files);
                update.executeUpdate();
            }
        }
    }

    private static void moveOn(Link link, long next) throws SQLException {
        Prepared update = link.prepared("INSERT INTO serial VALUES (0, ?1) ON CONFLICT DO UPDATE SET next = ?1");
        update.setLong(1, next);
        update.executeUpdate();
    }

    private static void counts(Link link, boolean mend, List<Fault> found) throws SQLException {
        List<long[]> wrong = new ArrayList<>();
        try (Results row = link.prepared(COUNTED).executeQuery()) {
            while (row.next()) {
                StringBuilder words = new StringBuilder();
                long[] right = new long[NAMES.length + 1];
                right[NAMES.length] = row.getLong(1);
                for (int i = 0; i < NAMES.length; i++) {
                    long said = row.getLong(i + 2);
                    right[i] = row.getLong(i + 8);
                    // Only one policy goes by the first queue.
                    boolean matters = i < NAMES.length - 1 || Limits.OWN.equals(row.getString(7));
                    if (matters && said != right[i]) {
                        words.append(", ")
                                .append(NAMES[i])
                                .append(' ')
                                .append(said)
                                .append(" for ")
                                .append(right[i]);
                    }
                }
                if (words.length() > 0) {
                    found.add(new Fault("wrong-count", "space " + right[NAMES.length] + words, mend));
                    wrong.add(right);
                }
            }
        }
        if (mend) {
            for (long[] right : wrong) {
                write(link, right);
            }
        }
    }

    private static void write(Link link, long[] right) throws SQLException {
        Prepared update = link.prepared(
                "UPDATE space SET entries = ?, weight = ?, bytes = ?, unplaced = ?, small = ? WHERE id = ?");
        for (int i = 0; i < right.length; i++) {
            update.setLong(i + 1, right[i]);
        }
        update.executeUpdate();
    }

    /** How much of a limit the first queue of a generation takes. */
    static long first(Link link, long life, Measure measure) throws SQLException {
        Prepared select = link.prepared("SELECT ifnull(sum(CASE ?1 WHEN 1 THEN 1 WHEN 2 THEN weight WHEN 3 THEN"
                + " length(key) + ifnull(length, 0) + " + Row.OVERHEAD + " ELSE 0 END), 0) FROM entry"
                + " WHERE life = ?2 AND queue = 0 AND place <> 0");
        select.setInt(1, measure.number);
        select.setLong(2, life);
        return Rows.ids(select).get(0);
    }

    /** Puts the counts right, whatever they are: after a rebuilding, or where the limits have changed. */
    static void settle(Link link) throws SQLException {
        found(link, true);
    }
}
