package io.github.twatcache;

import io.github.twatcache.spi.QueueStore;
import io.github.twatcache.spi.Trait;
import org.jspecify.annotations.Nullable;

/**
 * The queues that a cache keeps beside its entries, shared by all processes. Thread-safe.
 *
 * <p>The items of a queue are no entries: look-ups, sizes, iteration, {@code clear} and eviction leave them alone.
 *
 * <pre>{@code
 * Cache<String, Job> jobs = twat.disk("jobs").types(String.class, Job.class).build();
 * SharedDeque<Job> queue = Queues.of(jobs).queue("urgent");
 * queue.addLast(job);                      // in one process
 * Job next = queue.pollFirst();            // in another: each job goes to one taker
 * }</pre>
 *
 * @param <V> the type of the items
 */
public final class Queues<V> {
    private final DataCache<?, ? extends @Nullable Object> cache;
    private final Ability<QueueStore> ability;

    private Queues(Cache<?, V> cache) {
        this.cache = Ability.face(cache);
        this.ability = Ability.of(cache, QueueStore.class, Trait.QUEUES);
    }

    /**
     * The queues of a cache. Cheap; may be asked for each time.
     *
     * @param <V> the type of the values, and so of the items
     * @param cache the cache
     * @return its queues
     * @throws io.github.twatcache.error.ConfigurationException when the engine keeps none, naming those that do
     * @throws IllegalStateException when the cache is closed
     */
    public static <V> Queues<V> of(Cache<?, V> cache) {
        return new Queues<>(cache);
    }

    /**
     * A queue without a limit.
     *
     * @param name its name; the empty one is a name too
     * @return the queue, whether or not it holds anything
     */
    public SharedDeque<V> queue(String name) {
        return queue(name, Long.MAX_VALUE);
    }

    /**
     * A queue with a limit: what is added to a full one makes an item leave at the other end, in one step. The limit is
     * this object's, not the queue's: another process may add under another limit.
     *
     * @param name its name; the empty one is a name too
     * @param maximum how many items it may hold, 1 or more
     * @return the queue, whether or not it holds anything
     * @throws IllegalArgumentException when the maximum is less than 1
     */
    public SharedDeque<V> queue(String name, long maximum) {
        if (maximum < 1) {
            throw new IllegalArgumentException("maximum of queue '" + name + "' must be 1 or more, but was " + maximum
                    + "; leave it out for no limit");
        }
        return new SharedDeque<>(cache.core, ability, name, maximum);
    }
}
