package io.github.twatcache.load;

import io.github.twatcache.failure.FailureWords;
import io.github.twatcache.stats.Unstored;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;

/** Says once, for each cache and reason, that values are returned but not stored; the counters say how often. */
final class Warnings {
    private final Set<Unstored> said = Collections.synchronizedSet(EnumSet.noneOf(Unstored.class));
    private final String cache;
    private final Logger log;

    Warnings(String cache, Logger log) {
        this.cache = cache;
        this.log = log;
    }

    void unstored(Unstored reason, Throwable cause) {
        if (said.add(reason)) {
            log.warn(
                    "cache '{}' returns a value without storing it ({}); said once, see unstored in its stats: {}",
                    cache,
                    reason,
                    FailureWords.of(cause));
        }
    }
}
