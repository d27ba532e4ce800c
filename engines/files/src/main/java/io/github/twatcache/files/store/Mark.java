package io.github.twatcache.files.store;

/**
 * One life of an entry.
 *
 * @param value the name of its value's file
 */
record Mark(String value) {}
