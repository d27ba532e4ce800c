package io.github.twatcache.files.store;

import io.github.twatcache.path.Hosts;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the files lie on.
 *
 * @param sharing tells the type of the file system of a path, where hosts may share it, or nobody can tell
 * @param synced is told of each file and folder that was written to the disk because somebody asked for that
 */
public record Machine(Function<Path, Optional<String>> sharing, Consumer<Path> synced) {
    /**
     * The one that this process runs on.
     *
     * @return the machine
     */
    public static Machine here() {
        return new Machine(Hosts::sharing, path -> {});
    }
}
