/**
 * The functions that a cache wraps: {@code Fn0} to {@code Fn5}, which may throw one kind of checked exception.
 *
 * <p>The lowest room of the house but for {@code error}: it knows nothing else.
 */
@NullMarked
package io.github.twatcache.function;

import org.jspecify.annotations.NullMarked;
