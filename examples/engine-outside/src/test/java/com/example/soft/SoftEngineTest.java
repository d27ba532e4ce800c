package com.example.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Sources;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is this engine's own: where it runs, how it is found, what the collector takes. */
final class SoftEngineTest {
    @Test
    void test_here_seesTheJarsOnly() throws Exception {
        assertEquals(
                System.getProperty("expected.module"),
                SoftEngine.class.getModule().getName());
        for (Class<?> published : List.of(SoftEngine.class, TwatCache.class)) {
            URI from = published
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            assertTrue(from.getPath().endsWith(".jar"), () -> published + " comes from " + from);
        }
    }

    @Test
    void engine_byItsName_isFoundWithoutBeingNamedInCode() {
        try (TwatCache twat = TwatCache.builder()
                .configuration(Sources.none().environment(Map.of("TWAT_CACHE_CACHES_WORDS_INITIAL_CAPACITY", "1_000")))
                .open()) {
            var length = twat.cache("words").engine("soft").memoize(String::length);
            assertEquals(5, length.apply("seven".substring(0, 5)));
            assertTrue(length.isCached("seven"));
            assertEquals("soft", length.explain().engine());
            assertEquals(
                    "1000",
                    twat.settings("words").get("initial-capacity").orElseThrow().value());
        }
    }

    @Test
    void value_takenByTheCollector_isAbsentAndComputedAnew() {
        try (TwatCache twat = TwatCache.open()) {
            var large = twat.cache("large").engine("soft").memoize((Integer n) -> new byte[64 << 20]);
            int made = 0;
            while (large.size() == made) { // each is a sixteenth of this JVM's heap
                large.apply(made++);
            }
            assertTrue(made <= 17, () -> "an OutOfMemoryError comes first");
            assertEquals(64 << 20, large.apply(0).length);
            assertNull(large.peek(-1).present() ? "found" : null);
        }
    }
}
