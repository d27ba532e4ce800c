package io.github.twatcache.jackson;

import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Sources;
import java.util.Properties;

/** A program that configures what needs a library, and says what it was told, a line each. */
final class Configured {
    private Configured() {}

    @SuppressWarnings("SystemOut") // what it prints is what the test reads
    public static void main(String... words) {
        for (String word : words) {
            Properties properties = new Properties();
            properties.setProperty("twat.cache.defaults.codec", word);
            try (TwatCache twat = TwatCache.builder()
                    .configuration(Sources.none().systemProperties(properties))
                    .open()) {
                int computed = twat.cache("heap")
                        .engine("heap")
                        .memoize((Integer n) -> n + 1)
                        .apply(1);
                System.out.println(computed + " " + twat.configuration().warnings());
            }
        }
    }
}
