package io.github.twatcache.disk.diskcache;

import io.github.twatcache.disk.sqlite.ClosedDatabaseException;
import io.github.twatcache.disk.sqlite.Work;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shards of one store. What comes after the store was closed finds nothing and changes nothing. Thread-safe. */
final class Shards {
    private final List<Shard> shards;
    private volatile boolean closed;

    Shards(List<Shard> shards) {
        this.shards = List.copyOf(shards);
    }

    List<Shard> all() {
        return shards;
    }

    /** The one that has a key. */
    Shard of(DbKey key) {
        return shards.get(key.shard(shards.size()));
    }

    /** Reads; null after the end. */
    <R> @Nullable R read(Shard shard, Work<R> work) {
        if (closed) {
            return null;
        }
        try {
            return shard.find(work);
        } catch (ClosedDatabaseException late) {
            return null;
        }
    }

    /** Writes; does nothing after the end. */
    <R> R write(Shard shard, Work<R> work, R late) {
        if (closed) {
            return late;
        }
        try {
            return shard.write(work);
        } catch (ClosedDatabaseException closedMeanwhile) {
            return late;
        }
    }

    /** Writes down what was read. */
    private void settle(Shard shard) {
        write(shard, shard.uses().settling(), false);
    }

    void close() {
        if (closed) {
            return;
        }
        try {
            shards.stream().filter(shard -> !shard.uses().none()).forEach(this::settle);
        } finally {
            closed = true;
            shards.forEach(Shard::close);
        }
    }
}
