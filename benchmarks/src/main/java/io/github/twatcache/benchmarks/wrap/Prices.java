package io.github.twatcache.benchmarks.wrap;

import io.github.twatcache.wrap.Cached;

/** The interface that is wrapped. */
public interface Prices {
    /** One argument, an object. */
    @Cached(name = "one", engine = "caffeine", maximumSize = Wraps.CAPACITY)
    String one(Integer item);

    /** Three arguments, two of them primitive. */
    @Cached(name = "three", engine = "caffeine", maximumSize = Wraps.CAPACITY)
    String three(int item, String shop, long day);

    /** Passed on. */
    int plain(int item);
}
