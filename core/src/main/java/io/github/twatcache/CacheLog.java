package io.github.twatcache;

import io.github.twatcache.load.Keying;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a cache logs of itself: at INFO how it was made, at DEBUG each public operation but hits. Keys are told by their
 * digests, values, tags and names of queues not at all. A hit logs nothing; where nobody listens to DEBUG the others pay for
 * asking whether somebody does, and no more.
 */
final class CacheLog {
    private static final Logger LOG = LoggerFactory.getLogger(TwatCache.class);

    private CacheLog() {}

    /** Tells how a cache was made. */
    static void made(Explanation explanation) {
        if (LOG.isInfoEnabled()) {
            LOG.info(
                    "cache '{}' is on engine '{}' ({}) with {}; it keeps {}",
                    explanation.cache(),
                    explanation.engine(),
                    String.join("; ", explanation.choice().sentences()),
                    explanation.written(),
                    explanation.function());
        }
    }

    /** Tells of an operation on one key, before it is done. */
    static void debug(String cache, String operation, Keying keys, Object key) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("cache '{}': {} of key {}", cache, operation, keys.digest(key));
        }
    }

    /** Tells of an operation on many keys, before it is done. */
    static void debug(String cache, String operation) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("cache '{}': {}", cache, operation);
        }
    }
}
