package io.github.twatcache.benchmarks.races;

/** A cache that loads what is missing. */
interface Contestant extends AutoCloseable {
    /** The key that everything is about. */
    Integer KEY = 42;

    /** Looks the key up, and loads it where it is missing. Throws what the loader throws, wrapped or not. */
    String get() throws Exception;

    /** Removes the key. */
    void invalidate();

    @Override
    void close();
}
