/** The bench {@code disk}: stores on disk beside each other, in one process and in several. */
@NullMarked
package io.github.twatcache.benchmarks.disk;

import org.jspecify.annotations.NullMarked;
