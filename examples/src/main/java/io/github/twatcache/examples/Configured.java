package io.github.twatcache.examples;

import io.github.twatcache.TwatCache;
import io.github.twatcache.config.EffectiveSettings;
import io.github.twatcache.config.Sources;
import io.github.twatcache.error.ConfigurationException;
import java.util.Map;
import java.util.Properties;

/** Where do a cache's settings come from, and what is said when they are wrong? */
public final class Configured {
    private Configured() {}

    static int length(String text) {
        return text.length();
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        Properties properties = new Properties();
        properties.setProperty("twat.cache.defaults.expire-after-write", "1h30m");
        properties.setProperty("twat.cache.caches.users.maximum-size", "200");
        properties.setProperty("twat.cache.override.statistics", "true");
        Sources sources = Sources.none()
                .environment(Map.of("TWAT_CACHE_CACHES_USERS_ENGINE", "heap"))
                .systemProperties(properties);
        try (TwatCache twat = TwatCache.builder().configuration(sources).open()) {
            var length = twat.cache("users").memoize(Configured::length);
            Claim.that(
                    "the engine is that of the environment",
                    length.explain().engine().equals("heap"));

            EffectiveSettings users = twat.settings("users");
            System.out.println(users);
            EffectiveSettings.Line size = users.get("maximum-size").orElseThrow();
            Claim.that(
                    "each value tells where it comes from",
                    size.value().equals("200")
                            && size.source().equals("system property twat.cache.caches.users.maximum-size"));

            twat.cache("small").maximumSize(10).memoize(Configured::length);
            Claim.that(
                    "code beats the configuration",
                    twat.settings("small")
                            .get("maximum-size")
                            .orElseThrow()
                            .source()
                            .equals("code"));
        }

        properties.setProperty("twat.cache.defaults.maximum-sise", "10");
        properties.setProperty("twat.cache.caches.users.maximum-size", "many");
        try (TwatCache twat = TwatCache.builder()
                .configuration(sources.systemProperties(properties))
                .open()) {
            Claim.that("this is not reached: " + twat, false);
        } catch (ConfigurationException e) {
            System.out.println(e.getMessage());
            Claim.that("all faults are told together", e.faults().size() == 2);
        }
    }
}
