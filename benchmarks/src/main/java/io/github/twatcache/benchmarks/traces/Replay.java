package io.github.twatcache.benchmarks.traces;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/** Plays a trace through caches of one size, and says how many of a hundred accesses each has answered. */
final class Replay {
    private static final double PERCENT = 100;

    private Replay() {}

    /**
     * The engine {@code disk} as it comes: its default policy, over a real database.
     *
     * @param openers how many have it open, each with what it alone has read and evicted in mind, as processes would; each
     *     access is any one's
     */
    static double ours(TraceFile trace, long size, int openers) throws IOException {
        Path directory = Files.createTempDirectory("twat-cache-bench-traces");
        List<TwatCache> opened = new ArrayList<>();
        try {
            List<Cache<Long, Boolean>> caches = new ArrayList<>();
            for (int i = 0; i < openers; i++) {
                TwatCache twat = TwatCache.builder().directory(directory).open();
                opened.add(twat);
                caches.add(twat.disk("trace")
                        .maximumSize(size)
                        .types(Long.class, Boolean.class)
                        .build());
            }
            SplittableRandom random = new SplittableRandom(openers);
            return hits(trace, key -> {
                Cache<Long, Boolean> cache = caches.get(random.nextInt(openers));
                if (cache.getIfPresent(key) != null) {
                    return true;
                }
                cache.put(key, true);
                return false;
            });
        } finally {
            opened.forEach(TwatCache::close);
            delete(directory);
        }
    }

    static double caffeine(TraceFile trace, long size) {
        com.github.benmanes.caffeine.cache.Cache<Long, Boolean> cache =
                Caffeine.newBuilder().maximumSize(size).executor(Runnable::run).build();
        return hits(trace, key -> {
            if (cache.getIfPresent(key) != null) {
                return true;
            }
            cache.put(key, true);
            return false;
        });
    }

    /** The textbook's. */
    static double lru(TraceFile trace, long size) {
        Map<Long, Boolean> map = new LinkedHashMap<>(16, 0.75f, true);
        return hits(trace, key -> {
            if (map.get(key) != null) {
                return true;
            }
            map.put(key, true);
            if (map.size() > size) {
                map.remove(map.keySet().iterator().next());
            }
            return false;
        });
    }

    private static double hits(TraceFile trace, LongPredicate access) {
        long hits = 0;
        for (long key : trace.keys()) {
            hits += access.test(key) ? 1 : 0;
        }
        return PERCENT * hits / trace.keys().length;
    }

    private static void delete(Path root) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(root)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }
}
