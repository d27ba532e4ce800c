package io.github.twatcache;

import io.github.twatcache.spi.Nil;
import io.github.twatcache.stats.OwnedCounter;
import org.jspecify.annotations.Nullable;

/**
 * What happens on a hit beyond the hit and its being counted: copying; or that it is none, because the cache is switched
 * off. A cache that is on and does not copy has none.
 *
 * @param hits counts, or {@code null} where nobody counts
 * @param copies whether values are copied
 * @param blind whether look-ups are to find nothing for now, so that what was found does not count
 */
record Watch(@Nullable OwnedCounter hits, boolean copies, boolean blind) {
    /** Takes note of a hit, and turns the masked value into what is handed out. */
    @Nullable Object hit(Object masked) {
        if (hits != null) {
            hits.increment();
        }
        Object value = masked == Nil.NIL ? null : masked;
        return copies ? Copies.of(value) : value;
    }
}
