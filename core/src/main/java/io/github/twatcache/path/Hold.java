package io.github.twatcache.path;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a cache's folder as long as the directory's lock is held, so that several changes under one lock look at it
 * once. To be used by one thread.
 */
final class Hold {
    /** The cache's line as it stands in the ledger; null where nobody has looked. */
    Ledger.@Nullable Line line;

    /** Folders that are there and are no links. */
    final Set<Path> folders = new HashSet<>();

    /** Those of them that were not there before. */
    final Set<Path> made = new HashSet<>();

    /** What was put somewhere. */
    final Set<Path> put = new HashSet<>();

    /** Whether nothing can be there: nothing was put into a folder that was made just now. */
    boolean absent(Path file) {
        return made.contains(file.getParent()) && !put.contains(file);
    }
}
