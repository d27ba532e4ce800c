/**
 * What is counted: hits, misses by reason, removals by cause, loads.
 *
 * <p>Counters add up: hits + misses = look-ups; misses = the sum of their reasons; puts - removals = entries.
 */
@NullMarked
package io.github.twatcache.stats;

import org.jspecify.annotations.NullMarked;
