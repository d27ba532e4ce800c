package io.github.twatcache.disk.store;

/**
 * One life of an entry: numbers are never given out twice, and the version grows with each value.
 *
 * @param id the entry's number
 * @param version how often it was replaced
 */
record Mark(long id, long version) {}
