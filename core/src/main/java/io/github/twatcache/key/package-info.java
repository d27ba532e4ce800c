/**
 * What makes two calls the same call: which function is meant, which of its versions, and the content of its arguments;
 * and the bytes that stand for an object, in a key and in a stored value.
 *
 * <p>The canonical encoding ({@link io.github.twatcache.key.CanonicalEncoding}) and its inverse ({@link
 * io.github.twatcache.key.CanonicalCodec}) are specified in {@code docs/key-format.md}.
 */
@NullMarked
package io.github.twatcache.key;

import org.jspecify.annotations.NullMarked;
