/** The probe {@code races}: what caches do when an invalidation meets a load, and when many threads miss one key. */
@NullMarked
package io.github.twatcache.benchmarks.races;

import org.jspecify.annotations.NullMarked;
