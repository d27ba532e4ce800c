package io.github.twatcache.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A node that dies when it has been read so many times.
 *
 * @param <K> the type of the keys
 */
class CountedNode<K> extends DeadlineNode<K> {
    private static final VarHandle READS;

    static {
        try {
            READS = MethodHandles.lookup().findVarHandle(CountedNode.class, "readsLeft", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // through READS
    private volatile int readsLeft;

    CountedNode(K key, int hash, Object value, int weight, int reads) {
        super(key, hash, value, weight);
        readsLeft = reads;
    }

    /** Reads it; returns how many reads were left before, 0 where this one is too much. */
    final int read() {
        return readsLeft <= 0 ? 0 : Math.max(0, (int) READS.getAndAdd(this, -1));
    }

    final boolean worn() {
        return readsLeft <= 0;
    }

    @Override
    boolean expiredAt(long now) {
        return worn() || deadAt(now);
    }

    @Override
    boolean goneAt(long now) {
        return worn() || deadAt(now);
    }
}
