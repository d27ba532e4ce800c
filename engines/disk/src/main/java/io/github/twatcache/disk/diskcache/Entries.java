package io.github.twatcache.disk.diskcache;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.stats.RemovalCause;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is done to the entries of a directory within a transaction that writes: as Python's {@code set}, {@code add},
 * {@code delete}, {@code touch} and {@code _cull} do it, and with our guards.
 */
final class Entries<K> {
    private final Expiry expiry;
    private final Departures<K> departures;
    private final boolean tagged;

    Entries(Expiry expiry, Departures<K> departures, boolean tagged) {
        this.expiry = expiry;
        this.departures = departures;
        this.tagged = tagged;
    }

    /** What is to be stored. */
    record Entry<K>(K key, DbKey dbKey, Object value, Draft draft, Terms terms) {}

    Outcome put(Link link, Shard shard, Entry<K> entry, Guard guard) throws SQLException {
        long now = expiry.now();
        Row old = Rows.find(link, entry.dbKey());
        boolean live = old != null && old.lives(now);
        if (!holds(guard, entry.dbKey(), live ? old : null)) {
            return Outcome.REFUSED;
        }
        long end = expiry.end(entry.terms(), now);
        RemovalCause cause = live ? RemovalCause.REPLACED : RemovalCause.EXPIRED;
        if (end <= now) {
            // A value whose life is over at once takes the place of what was there, and is gone.
            if (old != null) {
                departures.delete(link, shard, old, cause, entry.key());
            }
            departures.stillborn(link, entry.key(), entry.value());
            forget(link, shard, entry.draft());
            return Outcome.STORED;
        }
        if (old != null) {
            departures.report(link, shard, old, cause, entry.key());
            departures.forget(link, shard, old);
        }
        Stamp stamp = Stamp.of(now, old, end, shard.settings().policy());
        Set<String> tags = tagged ? entry.terms().tags() : Set.of();
        long id = Rows.store(link, entry.dbKey(), old, entry.draft(), stamp, Tags.first(tags));
        if (tagged) {
            Tags.keep(link, id, stamp.stored(), tags);
        }
        cull(link, shard, now, id);
        return Outcome.STORED;
    }

    private static void forget(Link link, Shard shard, Draft draft) {
        if (draft.filename() != null) {
            link.afterCommit(() -> shard.files().remove(draft.filename()));
        }
    }

    private static boolean holds(Guard guard, DbKey key, @Nullable Row row) {
        if (guard instanceof Guard.Seen seen) {
            return row != null && Mark.of(key, row).equals(seen.mark());
        }
        return guard instanceof Guard.Any || row == null;
    }

    boolean remove(Link link, Shard shard, K key, DbKey dbKey, Guard guard) throws SQLException {
        Row row = Rows.find(link, dbKey);
        if (row == null) {
            return false;
        }
        if (!row.lives(expiry.now())) {
            departures.delete(link, shard, row, RemovalCause.EXPIRED, key);
            return false;
        }
        if (guard == Guard.ABSENT || !holds(guard, dbKey, row)) {
            return false;
        }
        departures.delete(link, shard, row, RemovalCause.EXPLICIT, key);
        return true;
    }

    boolean touch(Link link, Shard shard, K key, DbKey dbKey, long nanos) throws SQLException {
        long now = expiry.now();
        Row row = Rows.find(link, dbKey);
        if (row == null) {
            return false;
        }
        boolean live = row.lives(now);
        long end = expiry.touched(nanos, now);
        if (!live || end <= now) {
            departures.delete(link, shard, row, RemovalCause.EXPIRED, key);
            return live;
        }
        Rows.touch(link, row.id(), end);
        return true;
    }

    /** Puts another content into a live row, and leaves its end and its tag: as Python's incr. */
    void replace(Link link, Shard shard, K key, DbKey dbKey, Row old, Draft draft) throws SQLException {
        departures.report(link, shard, old, RemovalCause.REPLACED, key);
        departures.forget(link, shard, old);
        Stamp stamp = Stamp.of(expiry.now(), old, old.end(), shard.settings().policy());
        Set<String> tags = tagged ? Tags.of(link, old) : Set.of();
        String tag = old.tag() instanceof String text ? text : null;
        Rows.store(link, dbKey, old, draft, stamp, tagged ? Tags.first(tags) : tag);
        if (tagged) {
            Tags.keep(link, old.id(), stamp.stored(), tags);
        }
    }

    /**
     * Makes room, as Python does: some expired rows leave; then, where rows and files take more than the limit, as many of
     * those that the policy names as are left of the number. Not the one just stored, which Python may take too.
     */
    private void cull(Link link, Shard shard, long now, long stored) throws SQLException {
        shard.uses().settle(link);
        long left = shard.settings().cullLimit();
        if (left == 0) {
            return;
        }
        List<Row> expired = Rows.expired(link, Expiry.seconds(now), left);
        for (Row row : expired) {
            departures.delete(link, shard, row, RemovalCause.EXPIRED, null);
        }
        left -= expired.size();
        String column = shard.settings().policy().column();
        if (left == 0 || column == null || volume(link) < shard.settings().sizeLimit()) {
            return;
        }
        for (Row row : Rows.least(link, column, stored, left)) {
            departures.delete(link, shard, row, RemovalCause.SIZE, null);
        }
    }

    /** What rows and files take: Python's {@code volume()}. */
    static long volume(Link link) throws SQLException {
        return link.number("PRAGMA page_count", 0) * link.number("PRAGMA page_size", 0)
                + link.number("SELECT value FROM Settings WHERE key = 'size'", 0);
    }
}
