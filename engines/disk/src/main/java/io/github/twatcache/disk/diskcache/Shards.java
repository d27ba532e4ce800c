package io.github.twatcache.disk.diskcache;

import io.github.twatcache.disk.sqlite.ClosedDatabaseException;
import io.github.twatcache.disk.sqlite.Work;
import io.github.twatcache.error.EngineException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The shards of one store. What comes after the store was closed finds nothing and changes nothing. Thread-safe. */
final class Shards {
    private static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.disk");

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

    /** Writes down what was read, as far as that can be done: to lose it is no reason to fail. */
    private void settle(Shard shard) {
        try {
            write(shard, shard.uses().settling(), false);
        } catch (EngineException untold) {
            LOG.debug("what was read last of {} could not be written down", shard.file(), untold);
        }
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
