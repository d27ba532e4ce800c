package io.github.twatcache.spi;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The terms on which an entry is kept. Lifetimes are counted from the moment when the store takes the entry; when read
 * back from {@link Store#entry}, from the moment of reading.
 *
 * @param freshNanos for how long the value may be served as fresh, in nanoseconds, {@link #UNSET} for what the cache's
 *     own settings say, {@link #FOREVER} for no end
 * @param keptNanos for how long it may be kept, fresh or stale; not shorter than {@code freshNanos}
 * @param tags what it can be invalidated by; empty for nothing
 * @param weight how heavy it is, 0 or more; 1 where the cache has no weigher
 * @param costNanos how long it took to compute, in nanoseconds; 0 where nobody knows
 * @param dueNanos for how long a look-up may find the value by itself; from then on, and as long as it is fresh, only
 *     {@link StaleStore#kept} and what is no use of it do, since a call is to see to it that it is computed anew. Not longer
 *     than {@code freshNanos}; heeded by a {@link StaleStore} only
 * @param version what the source said of the value, to be asked later whether it has changed; {@code null} for nothing. Kept
 *     by a {@link StaleStore} only
 */
public record Terms(
        long freshNanos,
        long keptNanos,
        Set<String> tags,
        int weight,
        long costNanos,
        long dueNanos,
        @Nullable String version) {
    /** A lifetime without end. */
    public static final long FOREVER = Long.MAX_VALUE;

    /** A lifetime that the cache's own settings decide. */
    public static final long UNSET = -1;

    /** Nothing of its own: the cache's settings decide, weight 1, no tags. */
    public static final Terms PLAIN = new Terms(UNSET, UNSET, Set.of(), 1, 0);

    /**
     * Terms on which a value is found as long as it is fresh.
     *
     * @param freshNanos as above
     * @param keptNanos as above
     * @param tags as above
     * @param weight as above
     * @param costNanos as above
     */
    public Terms(long freshNanos, long keptNanos, Set<String> tags, int weight, long costNanos) {
        this(freshNanos, keptNanos, tags, weight, costNanos, freshNanos, null);
    }

    /** Copies the tags. */
    public Terms {
        tags = Set.copyOf(tags);
        if (weight < 0) {
            throw new IllegalArgumentException("weight must not be negative, but was " + weight);
        }
    }

    /**
     * The same terms with another lifetime.
     *
     * @param nanos fresh and kept for this long; {@link #FOREVER} and {@link #UNSET} as above
     * @return the new terms
     */
    public Terms lasting(long nanos) {
        return lasting(nanos, nanos, nanos);
    }

    /**
     * The same terms with lifetimes that differ.
     *
     * @param due found by look-ups for this long, in nanoseconds
     * @param fresh fresh for this long, not shorter
     * @param kept kept for this long, not shorter
     * @return the new terms
     */
    public Terms lasting(long due, long fresh, long kept) {
        return new Terms(fresh, kept, tags, weight, costNanos, due, version);
    }

    /**
     * The same terms with another version of the value.
     *
     * @param newVersion what the source says of the value; {@code null} for nothing
     * @return the new terms
     */
    public Terms versioned(@Nullable String newVersion) {
        return new Terms(freshNanos, keptNanos, tags, weight, costNanos, dueNanos, newVersion);
    }

    /**
     * The same terms with another weight.
     *
     * @param newWeight the weight, 0 or more
     * @return the new terms
     */
    public Terms weighing(int newWeight) {
        return new Terms(freshNanos, keptNanos, tags, newWeight, costNanos, dueNanos, version);
    }

    /**
     * The same terms with another cost.
     *
     * @param nanos how long it took to compute, in nanoseconds
     * @return the new terms
     */
    public Terms costing(long nanos) {
        return new Terms(freshNanos, keptNanos, tags, weight, nanos, dueNanos, version);
    }

    /**
     * The same terms with other tags.
     *
     * @param newTags the tags
     * @return the new terms
     */
    public Terms tagged(Set<String> newTags) {
        return new Terms(freshNanos, keptNanos, newTags, weight, costNanos, dueNanos, version);
    }
}
