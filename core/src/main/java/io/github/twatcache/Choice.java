package io.github.twatcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Setting;
import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.spi.Engine;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The engine that a cache is to be opened on. Where that fails, {@link #passOver} goes on to the next; used by one thread,
 * until the cache is open.
 */
interface Choice {
    /** The engine that is to be tried now. */
    Engine engine();

    /** The settings that it is opened with. */
    CacheSpec spec();

    /** The settings that mean nothing to it, and are left out of {@link #spec}. */
    List<Setting<?>> skipped();

    /** Why one of these is skipped, in words, where it is not for the engine. */
    default Optional<String> why(Setting<?> skipped) {
        return Optional.empty();
    }

    /**
     * Goes on to the next engine.
     *
     * @param failed what opening the current one has thrown
     * @throws EngineUnavailableException when there is none, or no other may be taken
     */
    void passOver(EngineUnavailableException failed);

    /** The choice as data. */
    EngineChoice explained();

    /** Whether {@code auto} has chosen, so that the sizes of results are worth watching. */
    boolean byRules();

    /** What the rules would choose of values of a size, present or not, where that is another engine than this. */
    Optional<Explanation.Advice> advice(int results, long medianBytes, Set<Class<?>> types);
}
