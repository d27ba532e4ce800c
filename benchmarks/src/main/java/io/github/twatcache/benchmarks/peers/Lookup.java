package io.github.twatcache.benchmarks.peers;

/** The interface behind which proxies stand. */
public interface Lookup {
    /** Computes, or remembers. */
    String of(Integer key);
}
