package io.github.twatcache.benchmarks.outage;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The contestants, all with the same lifetime. */
final class Strategies {
    /** The one that has goals. */
    static final String FAIL_SAFE = "twat-cache fail-safe";

    private static final Duration KEPT = Duration.ofHours(1);

    private Strategies() {}

    /** Opens one over a source of its own. */
    @FunctionalInterface
    interface Opener {
        Strategy open(Source source, Script script);
    }

    /** How to open each, by name. */
    static Map<String, Opener> all() {
        Map<String, Opener> all = new LinkedHashMap<>();
        all.put("no cache", (source, script) -> (Strategy.Unclosed) source::ask);
        all.put("Caffeine", Strategies::caffeine);
        all.put("Spring @Cacheable", (source, script) -> SpringOrder.open(lifetime(script), source));
        all.put("twat-cache plain", (source, script) -> ours(source, script, plain -> plain));
        all.put(
                FAIL_SAFE,
                (source, script) -> ours(
                        source,
                        script,
                        cache -> cache.failSafe(KEPT)
                                .failSafeThrottle(Script.duration(script.throttle()))
                                .softTimeout(Script.duration(script.softLimit()))));
        return all;
    }

    private static Strategy caffeine(Source source, Script script) {
        com.github.benmanes.caffeine.cache.Cache<Integer, Answer> cache =
                Caffeine.newBuilder().expireAfterWrite(lifetime(script)).build();
        return (Strategy.Unclosed) (key, call) -> cache.get(key, missing -> source.ask(missing, call));
    }

    private static Strategy ours(Source source, Script script, UnaryOperator<CacheBuilder> more) {
        TwatCache twat = TwatCache.open();
        Cache<Integer, Answer> cache = more.apply(twat.memory("answers").expireAfterWrite(lifetime(script)))
                .types(Integer.class, Answer.class)
                .build();
        return new Strategy() {
            @Override
            public Answer ask(Integer key, Call call) {
                return cache.get(key, missing -> source.ask(missing, call));
            }

            @Override
            public void close() {
                twat.close();
            }
        };
    }

    private static Duration lifetime(Script script) {
        return Script.duration(script.lifetime());
    }
}
