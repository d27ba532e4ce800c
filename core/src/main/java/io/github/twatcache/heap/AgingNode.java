package io.github.twatcache.heap;

import io.github.twatcache.spi.Terms;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A node that dies.
 *
 * @param <K> the type of the keys
 */
class AgingNode<K> extends WeighedNode<K> {
    private static final VarHandle DEADLINE;

    static {
        try {
            DEADLINE = MethodHandles.lookup().findVarHandle(AgingNode.class, "deadline", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The first tick at which it is dead; written under the lock, read without, hence opaque: a long must not tear. */
    @SuppressWarnings("unused") // through DEADLINE
    private long deadline = Terms.FOREVER;

    /** The neighbour that dies no later. */
    @Nullable AgingNode<K> older;

    /** The neighbour that dies no earlier. */
    @Nullable AgingNode<K> younger;

    /** Whether the queue of ages holds it. */
    boolean aging;

    AgingNode(K key, int hash, Object value, int weight) {
        super(key, hash, value, weight);
    }

    final long deadline() {
        return (long) DEADLINE.getOpaque(this);
    }

    final void deadline(long tick) {
        DEADLINE.setOpaque(this, tick);
    }

    /** Whether a look-up finds it no more. */
    final boolean deadAt(long now) {
        return now >= deadline();
    }

    /** Whether it is absent to all but those who ask for what is kept. */
    boolean expiredAt(long now) {
        return deadAt(now);
    }

    /** Whether it is to be swept; under the lock. */
    boolean goneAt(long now) {
        return deadAt(now);
    }
}
