package io.github.twatcache.files.store;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where stores of this process keep entries: each makes room there by itself when it is asked for. */
final class OpenPlaces {
    private static final Map<Path, Integer> OPEN = new ConcurrentHashMap<>();

    private OpenPlaces() {}

    static void add(Place place) {
        OPEN.merge(place.path(), 1, Integer::sum);
    }

    static void remove(Place place) {
        OPEN.computeIfPresent(place.path(), (path, count) -> count == 1 ? null : count - 1);
    }

    static boolean has(Place place) {
        return OPEN.containsKey(place.path());
    }
}
