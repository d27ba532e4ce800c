/**
 * NumPy's file formats: arrays to and from {@code .npy} and {@code .npz}, and arrays mapped from such a file.
 *
 * <p>This room knows nothing of caches. What stands in a header is parsed, never evaluated, and bytes are anybody's: a
 * file that is not sound is a {@link io.github.twatcache.error.SerializationException}, whatever is wrong with it, and
 * costs no more memory than its size warrants.
 */
@NullMarked
package io.github.twatcache.files.npy;

import org.jspecify.annotations.NullMarked;
