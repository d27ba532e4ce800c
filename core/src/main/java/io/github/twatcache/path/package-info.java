/**
 * The cache directory: where it is, who may read it, how files get into it and out again, how large it is, and who makes
 * room when it is full.
 *
 * <p>Engines that keep files stand on a {@link io.github.twatcache.path.CacheFolder}, which core lends to them. What they
 * write through it is atomic, counted, and held to the quota; what dies with a process is swept by the next.
 */
@NullMarked
package io.github.twatcache.path;

import org.jspecify.annotations.NullMarked;
