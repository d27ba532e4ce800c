package io.github.twatcache.spi;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * What a store says of one result that it keeps in files of its own.
 *
 * @param digest the key's digest in hexadecimal digits, by which the same call is known in any process
 * @param file the file of the value
 * @param type the class of the value, as Java names it
 * @param created when it was stored
 * @param age how long ago that was
 * @param used when it was last found, as far as is known; when it was stored, if it never was
 * @param bytes the lengths of its files
 * @param cost how long it took to compute; zero where nobody knows
 * @param hits how often it was found since it was stored first, as far as is known
 */
public record StoredResult(
        String digest,
        Path file,
        String type,
        Instant created,
        Duration age,
        Instant used,
        long bytes,
        Duration cost,
        long hits) {
    /**
     * How much time it has saved so far.
     *
     * @return its cost for each time that it was found
     */
    public Duration saved() {
        return cost.multipliedBy(hits);
    }
}
