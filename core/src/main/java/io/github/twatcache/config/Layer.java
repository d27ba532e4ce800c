package io.github.twatcache.config;

import java.util.function.Predicate;

/**
 * What code or a scope says about a cache.
 *
 * @param spec the settings
 * @param chosen whether the engine was chosen, or is only what holds where nobody chooses
 * @param refines whether the engine that a configuration names is one of those that the word for an engine leaves open:
 *     {@code memory} leaves open which heap engine it is
 */
public record Layer(CacheSpec spec, boolean chosen, Predicate<String> refines) {}
