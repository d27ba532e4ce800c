package io.github.twatcache.testkit;

import io.github.twatcache.CacheBuilder;
import io.github.twatcache.testkit.Face.Asked;
import java.time.Duration;

/** What the contracts share that ask a cache through each {@link Face}: a source whose runs the test ends. */
abstract class FacesFixture extends EngineContract {
    static final Duration SECOND = Duration.ofSeconds(1);
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Duration HOUR = Duration.ofHours(1);
    static final Duration TICK = Duration.ofNanos(1);

    final Source source = new Source();

    FacesFixture() {}

    final Asked stored(Face face, CacheBuilder builder) {
        Asked cache = face.on(builder.statistics(), source);
        cache.put("k", "old");
        return cache;
    }

    static void awaitValue(Asked cache, String value) {
        Actor.until("the value is stored", () -> value.equals(cache.peek("k").orElse("")));
    }

    static void awaitPresent(Asked cache, String key) {
        Actor.until("the value is stored", () -> cache.peek(key).present());
    }

    /** Futures pause by the cache's clock, from some moment after the failure on. */
    final void awaitRuns(int runs) {
        Actor.until("it is tried again", () -> {
            ticker.advance(TICK);
            return source.runs() == runs;
        });
    }
}
