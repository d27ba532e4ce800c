package io.github.twatcache.disk.diskcache;

import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Sources;
import io.github.twatcache.disk.DiskEngine;
import java.nio.file.Path;

/** What a Java program has for itself beside a directory that it shares. */
final class Own {
    private Own() {}

    /** An instance with a cache directory of its own, and no settings but those of the test. */
    static TwatCache instance(Path temporary) {
        return TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none())
                .directory(temporary.resolve("own"))
                .open();
    }
}
