package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Database;
import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import io.github.twatcache.spi.MaintenanceStore.Fault;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One examination of a folder: the database's structure, each row, each value file, the counts.
 *
 * <table>
 * <caption>The faults</caption>
 * <tr><th>name</th><th>what</th><th>how it is mended</th></tr>
 * <tr><td>{@code malformed-database}</td><td>SQLite's own integrity check says so; nothing else is looked at</td>
 *     <td>moved aside, rebuilt from what can be read</td></tr>
 * <tr><td>{@code foreign-stripes}</td><td>{@code twat.stripes} is not this database's</td><td>made anew</td></tr>
 * <tr><td>{@code row-checksum}</td><td>key, mode, value or lifetime of a row are not as they were written</td>
 *     <td>set aside</td></tr>
 * <tr><td>{@code row-length}</td><td>a row tells a wrong length of its value</td><td>put right</td></tr>
 * <tr><td>{@code unknown-mode}</td><td>nobody knows how a value is written</td><td>set aside</td></tr>
 * <tr><td>{@code missing-file}</td><td>a value file is gone</td><td>set aside</td></tr>
 * <tr><td>{@code file-length}</td><td>a value file is too short or too long</td><td>set aside</td></tr>
 * <tr><td>{@code file-checksum}</td><td>a value file has another content</td><td>set aside</td></tr>
 * <tr><td>{@code orphan-file}</td><td>a value file that no row names</td><td>deleted</td></tr>
 * <tr><td>{@code foreign-file}</td><td>something among the value files that is none</td><td>set aside</td></tr>
 * <tr><td>{@code cell-checksum}</td><td>what a lock or the like has written down is not as it was written</td>
 *     <td>not at all, since who holds it would hold it no more: restore it, or delete its row when nobody uses it</td></tr>
 * <tr><td>{@code item-checksum}</td><td>an item of a queue is not as it was written; of its file the same is told as of
 *     an entry's</td><td>set aside</td></tr>
 * <tr><td>{@code stray-queue}, {@code stray-item}</td><td>a queue of no key space, an item of no queue</td>
 *     <td>deleted</td></tr>
 * <tr><td>{@code stray-lease}</td><td>leave to compute for a generation that is not there any more; what a process that
 *     has died leaves is no fault, since it ends when its key is asked for, or the folder opened</td><td>ended</td></tr>
 * <tr><td>{@code stray-entry}</td><td>a row of no key space</td><td>deleted</td></tr>
 * <tr><td>{@code stray-tag}</td><td>a tag of no entry</td><td>deleted</td></tr>
 * <tr><td>{@code unnoted-tags}</td><td>a key space does not know that it has tags</td><td>noted</td></tr>
 * <tr><td>{@code wrong-count}</td><td>a key space, a queue or the folder holds other than it says</td><td>counted anew</td></tr>
 * <tr><td>{@code serial-behind}</td><td>a number that is in use would be given out again</td><td>moved on</td></tr>
 * </table>
 *
 * <p><b>Cost.</b> Reads the database twice and each value file once, and takes a checksum of all values, so it takes about as
 * long as copying the folder. Others go on reading and writing meanwhile; the write lock is taken for each thing that is
 * mended, and for the time of one pass over the rows where counts are.
 */
final class Check {
    private static final int PAGE = 32;
    private static final String LIVES = "SELECT life, 1 FROM space UNION ALL SELECT life, 0 FROM dead";

    private final OpenFolder folder;
    private final Database database;
    private final Damage damage;
    private final boolean fix;
    private final List<Fault> faults = new ArrayList<>();

    Check(OpenFolder folder, Damage damage, boolean fix) {
        this.folder = folder;
        this.database = folder.database();
        this.damage = damage;
        this.fix = fix;
    }

    List<Fault> faults() {
        structure();
        if (faults.isEmpty()) {
            Set<Integer> modes = modes();
            rows(modes);
            new QueueCheck(folder, fix, faults).run(modes);
            // Never mended: a lock that began anew would give out fencing tokens that it had given before.
            DiskCells.damaged(database).forEach(where -> faults.add(new Fault("cell-checksum", where, false)));
            new FileCheck(folder, fix, faults).run();
            new Counts(database, fix, faults).run();
        }
        return List.copyOf(faults);
    }

    private void structure() {
        List<String> words = database.read(link -> {
            List<String> found = new ArrayList<>();
            try (Results rows = link.prepared("PRAGMA integrity_check(100)").executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        });
        if (!words.equals(List.of("ok"))) {
            words.forEach(word -> faults.add(new Fault("malformed-database", word, false)));
        }
    }

    private Set<Integer> modes() {
        return new HashSet<>(database.read(link -> Rows.ids(link.prepared("SELECT id FROM mode"))).stream()
                .map(Long::intValue)
                .toList());
    }

    private void rows(Set<Integer> modes) {
        long[] after = {0};
        boolean more = true;
        while (more) {
            List<Row> page = new ArrayList<>();
            List<Row> strays = new ArrayList<>();
            more = database.readAtOnce(link -> page(link, after, page, strays));
            for (Row row : page) {
                String fault = fault(row, modes);
                if (fault != null) {
                    note(row, fault);
                }
            }
            for (Row row : strays) {
                boolean mended = fix && database.write(link -> removed(link, row.id()));
                faults.add(new Fault("stray-entry", "entry " + row.id(), mended));
            }
        }
    }

    /** Reads the next rows: those that somebody may find, and those that nobody can. */
    private static boolean page(Link link, long[] after, List<Row> page, List<Row> strays) throws SQLException {
        Set<Long> living = new HashSet<>();
        Set<Long> dead = new HashSet<>();
        try (Results lives = link.prepared(LIVES).executeQuery()) {
            while (lives.next()) {
                (lives.getInt(2) == 1 ? living : dead).add(lives.getLong(1));
            }
        }
        List<Row> rows = Rows.after(link, after[0], PAGE);
        for (Row row : rows) {
            after[0] = row.id();
            if (living.contains(row.life())) {
                page.add(row);
            } else if (!dead.contains(row.life())) {
                strays.add(row);
            }
        }
        return !rows.isEmpty();
    }

    private @Nullable String fault(Row row, Set<Integer> modes) {
        byte[] bytes = folder.files().content(row);
        if (bytes == null) {
            return row.file() == 0 ? "row-checksum" : "missing-file";
        }
        boolean whole = Seal.whole(row, bytes);
        if (row.value() == null && bytes.length != row.length()) {
            return "file-length";
        } else if (!whole) {
            return row.value() == null && Seal.find(row.key()) == row.find() ? "file-checksum" : "row-checksum";
        } else if (bytes.length != row.length()) {
            return "row-length";
        }
        return modes.contains(row.mode()) ? null : "unknown-mode";
    }

    private void note(Row row, String fault) {
        Row now = database.find(link -> Rows.byId(link, row.id(), false));
        if (now == null || now.version() != row.version() || now.file() != row.file()) {
            // Replaced or removed since it was read, and its file with it.
            return;
        }
        boolean mended = fix
                && (fault.equals("row-length")
                        ? database.write(link -> lengthened(link, row))
                        : damage.remove(row.id(), fault, fault.equals("unknown-mode")));
        String where = "entry " + row.id()
                + (row.file() == 0
                        ? ""
                        : ", " + folder.path().relativize(folder.files().path(row.file())));
        faults.add(new Fault(fault, where, mended));
    }

    private boolean lengthened(Link link, Row row) throws SQLException {
        byte[] value = row.value();
        Prepared update = link.prepared("UPDATE entry SET file = file, length = ? WHERE id = ? AND version = ?");
        update.setLong(1, value == null ? 0 : value.length);
        update.setLong(2, row.id());
        update.setLong(3, row.version());
        return update.executeUpdate() > 0;
    }

    private boolean removed(Link link, long id) throws SQLException {
        Row row = Rows.byId(link, id, false);
        if (row == null) {
            return false;
        }
        Rows.delete(link, id);
        Tags.remove(link, id);
        if (row.file() != 0) {
            folder.numbers().release(link, row.file());
        }
        return true;
    }
}
