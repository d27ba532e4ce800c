package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes down where entries stand in the order of their keys: only of a space whose entries somebody has walked over by key,
 * since it makes puts dearer. The first such walk says in the space's row that it has begun, so that whoever inserts from then
 * on writes it down, and then does the same for the entries that were there, some at a time.
 */
final class KeyOrder<K> {
    /** Nobody has asked for it. */
    static final int NONE = 0;

    /** Entries that come are written down; not all that were there. */
    static final int BEGUN = 1;

    /** All entries are written down. */
    static final int WHOLE = 2;

    private static final int STEP = 256;
    private static final String MISSING =
            "SELECT id, key, find FROM entry WHERE life = ? AND id > ? AND sort IS NULL ORDER BY id LIMIT " + STEP;
    private static final String SORT = "UPDATE entry SET sort = ? WHERE id = ?";

    private final Desk<K> desk;
    private final Contents<K> contents;

    KeyOrder(Desk<K> desk, Contents<K> contents) {
        this.desk = desk;
        this.contents = contents;
    }

    /**
     * What came of one step.
     *
     * @param last the number of the last entry; 0 where none was left
     * @param damaged those whose key is not the one that was written: it has no place in any order
     */
    private record Step(long last, List<Long> damaged) {}

    /** Makes it whole, unless it is. */
    void require() {
        Integer state = desk.read(link -> {
            Account account = Account.read(link, desk.space.id());
            return account == null ? WHOLE : account.sorted;
        });
        if (state == null || state == WHOLE) {
            return;
        }
        desk.change(link -> reached(link, BEGUN));
        for (long last = some(0); last > 0; ) {
            last = some(last);
        }
        desk.change(link -> reached(link, WHOLE));
    }

    private long some(long after) {
        Step step = desk.change(link -> some(link, after));
        step.damaged.forEach(id -> contents.setAside(id, Contents.OTHER_KEY));
        return step.last;
    }

    private boolean reached(Link link, int state) throws SQLException {
        Account account = Account.of(link, desk.space);
        if (account.sorted < state) {
            account.sorted = state;
            account.changed();
        }
        return true;
    }

    /** Writes some down. */
    private Step some(Link link, long after) throws SQLException {
        Prepared select = link.prepared(MISSING);
        select.setLong(1, Account.of(link, desk.space).life);
        select.setLong(2, after);
        Map<Long, byte[]> missing = new LinkedHashMap<>();
        List<Long> damaged = new ArrayList<>();
        long last = 0;
        try (Results row = select.executeQuery()) {
            while (row.next()) {
                last = row.getLong(1);
                byte[] key = row.getBlob(2);
                if (Seal.find(key) == row.getLong(3)) {
                    missing.put(last, key);
                } else {
                    damaged.add(last);
                }
            }
        }
        Prepared sort = link.prepared(SORT);
        for (Map.Entry<Long, byte[]> entry : missing.entrySet()) {
            sort.setBytes(1, desk.sortable(entry.getValue()));
            sort.setLong(2, entry.getKey());
            sort.executeUpdate();
        }
        return new Step(last, damaged);
    }
}
