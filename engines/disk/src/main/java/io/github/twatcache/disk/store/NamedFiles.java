package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import java.util.HashSet;
import java.util.Set;

/**
 * Which value files rows have come to name, as the commit says: whatever is thrown after it, these are not to be deleted.
 * For one thread.
 */
final class NamedFiles {
    private final Set<Long> files = new HashSet<>();

    /** Says that a row of the running transaction names a file; 0 for none. */
    void add(Link link, long file) {
        if (file != 0) {
            link.afterCommit(() -> files.add(file));
        }
    }

    boolean has(long file) {
        return files.contains(file);
    }
}
