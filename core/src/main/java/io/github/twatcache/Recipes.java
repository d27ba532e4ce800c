package io.github.twatcache;

import io.github.twatcache.function.Fn1;
import io.github.twatcache.shared.Average;
import io.github.twatcache.shared.Coordination;
import io.github.twatcache.shared.SharedLock;
import io.github.twatcache.shared.SharedSemaphore;
import io.github.twatcache.shared.Throttle;
import io.github.twatcache.spi.CellStore;
import io.github.twatcache.spi.Trait;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What several processes agree on through a cache: locks, semaphores, barriers, throttles, averages. Thread-safe.
 *
 * <p>They are kept beside the entries: neither eviction nor expiry nor {@code clear} touches them. They need an engine that
 * keeps them; no other stands in for it when it fails. Within a transaction of the cache they are refused, since others
 * could not see them before its end. Closing the cache lets go of what this process holds.
 *
 * <pre>{@code
 * Recipes recipes = Recipes.of(twat.disk("reports").types(String.class, byte[].class).build());
 * recipes.lock("nightly").call(() -> render());
 * var careful = recipes.throttle("api", 10, ofSeconds(1)).throttled(api::fetch);   // ten a second over all processes
 * }</pre>
 */
public final class Recipes {
    private final Coordination coordination;

    private Recipes(Cache<?, ?> cache) {
        Ability<CellStore> ability = Ability.of(cache, CellStore.class, Trait.LOCKS);
        this.coordination = ability.core().coordination(ability.store());
    }

    /**
     * The recipes of a cache. Cheap; may be asked for each time.
     *
     * @param cache the cache
     * @return its recipes
     * @throws io.github.twatcache.error.ConfigurationException when the engine lends no locks, naming those that do
     * @throws IllegalStateException when the cache is closed
     */
    public static Recipes of(Cache<?, ?> cache) {
        return new Recipes(cache);
    }

    /**
     * A lock that its holder cannot take again, under a lease of 30 seconds.
     *
     * @param name its name
     * @return the lock
     */
    public SharedLock lock(String name) {
        Objects.requireNonNull(name, "name");
        return lock(name, Coordination.LEASE);
    }

    /**
     * A lock that its holder cannot take again.
     *
     * @param name its name
     * @param lease how long it is held after its process has died: from 10 ms to a day. A short one is renewed more often,
     *     and lost sooner by a process that stands still
     * @return the lock
     * @throws IllegalArgumentException when the lease is out of range
     */
    public SharedLock lock(String name, Duration lease) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(lease, "lease");
        return coordination.lock(name, lease, false);
    }

    /**
     * A lock that the thread which holds it may take again, under a lease of 30 seconds.
     *
     * @param name its name; a lock of the same name that is not reentrant is the same lock
     * @return the lock
     */
    public SharedLock reentrantLock(String name) {
        Objects.requireNonNull(name, "name");
        return reentrantLock(name, Coordination.LEASE);
    }

    /**
     * A lock that the thread which holds it may take again.
     *
     * @param name its name; a lock of the same name that is not reentrant is the same lock
     * @param lease how long it is held after its process has died: from 10 ms to a day
     * @return the lock
     * @throws IllegalArgumentException when the lease is out of range
     */
    public SharedLock reentrantLock(String name, Duration lease) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(lease, "lease");
        return coordination.lock(name, lease, true);
    }

    /**
     * A semaphore, its permits held under leases of 30 seconds.
     *
     * @param name its name
     * @param permits how many may be held at a time, over all processes: 1 to 1,000
     * @return the semaphore
     * @throws IllegalArgumentException when the number is out of range
     */
    public SharedSemaphore semaphore(String name, int permits) {
        Objects.requireNonNull(name, "name");
        return semaphore(name, permits, Coordination.LEASE);
    }

    /**
     * A semaphore.
     *
     * @param name its name
     * @param permits how many may be held at a time, over all processes: 1 to 1,000
     * @param lease how long a permit is held after its process has died: from 10 ms to a day
     * @return the semaphore
     * @throws IllegalArgumentException when a number is out of range
     */
    public SharedSemaphore semaphore(String name, int permits, Duration lease) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(lease, "lease");
        return coordination.semaphore(name, permits, lease);
    }

    /**
     * A function that runs for one caller at a time, over all processes: the others wait, then run it themselves.
     *
     * @param <A> the type of its argument
     * @param <R> the type of its result
     * @param <X> what it throws
     * @param name the name of the lock that it runs under
     * @param function the function; it may call itself
     * @return the same behind a barrier
     */
    public <A extends @Nullable Object, R extends @Nullable Object, X extends Exception> Fn1<A, R, X> barrier(
            String name, Fn1<A, R, X> function) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(function, "function");
        SharedLock lock = reentrantLock(name);
        return argument -> lock.<R, X>call(() -> function.apply(argument));
    }

    /**
     * A throttle: lets so many calls through in so much time.
     *
     * @param name its name
     * @param count how many calls, 1 or more
     * @param per in how much time: more than zero, at most 366 days
     * @return the throttle
     * @throws IllegalArgumentException when a number is out of range
     */
    public Throttle throttle(String name, int count, Duration per) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(per, "per");
        return coordination.throttle(name, count, per);
    }

    /**
     * A mean of numbers.
     *
     * @param name its name
     * @return the average
     */
    public Average average(String name) {
        Objects.requireNonNull(name, "name");
        return coordination.average(name);
    }
}
