package io.github.twatcache.disk;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** One of several who have a directory open: each has its own front, as another process would. */
final class Opened implements AutoCloseable {
    private final TwatCache twat;
    private final Path directory;

    Opened(Path directory) {
        this.directory = directory;
        this.twat = TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none())
                .directory(directory)
                .open();
    }

    <V> Cache<String, V> cache(Class<V> values) {
        return cache(values, builder -> builder);
    }

    <V> Cache<String, V> cache(Class<V> values, UnaryOperator<CacheBuilder> settings) {
        return settings.apply(twat.disk("data")).types(String.class, values).build();
    }

    /** The value files that are there. */
    List<Path> files() {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.getParent().getParent().endsWith("values"))
                    .filter(Files::isRegularFile)
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
