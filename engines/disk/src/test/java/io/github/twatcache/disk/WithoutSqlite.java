package io.github.twatcache.disk;

import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.OnUnavailable;
import io.github.twatcache.error.EngineUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that asks for the engine without its library, and says what it was told, a line each. */
final class WithoutSqlite {
    private WithoutSqlite() {}

    @SuppressWarnings("SystemOut") // what it prints is what the test reads
    public static void main(String... arguments) {
        Path directory = Path.of(arguments[0]);
        try (TwatCache twat = TwatCache.builder().directory(directory).open()) {
            System.out.println(twat.availability().get("disk"));
            System.out.println(engineOf(twat.disk("degraded").onUnavailable(OnUnavailable.DEGRADE)));
            System.out.println(engineOf(twat.auto("any")));
            try {
                System.out.println(engineOf(twat.disk("insisting")));
            } catch (EngineUnavailableException unavailable) {
                System.out.println(unavailable.getMessage());
            }
        }
        System.out.println("directory: " + Files.exists(directory));
    }

    private static String engineOf(CacheBuilder builder) {
        return builder.memoize((Integer n) -> n + 1).explain().engine();
    }
}
