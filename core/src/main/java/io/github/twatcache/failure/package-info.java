/**
 * What happens when an engine fails: trying again, a time limit, a circuit breaker, tombstones, a fallback engine, and the
 * interceptors round a store.
 *
 * <p>All of it is one {@link io.github.twatcache.spi.Store} round another, made when the cache is built. An engine that
 * cannot fail has none of it unless it was asked for, and then a hit runs no code of this room. Not exported.
 */
@NullMarked
package io.github.twatcache.failure;

import org.jspecify.annotations.NullMarked;
