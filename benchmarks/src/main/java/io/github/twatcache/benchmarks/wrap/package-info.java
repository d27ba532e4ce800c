/** The bench {@code wrap}: annotated interfaces beside a wrapper written by hand, a JDK proxy and Spring. */
@NullMarked
package io.github.twatcache.benchmarks.wrap;

import org.jspecify.annotations.NullMarked;
