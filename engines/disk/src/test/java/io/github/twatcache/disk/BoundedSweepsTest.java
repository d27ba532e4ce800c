package io.github.twatcache.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.Keep;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Sources;
import io.github.twatcache.testkit.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes over many entries, some at a time, ends although others store as many meanwhile: those are not its business. */
final class BoundedSweepsTest {
    /** More than one transaction takes. */
    private static final int ENTRIES = 300;

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private TwatCache twat(InstantSource clock) {
        return TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none())
                .directory(directory)
                .clock(clock)
                .open();
    }

    private static Map<String, String> entries(String word) {
        Map<String, String> entries = new TreeMap<>();
        for (int i = 0; i < ENTRIES; i++) {
            entries.put(word + i, word);
        }
        return entries;
    }

    @Test
    void invalidateTag_eachRemovalMakesAPut_endsWithThoseThereWere() {
        try (TwatCache twat = twat(() -> NOW)) {
            List<Cache<String, String>> made = new ArrayList<>();
            int[] later = new int[1];
            Cache<String, String> cache = twat.disk("data")
                    .tags()
                    .types(String.class, String.class)
                    .onRemoval((key, value, cause) -> {
                        // Without an end this test would have none.
                        if (later[0] < 5 * ENTRIES) {
                            made.get(0).put("later" + later[0]++, "v", Keep.under("t"));
                        }
                    })
                    .build();
            made.add(cache);
            for (String key : entries("k").keySet()) {
                cache.put(key, "v", Keep.under("t"));
            }
            assertThat(cache.invalidateTag("t")).isEqualTo(ENTRIES);
            assertThat(later[0]).isEqualTo(ENTRIES);
            assertThat(cache.size()).isEqualTo(ENTRIES);
        }
    }

    /** Looks at the clock within a transaction: at that moment another thread stores as many as there are. */
    private static final class Meanwhile implements InstantSource {
        private Runnable once = () -> {};

        @Override
        public Instant instant() {
            Runnable now = once;
            once = () -> {};
            now.run();
            return NOW;
        }
    }

    @Test
    void invalidateAllSoftly_othersStoreBetweenItsSteps_endsWithThoseThereWere() {
        Meanwhile clock = new Meanwhile();
        try (TwatCache twat = twat(clock)) {
            Cache<String, String> cache = twat.disk("data")
                    .expireAfterWrite(Duration.ofMinutes(1))
                    .keepStale()
                    .types(String.class, String.class)
                    .build();
            cache.putAll(entries("k"));
            List<Actor<Boolean>> writers = new ArrayList<>();
            clock.once = () -> writers.add(Actor.start(() -> {
                        cache.putAll(entries("later"));
                        return true;
                    })
                    .awaitWaiting());
            assertThat(cache.invalidateAllSoftly()).isEqualTo(ENTRIES);
            assertThat(writers).hasSize(1);
            assertThat(writers.get(0).result()).isTrue();
            assertThat(cache.size()).as("fresh").isEqualTo(ENTRIES);
            assertThat(cache.getIfPresent("later1")).isEqualTo("later");
        }
    }
}
