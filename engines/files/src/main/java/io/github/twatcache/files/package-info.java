/** The engine that keeps results in plain files: arrays as NumPy's, everything else as bytes. */
@NullMarked
package io.github.twatcache.files;

import org.jspecify.annotations.NullMarked;
