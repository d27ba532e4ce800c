/**
 * How the values of a cache become stored bytes: the codec that was chosen, and around it the check of the type, the
 * compression and the signature. {@code docs/values.md} specifies the bytes.
 */
@NullMarked
package io.github.twatcache.value;

import org.jspecify.annotations.NullMarked;
