/** The outage replay: a source that becomes slow, fails and comes back, and what its callers see of it. */
@NullMarked
package io.github.twatcache.benchmarks.outage;

import org.jspecify.annotations.NullMarked;
