/** What other libraries need to be set up for the bench {@code memory}. */
@NullMarked
package io.github.twatcache.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
