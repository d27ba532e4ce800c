/**
 * Where the entries of one cache live as files: the layout, what stands in {@code entry.json}, the guards, the index by
 * which limits are kept.
 */
@NullMarked
package io.github.twatcache.files.store;

import org.jspecify.annotations.NullMarked;
