/**
 * What several processes agree on through a cache: locks, semaphores, throttles, averages. All of it is built on the cells of
 * a store ({@link io.github.twatcache.spi.CellStore}), once for all engines; users come here through
 * {@code Recipes.of(cache)}.
 */
@NullMarked
package io.github.twatcache.shared;

import org.jspecify.annotations.NullMarked;
