package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tags of entries: a table that is ordered by tag, so that a tag finds its entries without looking at others. */
final class Tags {
    private Tags() {}

    static void add(Link link, Account account, long entry, Set<String> tags) throws SQLException {
        if (tags.isEmpty()) {
            return;
        }
        if (!account.tagged) {
            account.tagged = true;
            account.changed();
        }
        Prepared insert = link.prepared("INSERT INTO tag(life, name, entry) VALUES (?, ?, ?)");
        for (String tag : tags) {
            insert.setLong(1, account.life);
            insert.setString(2, tag);
            insert.setLong(3, entry);
            insert.executeUpdate();
        }
    }

    /** Takes an entry's tags away. */
    static void remove(Link link, Account account, long entry) throws SQLException {
        if (account.tagged) {
            remove(link, entry);
        }
    }

    static void remove(Link link, long entry) throws SQLException {
        Prepared delete = link.prepared("DELETE FROM tag WHERE entry = ?");
        delete.setLong(1, entry);
        delete.executeUpdate();
    }

    static Set<String> of(Link link, long entry) throws SQLException {
        Prepared select = link.prepared("SELECT name FROM tag WHERE entry = ?");
        select.setLong(1, entry);
        Set<String> tags = new HashSet<>();
        try (Results rows = select.executeQuery()) {
            while (rows.next()) {
                tags.add(rows.getString(1));
            }
        }
        return tags;
    }

    /** Some of the entries that carry a tag, between two numbers, in their order. */
    static List<Long> carriers(Link link, long life, String tag, long after, long before, int most)
            throws SQLException {
        Prepared select = link.prepared("SELECT entry FROM tag WHERE life = ? AND name = ? AND entry > ? AND entry < ?"
                + " ORDER BY entry LIMIT ?");
        select.setLong(1, life);
        select.setString(2, tag);
        select.setLong(3, after);
        select.setLong(4, before);
        select.setInt(5, most);
        return Rows.ids(select);
    }
}
