/**
 * What a user imports: {@link io.github.twatcache.TwatCache} opens caches, {@link io.github.twatcache.Cache} holds
 * entries, {@link io.github.twatcache.Cached1} and its kin are memoized functions.
 *
 * <pre>{@code
 * try (TwatCache twat = TwatCache.open()) {
 *     var user = twat.memory("users").maximumSize(10_000).expireAfterWrite(ofMinutes(5)).memoize(api::fetchUser);
 *     User u = user.apply(42); // throws what fetchUser throws
 * }
 * }</pre>
 */
@NullMarked
package io.github.twatcache;

import org.jspecify.annotations.NullMarked;
