package io.github.twatcache.files.store;

import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.path.Changes;
import java.io.File;
import java.io.IOException;
import java.util.List;

/**
 * Which keys were put, removed or made stale, or that all were: for processes that compute without a lease, which nobody can
 * end. Where no process does there is no such file, and nothing is noted. What leaves for another reason, because it is old,
 * too much or damaged, is in nobody's way; so it is not in here, as it is in {@link Journal#CHANGES}.
 */
final class Invalidations {
    static final String FILE = "invalidated";

    /** Stands for all keys. No SHA-256 that anybody knows is that. */
    private static final String ALL = "0".repeat(64);

    private final CacheFolder folder;
    private final Journal journal;
    private final File file;

    Invalidations(CacheFolder folder, Place place) {
        this.folder = folder;
        this.journal = new Journal(folder, place, FILE);
        this.file = place.path().resolve(FILE).toFile();
    }

    /** How many there were by now. Has all processes note them from now on; takes the directory's lock for that alone. */
    Journal.Position now() throws IOException {
        Journal.Position now = journal.position().orElse(null);
        return now != null
                ? now
                : folder.change(
                                "note invalidations",
                                0,
                                changes -> journal.since(changes, null).now())
                        .orElseThrow();
    }

    /** Whether a key was invalidated since; also where nobody can tell. Takes no lock. */
    boolean came(Journal.Position since, String digest) throws IOException {
        List<String> digests = journal.news(since).map(Journal.News::digests).orElse(null);
        return digests == null || digests.contains(digest) || digests.contains(ALL);
    }

    /** Notes that a key is about to be invalidated. To be called under the directory's lock. */
    void note(Changes changes, String digest) throws IOException {
        Journal.Position now = file.exists() ? journal.position().orElse(null) : null;
        if (now != null) {
            journal.note(changes, List.of(digest), now);
        }
    }

    /** Notes that all keys are, or that nobody knows which. To be called under the directory's lock. */
    void noteAll(Changes changes) throws IOException {
        note(changes, ALL);
    }
}
