package io.github.twatcache.files.store;

import io.github.twatcache.path.Turn;
import org.jspecify.annotations.Nullable;

/**
 * What proves a lease of this process.
 *
 * @param digest the digest of the key
 * @param turn the turn that it is; null for none, since the store is closed
 * @param passes see {@link Permit}
 */
record LeaseToken(
        String digest, @Nullable Turn turn, @Nullable String passes) {}
