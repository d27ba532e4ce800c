package io.github.twatcache.stats;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Counts in words. */
final class StatsWords {
    private StatsWords() {}

    static String of(CacheStats stats) {
        StringJoiner words = new StringJoiner("; ");
        words.add(lookups(stats));
        words.add(loads(stats));
        words.add(entries(stats));
        if (stats.unstoredCount() > 0) {
            words.add(count(stats.unstoredCount(), "value") + " not stored" + by(Unstored.class, stats.unstored()));
        }
        if (stats.staleServed() > 0) {
            words.add(count(stats.staleServed(), "call") + " answered with a stale value");
        }
        if (stats.earlyRefreshes() > 0) {
            words.add(plural(stats.earlyRefreshes(), "early refresh", "early refreshes") + failed(stats));
        }
        if (stats.timeouts() > 0) {
            words.add(count(stats.timeouts(), "time-out"));
        }
        if (stats.engineFailures() > 0) {
            words.add("the engine failed " + count(stats.engineFailures(), "time") + ", tried again "
                    + count(stats.retries(), "time"));
        }
        if (stats.fallbacks() > 0) {
            words.add(count(stats.fallbacks(), "fallback"));
        }
        OptionalLong bytes = stats.bytes();
        if (bytes.isPresent()) {
            words.add(count(bytes.getAsLong(), "byte"));
        }
        return words.toString();
    }

    private static String lookups(CacheStats stats) {
        String misses = plural(stats.missCount(), "miss", "misses") + by(MissReason.class, stats.misses());
        return stats.hitsCounted()
                ? count(stats.hits(), "hit") + " of " + count(stats.lookups(), "look-up")
                        + String.format(Locale.ROOT, " (%.1f %%)", 100 * stats.hitRate()) + ", " + misses
                : "hits not counted, " + misses;
    }

    private static String loads(CacheStats stats) {
        String words = count(stats.loads(), "load") + time(" in ", stats.loadTime());
        if (stats.loadFailures() > 0) {
            words += ", " + stats.loadFailures() + " more failed";
        }
        if (stats.refreshes() > 0) {
            words += ", " + stats.refreshes() + " of them by refresh";
        }
        if (stats.waits() > 0) {
            words += ", " + count(stats.waits(), "wait") + " for another's" + time(" of ", stats.waitTime())
                    + time(", the longest of ", stats.longestWait());
        }
        return words;
    }

    private static String failed(CacheStats stats) {
        String words = stats.backgroundFailures() > 0 ? ", " + stats.backgroundFailures() + " failed" : "";
        return stats.refused() > 0 ? words + ", " + stats.refused() + " not begun" : words;
    }

    private static String entries(CacheStats stats) {
        String puts = count(stats.puts(), "put");
        return stats.hitsCounted()
                ? puts + ", " + count(stats.removalCount(), "removal") + by(RemovalCause.class, stats.removals())
                : puts;
    }

    private static String time(String before, Duration time) {
        return time.isZero() ? "" : before + String.format(Locale.ROOT, "%,.3f ms", time.toNanos() / 1e6);
    }

    /** The constants in their own order, whatever the map's is. */
    private static <E extends Enum<E>> String by(Class<E> type, Map<E, Long> counts) {
        if (counts.isEmpty()) {
            return "";
        }
        Map<E, Long> sorted = new EnumMap<>(type);
        sorted.putAll(counts);
        return sorted.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%,d ", entry.getValue())
                        + entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String count(long count, String word) {
        return plural(count, word, word + "s");
    }

    private static String plural(long count, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
    }
}
