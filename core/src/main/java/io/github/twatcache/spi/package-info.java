/**
 * What a plug-in sees: an {@link io.github.twatcache.spi.Engine} opens a {@link io.github.twatcache.spi.Store}, which
 * holds entries. Everything else (keys, loading, single flight, statistics of look-ups) is done once, above it.
 *
 * <p>Abilities that only some stores have are types of their own, such as {@link io.github.twatcache.spi.TagStore}; no
 * method here throws {@code UnsupportedOperationException}.
 */
@NullMarked
package io.github.twatcache.spi;

import org.jspecify.annotations.NullMarked;
