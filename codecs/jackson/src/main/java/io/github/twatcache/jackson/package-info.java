/** Stored values as JSON that people and other programs read. */
@NullMarked
package io.github.twatcache.jackson;

import org.jspecify.annotations.NullMarked;
