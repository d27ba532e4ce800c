package io.github.twatcache.disk.diskcache;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Work;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was read under a policy that wants to know. Python writes it down with each look-up; here it is gathered, and written
 * with the next write, beside the callers from {@value #MANY} entries on, or at the end. Thread-safe.
 */
final class Uses {
    private static final int MANY = 1_024;

    /** No more are remembered: where the database cannot be told, uses of others are forgotten. */
    private static final int MOST = 4 * MANY;

    private final EvictionPolicy policy;
    private final Map<Long, Use> uses = new ConcurrentHashMap<>();

    /** Writes them down; the same each time, so that it waits but once. */
    private final Work<Boolean> settling = link -> {
        settle(link);
        return true;
    };

    private record Use(long count, double time) {}

    Uses(EvictionPolicy policy) {
        this.policy = policy;
    }

    /** Notes a use of a row; says whether it is time to write them down. */
    boolean note(long id, double time) {
        if (!policy.notesUses()) {
            return false;
        }
        if (uses.size() < MOST || uses.containsKey(id)) {
            uses.merge(id, new Use(1, time), (old, one) -> new Use(old.count + 1, Math.max(old.time, one.time)));
        }
        return uses.size() >= MANY;
    }

    Work<Boolean> settling() {
        return settling;
    }

    boolean none() {
        return uses.isEmpty();
    }

    /** Writes down what was noted, once in each transaction. */
    void settle(Link link) throws SQLException {
        if (uses.isEmpty() || link.kept(this, () -> new int[1])[0]++ > 0) {
            return;
        }
        Map<Long, Use> noted = Map.copyOf(uses);
        Prepared update = link.prepared(
                policy == EvictionPolicy.LEAST_RECENTLY_USED
                        ? "UPDATE Cache SET access_time = max(access_time, ?) WHERE rowid = ?"
                        : "UPDATE Cache SET access_count = access_count + ? WHERE rowid = ?");
        for (Map.Entry<Long, Use> use : noted.entrySet()) {
            if (policy == EvictionPolicy.LEAST_RECENTLY_USED) {
                update.setDouble(1, use.getValue().time);
            } else {
                update.setLong(1, use.getValue().count);
            }
            update.setLong(2, use.getKey());
            update.executeUpdate();
        }
        link.afterCommit(() -> noted.forEach((id, written) -> uses.computeIfPresent(
                id,
                (unused, now) -> now.count == written.count ? null : new Use(now.count - written.count, now.time))));
    }
}
