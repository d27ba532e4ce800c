package io.github.twatcache.files;

import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One of several programs that have a directory open. */
final class Opened implements AutoCloseable {
    final TwatCache twat;
    private final Path directory;

    Opened(Path directory) {
        this.directory = directory;
        this.twat = TwatCache.builder()
                .compressor(new Zeros())
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
