package io.github.twatcache.benchmarks.memory;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Policy;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A cache at its limit, and a map with the same entries. Each put brings a key that was never there. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH runs the setup before anything else
public class Full {
    @Param("10000")
    public int entries;

    @Param("LRU")
    public Policy policy;

    Cache<Integer, String> cache;
    final ConcurrentMap<Integer, String> map = new ConcurrentHashMap<>();
    private Integer[] present;
    private int next;
    private TwatCache twat;

    /** Fills both. */
    @Setup
    public void fill() {
        twat = TwatCache.open();
        Crowd.warm(twat);
        cache = twat.cache("full")
                .engine("heap")
                .policy(policy)
                .maximumSize(entries)
                .build();
        present = Values.keys(entries);
        for (Integer key : present) {
            cache.put(key, "value");
            map.put(key, "value");
        }
    }

    /** A key that was never there. */
    Integer fresh() {
        return Values.key(entries + next++);
    }

    /** The key that has been there for longest, in whose place the fresh one is remembered. */
    Integer oldest(Integer fresh) {
        int place = Math.floorMod(next, entries);
        Integer oldest = present[place];
        present[place] = fresh;
        return oldest;
    }

    /** A key that is there. */
    Integer old() {
        return present[Math.floorMod(next++, entries)];
    }

    /** Closes the cache. */
    @TearDown
    public void close() {
        twat.close();
    }
}
