/**
 * Seeded values of every type that can be a key or a stored value, near-misses of them, and an oracle that says which are
 * the same.
 */
@NullMarked
package io.github.twatcache.testkit.generate;

import org.jspecify.annotations.NullMarked;
