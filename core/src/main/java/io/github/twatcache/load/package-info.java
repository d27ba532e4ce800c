/**
 * What happens on a miss: one computation per key at a time, waiting for it, and the refusal of results that come late.
 *
 * <p>A hit runs no code of this room. Not exported: users see it through the caches alone.
 */
@NullMarked
package io.github.twatcache.load;

import org.jspecify.annotations.NullMarked;
