package io.github.twatcache.disk.store;

import io.github.twatcache.spi.QueueStore;
import io.github.twatcache.spi.Terms;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queues, each in the shard that its name belongs to. */
record ShardedQueues(Routes<?> routes, List<QueueStore> shards) implements QueueStore {
    private QueueStore of(String queue) {
        return shards.get(routes.ofName(queue));
    }

    @Override
    public long push(String queue, Side side, Object value, Terms terms, long most) {
        return of(queue).push(queue, side, value, terms, most);
    }

    @Override
    public @Nullable Item pull(String queue, Side side) {
        return of(queue).pull(queue, side);
    }

    @Override
    public @Nullable Item peek(String queue, Side side) {
        return of(queue).peek(queue, side);
    }

    @Override
    public @Nullable Item next(String queue, Side side, long beyond) {
        return of(queue).next(queue, side, beyond);
    }

    @Override
    public boolean remove(String queue, long number) {
        return of(queue).remove(queue, number);
    }

    @Override
    public long size(String queue) {
        return of(queue).size(queue);
    }

    @Override
    public void empty(String queue) {
        of(queue).empty(queue);
    }
}
