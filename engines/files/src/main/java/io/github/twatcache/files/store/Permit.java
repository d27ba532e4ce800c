package io.github.twatcache.files.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a computed value is stored under.
 *
 * @param passes the value file of an entry that is there and is to be replaced: this cache can do nothing with it, or it is due
 * @param alone whether nobody else computes the key meanwhile: else it is looked before anything is written
 * @param standing tells whether nobody has changed the key since it began to be computed
 */
record Permit(@Nullable String passes, boolean alone, Standing standing) {
    /** Asked under the directory's lock, and perhaps before. */
    interface Standing {
        boolean holds(String digest) throws IOException;
    }
}
