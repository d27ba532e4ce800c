package io.github.twatcache.disk.diskcache;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.store.Gone;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.stats.MissReason;
import io.github.twatcache.stats.RemovalCause;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Takes rows out of a directory, and reports those of this cache: after the commit, on the thread that brought it about. What
 * Python takes out nobody here is told of.
 */
final class Departures<K> {
    private final StoreContext<K> context;
    private final Keys<K> keys;
    private final Contents contents;
    private final boolean wanted;
    private final boolean whole;
    private final @Nullable Gone gone;

    Departures(StoreContext<K> context, Keys<K> keys, Contents contents) {
        this.context = context;
        this.keys = keys;
        this.contents = contents;
        this.wanted = context.removals();
        this.whole = wanted && !context.countsOnly();
        this.gone = wanted ? new Gone() : null;
    }

    /** Deletes a row in the running transaction, and its file after the commit. */
    void delete(Link link, Shard shard, Row row, RemovalCause cause, @Nullable K known) throws SQLException {
        report(link, shard, row, cause, known);
        Rows.delete(link, row.id());
        forget(link, shard, row);
    }

    /** Deletes the file of a row that is replaced or deleted, after the commit. */
    void forget(Link link, Shard shard, Row row) {
        if (row.filename() != null) {
            link.afterCommit(() -> shard.files().remove(row.filename()));
        }
    }

    /** Notes that a row leaves in the running transaction. */
    void report(Link link, Shard shard, Row row, RemovalCause cause, @Nullable K known) {
        if (!wanted) {
            return;
        }
        DbKey key = row.key();
        if (key == null || !keys.mine(key)) {
            return;
        }
        Object value = whole ? contents.quietly(shard, key, row) : Nil.NIL;
        link.afterCommit(() -> {
            remember(key, cause);
            tell(known != null ? known : keys.back(key), value, cause);
        });
    }

    private void remember(DbKey key, RemovalCause cause) {
        if (gone != null) {
            gone.left(key.digest(), cause);
        }
    }

    /** Says why a key is not there that is looked up, as far as this process knows. */
    void missed(K key, DbKey dbKey, boolean expired) {
        MissReason reason = expired ? MissReason.EXPIRED : gone == null ? null : gone.reason(dbKey.digest());
        if (reason != null) {
            context.missed(key, reason);
        }
    }

    /** Notes that a value was over before it was stored. */
    void stillborn(Link link, K key, Object value) {
        if (wanted) {
            link.afterCommit(() -> tell(key, value, RemovalCause.EXPIRED));
        }
    }

    private void tell(@Nullable K key, @Nullable Object value, RemovalCause cause) {
        if (key == null || value == null) {
            context.removed(cause, 1);
        } else {
            context.removed(key, value, cause);
        }
    }
}
