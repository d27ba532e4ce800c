package io.github.twatcache.path;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the caches of a directory hold: counted at each write, not walked. Bytes are the lengths of files; what the file
 * system adds, the directory's own few files, and files that are still being written are not in it.
 *
 * @param bytes of all caches
 * @param files of all caches
 * @param caches the same by cache, those that hold nothing included; sorted by name, unmodifiable
 */
public record DiskUsage(long bytes, long files, Map<String, Share> caches) {
    /** Nothing on disk. */
    public static final DiskUsage NONE = new DiskUsage(0, 0, Map.of());

    /** Copies the map. */
    public DiskUsage {
        caches = Collections.unmodifiableMap(new TreeMap<>(caches));
    }

    /**
     * What one cache holds.
     *
     * @param bytes the lengths of its files
     * @param files how many
     */
    public record Share(long bytes, long files) {
        static final Share NOTHING = new Share(0, 0);

        Share plus(Share more) {
            return new Share(bytes + more.bytes, files + more.files);
        }
    }

    @Override
    public String toString() {
        StringBuilder words = new StringBuilder(bytes + " bytes in " + files + " files");
        String separator = ": ";
        for (Map.Entry<String, Share> cache : caches.entrySet()) {
            words.append(separator)
                    .append(cache.getKey())
                    .append(' ')
                    .append(cache.getValue().bytes())
                    .append(" in ")
                    .append(cache.getValue().files());
            separator = ", ";
        }
        return words.toString();
    }
}
