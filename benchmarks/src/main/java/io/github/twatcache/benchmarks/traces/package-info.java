/** Recorded accesses, replayed through policies: how often each finds what is asked for. */
@NullMarked
package io.github.twatcache.benchmarks.traces;

import org.jspecify.annotations.NullMarked;
