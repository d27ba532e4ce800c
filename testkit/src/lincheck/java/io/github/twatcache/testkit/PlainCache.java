package io.github.twatcache.testkit;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@link CacheLincheckTest} does, by one thread on a plain map. */
public class PlainCache {
    private final Map<Integer, Integer> map = new HashMap<>();

    public @Nullable Integer getIfPresent(int key) {
        return map.get(key);
    }

    public Integer get(int key, int value) {
        return map.computeIfAbsent(key, same -> value);
    }

    public Integer getAsync(int key, int value) {
        return get(key, value);
    }

    public void put(int key, int value) {
        map.put(key, value);
    }

    public boolean putIfAbsent(int key, int value) {
        return map.putIfAbsent(key, value) == null;
    }

    public boolean invalidate(int key) {
        return map.remove(key) != null;
    }

    public Integer compute(int key) {
        return map.merge(key, 1, Integer::sum);
    }
}
