/** NumPy's file formats: what stands in a header, and arrays to and from the bytes behind it. */
@NullMarked
package io.github.twatcache.files.npy;

import org.jspecify.annotations.NullMarked;
