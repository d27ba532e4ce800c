package io.github.twatcache.disk.diskcache;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tags of entries. Python's column holds one, the first of them; the others are in a table of ours, each with the
 * {@code store_time} of the row that it belongs to: where that has changed, the row was overwritten, and they count no more.
 */
final class Tags {
    static final String TABLE = "CREATE TABLE IF NOT EXISTS twat_tag("
            + " tag TEXT NOT NULL, entry INTEGER NOT NULL, stored REAL NOT NULL, PRIMARY KEY (tag, entry)) WITHOUT ROWID";

    private Tags() {}

    static void make(Link link) throws SQLException {
        link.run(TABLE);
        link.run("CREATE INDEX IF NOT EXISTS twat_tag_entry ON twat_tag (entry)");
    }

    /** The tag that stands in the row; null where there is none. */
    static @Nullable String first(Set<String> tags) {
        return tags.isEmpty() ? null : new TreeSet<>(tags).first();
    }

    /** Keeps the tags of a row that was just stored, but for the first; those that it had are forgotten. */
    static void keep(Link link, long entry, double stored, Set<String> tags) throws SQLException {
        Prepared forget = link.prepared("DELETE FROM twat_tag WHERE entry = ?");
        forget.setLong(1, entry);
        forget.executeUpdate();
        Iterator<String> sorted = new TreeSet<>(tags).iterator();
        if (!sorted.hasNext()) {
            return;
        }
        sorted.next();
        Prepared insert = link.prepared("INSERT INTO twat_tag(tag, entry, stored) VALUES (?, ?, ?)");
        while (sorted.hasNext()) {
            insert.setString(1, sorted.next());
            insert.setLong(2, entry);
            insert.setDouble(3, stored);
            insert.executeUpdate();
        }
    }

    /** All tags of a row. */
    static Set<String> of(Link link, Row row) throws SQLException {
        Set<String> tags = new TreeSet<>();
        if (row.tag() instanceof String first) {
            tags.add(first);
        }
        Prepared select = link.prepared("SELECT tag FROM twat_tag WHERE entry = ? AND stored = ?");
        select.setLong(1, row.id());
        select.setDouble(2, row.storeTime());
        try (Results more = select.executeQuery()) {
            while (more.next()) {
                tags.add(more.getString(1));
            }
        }
        return tags;
    }

    /** The next rows that a tag stands beside in our table. Where a row has changed since, the tag is taken out. */
    static Sweeps.Page carriers(Link link, String tag, long after, long upto, int most) throws SQLException {
        List<Row> rows = new ArrayList<>();
        long last = after;
        for (Map.Entry<Long, Double> note : noted(link, tag, after, upto, most).entrySet()) {
            last = note.getKey();
            Row row = Rows.byId(link, last);
            if (row != null && row.storeTime() == note.getValue()) {
                rows.add(row);
            } else {
                remove(link, tag, last);
            }
        }
        return new Sweeps.Page(rows, last);
    }

    private static Map<Long, Double> noted(Link link, String tag, long after, long upto, int most) throws SQLException {
        Prepared select = link.prepared("SELECT entry, stored FROM twat_tag"
                + " WHERE tag = ? AND entry > ? AND entry <= ? ORDER BY entry LIMIT ?");
        select.setString(1, tag);
        select.setLong(2, after);
        select.setLong(3, upto);
        select.setInt(4, most);
        Map<Long, Double> noted = new LinkedHashMap<>();
        try (Results row = select.executeQuery()) {
            while (row.next()) {
                noted.put(row.getLong(1), row.getDouble(2));
            }
        }
        return noted;
    }

    private static void remove(Link link, String tag, long entry) throws SQLException {
        Prepared delete = link.prepared("DELETE FROM twat_tag WHERE tag = ? AND entry = ?");
        delete.setString(1, tag);
        delete.setLong(2, entry);
        delete.executeUpdate();
    }
}
