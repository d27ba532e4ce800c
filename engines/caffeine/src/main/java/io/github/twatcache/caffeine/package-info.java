/**
 * The engine {@code caffeine}: values on the heap, kept by Caffeine and its W-TinyLFU policy.
 *
 * <p>A cache that asks for nothing per entry holds its values raw, and a look-up is Caffeine's own. A cache with
 * lifetimes per entry, expiry after access, tags or weights holds each value in one envelope.
 */
@NullMarked
package io.github.twatcache.caffeine;

import org.jspecify.annotations.NullMarked;
