package io.github.twatcache.benchmarks.wrap;

import io.github.twatcache.TwatCache;
import io.github.twatcache.benchmarks.memory.Crowd;
import io.github.twatcache.benchmarks.peers.Lookup;
import io.github.twatcache.benchmarks.peers.ProxyMemoizer;
import io.github.twatcache.benchmarks.peers.SpringLookups;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The wrapped object, the one written by hand, and the proxies of others: each over a cache of the same entries. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH runs the setup before anything else
public class Wraps {
    /** So much that below half full no read is noted, as in the bench memory. */
    static final int CAPACITY = 40_000;

    Prices wrapped;
    Prices byHand;
    Lookup proxy;
    Lookup spring;
    final String[] shops = new String[Items.ENTRIES];
    final long[] days = new long[Items.ENTRIES];
    private TwatCache twat;
    private SpringLookups lookups;

    /** Fills the caches. */
    @Setup
    public void open() {
        twat = TwatCache.open();
        Crowd.warm(twat);
        RealPrices target = new RealPrices();
        wrapped = twat.wrap(Prices.class, target);
        byHand = new ByHand(twat, target);
        proxy = ProxyMemoizer.of(Lookup.class, target::one, CAPACITY);
        lookups = SpringLookups.open(CAPACITY, target::one);
        spring = lookups.plain();
        for (int i = 0; i < Items.ENTRIES; i++) {
            shops[i] = "shop " + i;
            days[i] = (long) i << 20 | 1 << 19; // no box of these is shared
            for (Prices prices : new Prices[] {wrapped, byHand}) {
                prices.one(Items.KEYS[i]);
                prices.three(Items.KEYS[i], shops[i], days[i]);
            }
            proxy.of(Items.KEYS[i]);
            spring.of(Items.KEYS[i]);
        }
        System.gc();
    }

    /** Closes the caches. */
    @TearDown
    public void close() {
        lookups.close();
        twat.close();
    }
}
