/** The bench {@code async}: futures beside Caffeine's, and ten thousand virtual threads. */
@NullMarked
package io.github.twatcache.benchmarks.async;

import org.jspecify.annotations.NullMarked;
