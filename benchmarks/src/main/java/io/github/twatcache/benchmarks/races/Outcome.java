package io.github.twatcache.benchmarks.races;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one cache did.
 *
 * @param cache its name
 * @param fresh whether a read after an invalidation that met a load saw the new state of the source
 * @param waits whether that invalidation waited for the load
 * @param loads how often the loader ran when many threads missed one key at once
 * @param failedLoads the same with a loader that fails
 * @param failedMillis how long the last of them waited for the failure
 */
record Outcome(String cache, boolean fresh, boolean waits, int loads, int failedLoads, long failedMillis) {
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("cache", cache);
        json.put("fresh", fresh);
        json.put("invalidateWaits", waits);
        json.put("loads", loads);
        json.put("failedLoads", failedLoads);
        json.put("failedMillis", failedMillis);
        return json;
    }
}
