package io.github.twatcache.failure;

import io.github.twatcache.spi.QueueStore;
import io.github.twatcache.spi.StoreCall.Operation;
import io.github.twatcache.spi.Terms;
import org.jspecify.annotations.Nullable;

/** Queues with interceptors round them, who see that something is done and not to which queue. */
record InterceptedQueues(Intercepted store, QueueStore queues) implements QueueStore {
    @Override
    public long push(String queue, Side side, Object value, Terms terms, long most) {
        return store.around(Operation.PUSH, null, () -> queues.push(queue, side, value, terms, most));
    }

    @Override
    public @Nullable Item pull(String queue, Side side) {
        return store.<@Nullable Item>around(Operation.PULL, null, () -> queues.pull(queue, side));
    }

    @Override
    public @Nullable Item peek(String queue, Side side) {
        return store.<@Nullable Item>around(Operation.LOOK, null, () -> queues.peek(queue, side));
    }

    @Override
    public @Nullable Item next(String queue, Side side, long beyond) {
        return store.<@Nullable Item>around(Operation.LOOK, null, () -> queues.next(queue, side, beyond));
    }

    @Override
    public boolean remove(String queue, long number) {
        return store.around(Operation.PULL, null, () -> queues.remove(queue, number));
    }

    @Override
    public long size(String queue) {
        return store.around(Operation.LOOK, null, () -> queues.size(queue));
    }

    @Override
    public void empty(String queue) {
        store.around(Operation.PULL, null, () -> {
            queues.empty(queue);
            return true;
        });
    }
}
