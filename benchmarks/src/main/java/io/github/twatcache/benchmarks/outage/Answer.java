package io.github.twatcache.benchmarks.outage;

/**
 * What the source says.
 *
 * @param key what it was asked for
 * @param born when it said so, in milliseconds since the begin
 */
record Answer(Integer key, double born) {}
