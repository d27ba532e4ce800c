/** Zstandard and LZ4 for stored values. */
@NullMarked
package io.github.twatcache.compress;

import org.jspecify.annotations.NullMarked;
