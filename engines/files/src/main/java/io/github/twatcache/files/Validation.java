package io.github.twatcache.files;

import io.github.twatcache.spi.StoredResult;

/** Decides whether a stored result still counts. */
@FunctionalInterface
public interface Validation {
    /**
     * Looks at what is known of a result, before its value is read. Runs on the thread that looks it up, at each look-up, and
     * holds no lock.
     *
     * @param result the result; its {@code hits} and {@code used} are those of this process that are not written down yet
     * @return whether it counts; if not, the look-up is a miss, and the next result replaces it
     */
    boolean accepts(StoredResult result);
}
