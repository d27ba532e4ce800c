/** Starts the benchmarks, runs their cells fork by fork, and prints what came out. */
@NullMarked
package io.github.twatcache.benchmarks;

import org.jspecify.annotations.NullMarked;
