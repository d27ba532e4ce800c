package io.github.twatcache.benchmarks.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.twatcache.Cached1;
import io.github.twatcache.TwatCache;
import io.github.twatcache.benchmarks.Lab;
import io.github.twatcache.benchmarks.Row;
import io.github.twatcache.benchmarks.Section;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Bytes that an entry takes, its key included; the value is one for all.
 *
 * <p>What a cache takes while it is empty, and whatever else can be reached from it, is subtracted. From both caches the
 * common pool can be reached, and from there the class loader with all that it remembers; a rehearsal has it remember
 * beforehand.
 */
final class Footprint implements Section {
    private static final String NAME = "memory per entry without per-entry features";
    private static final String VALUE = "value";
    private static final int REHEARSAL = 1000;
    private static final int QUICK = 2_000;
    private static final int ENTRIES = 100_000;

    @Override
    public List<Row> rows(Predicate<String> wanted, boolean quick, Lab lab) {
        if (!wanted.test(NAME)) {
            return List.of();
        }
        ours(REHEARSAL);
        theirs(REHEARSAL);
        int entries = quick ? QUICK : ENTRIES;
        long ours = ours(entries);
        long theirs = theirs(entries);
        double perEntry = hundredths(theirs, entries);
        return List.of(new Row(
                NAME,
                // Of a total, a few dozen bytes are the JVM's, so the difference is what is rounded.
                perEntry + hundredths(ours - theirs, entries),
                "Caffeine",
                perEntry,
                "B",
                1.0,
                !quick,
                Map.of("entries", entries, "ours", ours, "theirs", theirs)));
    }

    private static double hundredths(long bytes, int entries) {
        return Math.round(100.0 * bytes / entries) / 100.0;
    }

    private static long ours(int entries) {
        try (TwatCache twat = TwatCache.open()) {
            Cached1<Integer, String, RuntimeException> cached = twat.cache("footprint")
                    .engine("caffeine")
                    .maximumSize(2L * entries)
                    .memoize((Integer key) -> VALUE);
            return growth(cached, () -> {
                for (int n = 0; n < entries; n++) {
                    cached.apply(Values.key(n));
                }
                cached.size(); // finishes Caffeine's pending work
            });
        }
    }

    private static long theirs(int entries) {
        Cache<Integer, String> cache =
                Caffeine.newBuilder().maximumSize(2L * entries).build();
        return growth(cache, () -> {
            for (int n = 0; n < entries; n++) {
                cache.put(Values.key(n), VALUE);
            }
            cache.cleanUp();
        });
    }

    private static long growth(Object cache, Runnable filling) {
        long empty = Sizes.reachable(cache);
        filling.run();
        return Sizes.reachable(cache) - empty;
    }
}
