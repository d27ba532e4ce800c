/** What counting costs, and what walking would. */
@NullMarked
package io.github.twatcache.benchmarks.paths;

import org.jspecify.annotations.NullMarked;
