package io.github.twatcache.heap;

import static io.github.twatcache.spi.Terms.FOREVER;
import static io.github.twatcache.spi.Terms.UNSET;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When entries die. All but {@link #now} runs under the store's lock.
 *
 * <p>Time is counted from the opening of the store, so that a deadline is a plain sum, and readings of the ticker are
 * compared by subtraction only. A node is dead from the tick {@code start + lifetime} on. A lifetime of
 * {@link Long#MAX_VALUE} nanoseconds or more, and one that ends beyond the last tick, has no end.
 *
 * <p>A node has up to two deadlines. The <em>soft</em> one is the same lifetime for all: after the last use where the
 * cache expires after access, else after the write; an {@link AgeQueue} finds the next in constant time. The
 * <em>hard</em> one is put off by no use: a lifetime of the entry's own, which takes the place of the cache's, or the
 * cache's lifetime after write where it expires after access too; a {@link DeadlineHeap} finds the next in O(log n), on
 * writes only. {@link AgingNode#deadline()} is the earlier of both.
 *
 * @param <K> the type of the keys
 */
final class Expiry<K> {
    private final Ticker ticker;
    private final long origin;
    private final long softLife;
    private final long hardLife;
    private final boolean renews;
    private final boolean own;
    private final boolean keeps;
    private final AgeQueue<K> ages = new AgeQueue<>();
    private final @Nullable DeadlineHeap<K> deadlines;

    /** The latest time at which the queue was changed: its order must not suffer from threads that overtake others. */
    private long latest;

    Expiry(CacheSpec spec, Ticker ticker) {
        long afterWrite = nanos(spec, Settings.EXPIRE_AFTER_WRITE);
        long afterAccess = nanos(spec, Settings.EXPIRE_AFTER_ACCESS);
        this.ticker = ticker;
        this.renews = afterAccess != FOREVER;
        this.softLife = renews ? afterAccess : afterWrite;
        this.hardLife = renews ? afterWrite : FOREVER;
        this.own = spec.on(Settings.PER_ENTRY_EXPIRY) || spec.get(Settings.EXPIRY_JITTER) != null;
        this.keeps = spec.on(Settings.KEEP_STALE);
        this.deadlines = own || keeps || hardLife != FOREVER ? new DeadlineHeap<>() : null;
        this.origin = ticker.read();
    }

    /** Whether anything can ever die. */
    boolean any() {
        return softLife != FOREVER || deadlines != null;
    }

    /** Whether entries may have lifetimes of their own. */
    boolean own() {
        return own;
    }

    /** Whether entries may outlive their freshness; then all nodes are {@link KeptNode}s. */
    boolean keeps() {
        return keeps;
    }

    /** Whether a hit starts a new lifetime. */
    boolean renews() {
        return renews && !keeps;
    }

    /** Whether nodes need room for a hard deadline. */
    boolean hasDeadlines() {
        return deadlines != null;
    }

    /** The time since the store was opened. */
    long now() {
        return Math.min(ticker.read() - origin, FOREVER - 1);
    }

    /** The time at which the holder of the lock acts: not before what was done under the lock already. */
    long inOrder(long now) {
        latest = Math.max(latest, now);
        return latest;
    }

    /** The lifetime that terms ask for: {@link Terms#UNSET} for the cache's own, {@link Terms#FOREVER} for no end. */
    long lifetime(Terms terms) {
        if (keeps) {
            return terms.keptNanos() == UNSET ? UNSET : Math.max(terms.freshNanos(), terms.keptNanos());
        }
        if (!own) {
            return UNSET;
        }
        long fresh = terms.freshNanos();
        long kept = terms.keptNanos();
        return fresh == UNSET ? kept : kept == UNSET ? fresh : Math.min(fresh, kept);
    }

    /** Starts a life on terms. */
    void start(AgingNode<K> node, long lifetime, Terms terms, long now) {
        if (!keeps) {
            start(node, lifetime, now);
            return;
        }
        KeptNode<K> kept = (KeptNode<K>) node;
        kept.costNanos = terms.costNanos();
        kept.version = terms.version();
        time(kept, terms, now);
    }

    /** Sets the three ends of a life that is in no queue. */
    void time(KeptNode<K> node, Terms terms, long now) {
        long fresh = terms.freshNanos() == UNSET ? Math.min(softLife, hardLife) : terms.freshNanos();
        long due = terms.dueNanos() == UNSET ? fresh : Math.min(terms.dueNanos(), fresh);
        long kept = terms.keptNanos() == UNSET ? fresh : Math.max(terms.keptNanos(), fresh);
        node.aged = false;
        node.fresh(end(now, fresh));
        node.deadline(end(now, due));
        node.hard = end(now, kept);
        if (node.hard != FOREVER && deadlines != null) {
            deadlines.add(node);
        }
    }

    /** Has a node be stale from now on, as somebody wants it. */
    void age(KeptNode<K> node, long now) {
        node.aged = true;
        end(node, now);
    }

    /** Has a node be stale from now on. */
    void end(KeptNode<K> node, long now) {
        node.fresh(Math.min(node.fresh(), now));
        node.deadline(Math.min(node.deadline(), now));
    }

    /** Starts a life. */
    void start(AgingNode<K> node, long lifetime, long now) {
        long soft = FOREVER;
        long hard = lifetime == UNSET ? end(now, hardLife) : end(now, lifetime);
        if (lifetime == UNSET && softLife != FOREVER) {
            soft = end(now, softLife);
            ages.append(node);
        }
        if (hard != FOREVER && deadlines != null) {
            DeadlineNode<K> dying = (DeadlineNode<K>) node;
            dying.hard = hard;
            deadlines.add(dying);
        }
        node.deadline(Math.min(soft, hard));
    }

    /** Ends a life. */
    void stop(AgingNode<K> node) {
        if (node.aging) {
            ages.remove(node);
        }
        if (deadlines != null && ((DeadlineNode<K>) node).index >= 0) {
            deadlines.remove((DeadlineNode<K>) node);
            ((DeadlineNode<K>) node).hard = FOREVER;
        }
    }

    /** Puts the soft deadline off, where a use does so. */
    void used(AgingNode<K> node, long now) {
        if (renews && node.aging) {
            ages.renew(node);
            long soft = end(now, softLife);
            node.deadline(deadlines == null ? soft : Math.min(soft, ((DeadlineNode<K>) node).hard));
        }
    }

    /** The next node that is to be swept. */
    @Nullable AgingNode<K> dead(long now) {
        AgingNode<K> oldest = ages.oldest();
        if (oldest != null && oldest.goneAt(now)) {
            return oldest;
        }
        if (deadlines != null) {
            DeadlineNode<K> first = deadlines.first();
            if (first != null && first.goneAt(now)) {
                return first;
            }
        }
        return null;
    }

    /** A node that gives way to others before any policy is asked: a dead one, or the stale one that goes next. */
    @Nullable AgingNode<K> expired(long now) {
        AgingNode<K> dead = dead(now);
        if (dead == null && keeps && deadlines != null) {
            DeadlineNode<K> next = deadlines.first();
            return next != null && next.weight() > 0 && next.expiredAt(now) ? next : null;
        }
        return dead;
    }

    void clear() {
        ages.clear();
        if (deadlines != null) {
            deadlines.clear();
        }
    }

    /** How many nodes may die; verifies the structures on the way. For tests. */
    int verify() {
        return ages.nodes().size() + (deadlines == null ? 0 : deadlines.verify());
    }

    private static long end(long now, long lifetime) {
        if (lifetime == FOREVER) {
            return FOREVER;
        }
        long end = now + lifetime;
        return now > 0 && end < 0 ? FOREVER : end;
    }

    private static long nanos(CacheSpec spec, Setting<Duration> setting) {
        Duration duration = spec.get(setting);
        if (duration == null) {
            return FOREVER;
        }
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return FOREVER; // longer than a long can say
        }
    }
}
