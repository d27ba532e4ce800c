package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Database;
import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import io.github.twatcache.spi.MaintenanceStore.Fault;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Examines what stands beside the entries: queues with their items, and leases. */
final class QueueCheck {
    private static final int PAGE = 32;
    private static final String ITEMS = "SELECT i.number, i.queue, ifnull(i.fresh, 9223372036854775807), i.mode, i.sum,"
            + " ifnull(i.file, 0), ifnull(i.length, 0), i.value, q.name"
            + " FROM item i JOIN queue q ON q.id = i.queue WHERE i.number > ? ORDER BY i.number LIMIT ?";
    private static final String STRAY_QUEUES =
            "SELECT q.id FROM queue q WHERE NOT EXISTS (SELECT 1 FROM space s WHERE s.id = q.space)";
    private static final String STRAY_ITEMS =
            "SELECT i.number FROM item i WHERE NOT EXISTS (SELECT 1 FROM queue q WHERE q.id = i.queue)";
    private static final String COUNTS = "SELECT q.id, q.items, count(i.number) FROM queue q"
            + " LEFT JOIN item i ON i.queue = q.id GROUP BY q.id HAVING q.items <> count(i.number)";
    private static final String STRAY_LEASES =
            "SELECT count(*) FROM lease l WHERE NOT EXISTS (SELECT 1 FROM space s WHERE s.life = l.life)";

    private final OpenFolder folder;
    private final Database database;
    private final boolean fix;
    private final List<Fault> faults;

    QueueCheck(OpenFolder folder, boolean fix, List<Fault> faults) {
        this.folder = folder;
        this.database = folder.database();
        this.fix = fix;
        this.faults = faults;
    }

    /** An item, and the name of its queue. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Named(Items.Item item, byte[] name) {}

    /**
     * Looks at all of it.
     *
     * @param modes how values may be written
     */
    void run(Set<Integer> modes) {
        long after = Long.MIN_VALUE;
        List<Named> page = page(after);
        while (!page.isEmpty()) {
            for (Named one : page) {
                after = one.item.number();
                String fault = fault(one, modes);
                if (fault != null) {
                    note(one, fault, modes);
                }
            }
            page = page(after);
        }
        List<Fault> found = database.readAtOnce(link -> belonging(link, false));
        if (fix && !found.isEmpty()) {
            found = database.write(link -> belonging(link, true));
        }
        faults.addAll(found);
    }

    private List<Named> page(long after) {
        return database.read(link -> {
            List<Named> page = new ArrayList<>();
            Prepared select = link.prepared(ITEMS);
            select.setLong(1, after);
            select.setInt(2, PAGE);
            try (Results row = select.executeQuery()) {
                while (row.next()) {
                    page.add(new Named(Items.read(row), row.getBlob(9)));
                }
            }
            return page;
        });
    }

    private @Nullable String fault(Named one, Set<Integer> modes) {
        Items.Item item = one.item;
        byte[] bytes = item.file() == 0 ? item.value() : folder.files().read(item.file());
        if (bytes == null) {
            return item.file() == 0 ? "item-checksum" : "missing-file";
        } else if (item.file() != 0 && bytes.length != item.length()) {
            return "file-length";
        } else if (!item.sealed(one.name, bytes)) {
            return item.file() == 0 ? "item-checksum" : "file-checksum";
        }
        return modes.contains(item.mode()) ? null : "unknown-mode";
    }

    private void note(Named one, String fault, Set<Integer> modes) {
        long number = one.item.number();
        boolean there = Boolean.TRUE.equals(
                database.find(link -> one.item.sum() == sum(Items.one(link, number)) ? Boolean.TRUE : null));
        if (!there) {
            // Taken out since it was read, and its file with it.
            return;
        }
        boolean mended = fix
                && database.write(link -> {
                    Items.Item now = Items.one(link, number);
                    if (now == null || fault(new Named(now, one.name), modes) == null) {
                        return false;
                    }
                    Items.setAside(link, one.name, now, folder);
                    return true;
                });
        String where = "item " + number
                + (one.item.file() == 0
                        ? ""
                        : ", " + folder.path().relativize(folder.files().path(one.item.file())));
        faults.add(new Fault(fault, where, mended));
    }

    private static long sum(Items.@Nullable Item item) {
        return item == null ? 0 : item.sum();
    }

    /** What belongs to nothing, and counts; put right on the way where that is wanted. */
    private List<Fault> belonging(Link link, boolean mend) throws SQLException {
        List<Fault> found = new ArrayList<>();
        for (long queue : Rows.ids(link.prepared(STRAY_QUEUES))) {
            found.add(new Fault("stray-queue", "queue " + queue, mend));
            if (mend) {
                Prepared delete = link.prepared("DELETE FROM queue WHERE id = ?");
                delete.setLong(1, queue);
                delete.executeUpdate();
            }
        }
        for (long number : Rows.ids(link.prepared(STRAY_ITEMS))) {
            found.add(new Fault("stray-item", "item " + number, mend));
            Items.Item item = Items.one(link, number);
            if (mend && item != null) {
                Items.delete(link, item, folder.numbers());
            }
        }
        counts(link, mend, found);
        long leases = link.number(STRAY_LEASES, 0);
        if (leases > 0) {
            found.add(new Fault("stray-lease", "leases, " + leases, mend));
            if (mend) {
                link.run("DELETE FROM lease WHERE NOT EXISTS (SELECT 1 FROM space s WHERE s.life = lease.life)");
            }
        }
        return found;
    }

    private static void counts(Link link, boolean mend, List<Fault> found) throws SQLException {
        List<long[]> wrong = new ArrayList<>();
        try (Results row = link.prepared(COUNTS).executeQuery()) {
            while (row.next()) {
                wrong.add(new long[] {row.getLong(1), row.getLong(2), row.getLong(3)});
            }
        }
        for (long[] queue : wrong) {
            found.add(new Fault("wrong-count", "queue " + queue[0] + ", items " + queue[1] + " for " + queue[2], mend));
            if (mend) {
                Items.count(link, queue[0], queue[2] - queue[1]);
            }
        }
    }
}
