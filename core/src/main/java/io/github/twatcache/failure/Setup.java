package io.github.twatcache.failure;

import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.Ticker;
import io.github.twatcache.stats.Tally;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a guarded store is made of, beside the store.
 *
 * @param cache the cache's name
 * @param engine the engine's name
 * @param rules what is to be done when it fails
 * @param tally what counts
 * @param ticker the clock of the breaker
 * @param digest names a key without showing it
 * @param fallback the engine that takes over, or {@code null} for none
 * @param opensFallback opens a store of it
 */
public record Setup(
        String cache,
        String engine,
        Rules rules,
        Tally tally,
        Ticker ticker,
        Function<Object, String> digest,
        @Nullable String fallback,
        Supplier<Store<Object>> opensFallback) {}
