/** The bench {@code memory}: hits, misses, puts, waiters and bytes of the heap engines, beside their peers. */
@NullMarked
package io.github.twatcache.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
