package io.github.twatcache.spi;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Setting;
import java.util.List;
import java.util.Set;

/**
 * A place where results can live, found by {@link java.util.ServiceLoader}. Its constructor does no I/O.
 *
 * <p>An engine of your own: implement this and {@link Store}, name it in {@code META-INF/services} or
 * {@code module-info}, and let it pass the suite of {@code twat-cache-testkit}.
 */
public interface Engine {
    /**
     * The one word that chooses it.
     *
     * @return lower-case letters, digits and dashes, such as {@code "heap"}
     */
    String name();

    /**
     * Its place among engines that would all do: the highest wins. Engines from elsewhere return less than 0 unless they
     * are to be chosen without being named.
     *
     * @return the rank
     */
    int rank();

    /**
     * What it can do.
     *
     * @return its traits
     */
    Set<Trait> traits();

    /**
     * Settings of its own, beyond core's.
     *
     * @return the settings, possibly none
     */
    default List<Setting<?>> settings() {
        return List.of();
    }

    /**
     * Classes of values that its stores keep in a form of their own, whatever the codec can do with them.
     *
     * @return the classes, by default none
     */
    default Set<Class<?>> ownValues() {
        return Set.of();
    }

    /**
     * Whether its stores keep how long a value took to compute ({@link Terms#costNanos}); where not, nobody measures.
     *
     * @return by default, no
     */
    default boolean keepsCost() {
        return false;
    }

    /**
     * Whether it can run here, and if not, what mends it.
     *
     * @return the availability
     */
    Availability availability();

    /**
     * Whether its operations may fail while it runs: a server that goes away, a disk that is full. Its stores are then
     * guarded: what fails is tried again, left alone, computed past. One that cannot fail is spared the guard.
     *
     * @return by default, whether it does anything else than handing out values by reference
     */
    default boolean mayFail() {
        return !traits().contains(Trait.BY_REFERENCE);
    }

    /**
     * Opens a store.
     *
     * @param <K> the type of the keys
     * @param spec the settings; those that need a trait this engine has not are never in it
     * @param context what core lends to the store
     * @return the store, empty or as it was left
     * @throws io.github.twatcache.error.EngineUnavailableException when it cannot be opened
     */
    <K> Store<K> open(CacheSpec spec, StoreContext<K> context);
}
