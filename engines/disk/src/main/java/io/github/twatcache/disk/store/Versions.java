package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Database;
import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import io.github.twatcache.key.Digest;
import io.github.twatcache.spi.StoreContext;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The key spaces of a database that other versions of the same function have: asked on a miss, and only where there are
 * any, whether one of them holds the key. Known are those that were there when the cache was opened.
 *
 * @param spaces their numbers
 */
record Versions(Set<Long> spaces) {
    /** For keys that have no versions. */
    static final Versions NONE = new Versions(Set.of());

    /** In {@code meta}, before the digest of a space: which function the space is of. */
    private static final String FUNCTION = "function of ";

    Versions {
        spaces = Set.copyOf(spaces);
    }

    /** The other versions in a database; notes which function this one's space is of, where that is not known yet. */
    static Versions open(Database database, StoreContext<?> context) {
        byte[] lineage = context.lineage();
        if (lineage.length == 0) {
            return NONE;
        }
        byte[] digest = Digest.of(context.space()).toBytes();
        String function = HexFormat.of().formatHex(lineage);
        if (database.find(link -> function(link, digest)) == null) {
            database.write(link -> {
                Prepared note = link.prepared("INSERT OR REPLACE INTO meta VALUES (?, ?)");
                note.setString(1, name(digest));
                note.setString(2, function);
                note.executeUpdate();
                return true;
            });
        }
        return database.read(link -> others(link, function, digest));
    }

    private static String name(byte[] digest) {
        return FUNCTION + HexFormat.of().formatHex(digest);
    }

    private static @Nullable String function(Link link, byte[] digest) throws SQLException {
        Prepared select = link.prepared("SELECT value FROM meta WHERE name = ?");
        select.setString(1, name(digest));
        try (Results row = select.executeQuery()) {
            return row.next() ? row.getText(1) : null;
        }
    }

    /** The spaces of a function but for one. */
    static Versions others(Link link, String function, byte[] digest) throws SQLException {
        Prepared select = link.prepared("SELECT s.id FROM meta m JOIN space s ON m.name = '" + FUNCTION
                + "' || lower(hex(s.digest)) WHERE m.value = ?1 AND s.digest <> ?2");
        select.setString(1, function);
        select.setBytes(2, digest);
        return new Versions(new HashSet<>(Rows.ids(select)));
    }

    /** Whether one of them holds a living entry of a key. */
    boolean hold(Link link, long find, byte[] key, long now) throws SQLException {
        if (spaces.isEmpty()) {
            return false;
        }
        Prepared select = link.prepared("SELECT s.id FROM entry e CROSS JOIN space s ON s.life = e.life"
                + " WHERE e.find = ?1 AND e.key = ?2 AND ifnull(e.fresh, 9223372036854775807) > ?3");
        select.setLong(1, find);
        select.setBytes(2, key);
        select.setLong(3, now);
        return Rows.ids(select).stream().anyMatch(spaces::contains);
    }
}
