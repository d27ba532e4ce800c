/**
 * Settings as data: each has a name, a type, a range, a sentence, and in a {@link io.github.twatcache.config.CacheSpec}
 * a value with its source.
 */
@NullMarked
package io.github.twatcache.config;

import org.jspecify.annotations.NullMarked;
