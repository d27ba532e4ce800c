package io.github.twatcache.wrap;

import java.util.List;

/**
 * What one {@link CacheInvalidate} removes.
 *
 * @param when before or after the method
 * @param cached which of the interface's cached methods it is about, or -1 for none
 * @param cache the name of the cache; empty for every cache that has tags
 * @param tags the tags; where there are none, all results or one call's
 * @param key where the method has what makes the key; ignored for {@code all}
 * @param all whether all results are removed
 */
public record Removal(
        CacheInvalidate.When when, int cached, String cache, List<String> tags, List<Integer> key, boolean all) {}
