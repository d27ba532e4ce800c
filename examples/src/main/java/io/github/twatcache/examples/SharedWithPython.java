package io.github.twatcache.examples;

import io.github.twatcache.Cache;
import io.github.twatcache.Counters;
import io.github.twatcache.TwatCache;
import io.github.twatcache.disk.DiskSettings;
import java.io.IOException;
import java.nio.file.Path;

/** One directory that Java and Python's diskcache use at the same time. */
public final class SharedWithPython {
    private SharedWithPython() {}

    /**
     * Runs the example.
     *
     * @param args none
     * @throws IOException when the directory cannot be made or removed
     */
    public static void main(String... args) throws IOException {
        try (TemporaryDirectory temporary = TemporaryDirectory.make()) {
            Path directory = temporary.path().resolve("pages"); // what Python's Cache(…) is given
            try (TwatCache twat = TwatCache.builder()
                    .directory(temporary.path().resolve("own"))
                    .open()) {
                Cache<String, String> pages = twat.disk("pages")
                        .with(DiskSettings.diskcache(directory))
                        .types(String.class, String.class)
                        .build();
                pages.put("home", "<html>…"); // in Python: cache["home"]
                Cache<String, Long> visits = twat.disk("visits")
                        .with(DiskSettings.diskcache(temporary.path().resolve("visits")))
                        .types(String.class, Long.class)
                        .build();
                Counters.of(visits).increment("home"); // in Python: cache.incr("home"), of the same number
                Claim.that("what was put is found", "<html>…".equals(pages.getIfPresent("home")));
                Claim.that("what was counted is a number", Long.valueOf(1).equals(visits.getIfPresent("home")));
            }
        }
    }
}
