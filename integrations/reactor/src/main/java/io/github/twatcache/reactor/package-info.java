/**
 * Reactor over a cache: {@link io.github.twatcache.reactor.MonoCache} for what a {@code Mono} brings, {@link
 * io.github.twatcache.reactor.FluxCache} for what a {@code Flux} does.
 */
@NullMarked
package io.github.twatcache.reactor;

import org.jspecify.annotations.NullMarked;
