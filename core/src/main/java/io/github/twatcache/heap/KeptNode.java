package io.github.twatcache.heap;

import io.github.twatcache.spi.Terms;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A node that may outlive its freshness. Its {@link #deadline()} is when a look-up finds it no more, its {@link #hard} when
 * it is gone, and its freshness ends in between.
 *
 * @param <K> the type of the keys
 */
final class KeptNode<K> extends CountedNode<K> {
    private static final VarHandle FRESH;

    static {
        try {
            FRESH = MethodHandles.lookup().findVarHandle(KeptNode.class, "fresh", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The first tick at which it is stale; written under the lock, read without, hence opaque: a long must not tear. */
    @SuppressWarnings("unused") // through FRESH
    private long fresh = Terms.FOREVER;

    /** How long the value took to compute; never changes once it can be found. */
    long costNanos;

    /** What the source said of the value; never changes once it can be found. */
    @Nullable String version;

    /** Whether somebody has made it stale. */
    boolean aged;

    KeptNode(K key, int hash, Object value, int weight, int reads) {
        super(key, hash, value, weight, reads);
    }

    long fresh() {
        return (long) FRESH.getOpaque(this);
    }

    void fresh(long tick) {
        FRESH.setOpaque(this, tick);
    }

    @Override
    boolean expiredAt(long now) {
        return worn() || now >= fresh();
    }

    @Override
    boolean goneAt(long now) {
        return now >= hard;
    }
}
