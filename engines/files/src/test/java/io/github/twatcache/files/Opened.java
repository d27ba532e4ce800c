package io.github.twatcache.files;

import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import io.github.twatcache.TwatCacheBuilder;
import io.github.twatcache.config.Sources;
import io.github.twatcache.path.QuotaPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** One of several programs that have a directory open. */
final class Opened implements AutoCloseable {
    final TwatCache twat;
    private final Path directory;

    Opened(Path directory) {
        this(directory, TwatCache.builder());
    }

    /** One that takes the time from {@link Functions#TIME}. */
    static Opened timed(Path directory) {
        return new Opened(directory, TwatCache.builder().ticker(Functions.TIME).clock(Functions.TIME.clock()));
    }

    /** The same, of which no call waits longer for the directory's lock. */
    static Opened timed(Path directory, Duration lockTimeout) {
        return new Opened(
                directory,
                TwatCache.builder()
                        .ticker(Functions.TIME)
                        .clock(Functions.TIME.clock())
                        .lockTimeout(lockTimeout));
    }

    /** One that holds the directory to so many bytes, by the same clock. */
    static Opened bounded(Path directory, long quota) {
        return new Opened(
                directory,
                TwatCache.builder()
                        .ticker(Functions.TIME)
                        .clock(Functions.TIME.clock())
                        .quota(quota, QuotaPolicy.IDLE));
    }

    private Opened(Path directory, TwatCacheBuilder builder) {
        this.directory = directory;
        this.twat = builder.compressor(new Zeros())
                .compressor(new Greedy())
                .engine(new FilesEngine())
                .configuration(Sources.none())
                .directory(directory)
                .open();
    }

    CacheBuilder cache(String name) {
        return twat.files(name);
    }

    /** The files of the caches whose names have an ending. */
    List<Path> files(String ending) {
        return files(directory, ending);
    }

    static List<Path> files(Path directory, String ending) {
        try (Stream<Path> files = Files.walk(directory.resolve("caches"))) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending))
                    .filter(file -> !file.getParent().endsWith("set-aside"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        twat.close();
    }
}
