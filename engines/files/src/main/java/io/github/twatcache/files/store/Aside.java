package io.github.twatcache.files.store;

import io.github.twatcache.path.Changes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Where the files of damaged entries are kept, for somebody to look at: the last of them, and no large ones. All is done
 * under the directory's lock.
 */
final class Aside {
    static final String FOLDER = "set-aside";

    private static final int KEPT = 100;
    private static final long LARGEST = 16 << 20;
    private static final int DIGITS = 16;

    private final Place place;

    Aside(Place place) {
        this.place = place;
    }

    Path path() {
        return place.path().resolve(FOLDER);
    }

    private String name(String file) {
        return place.name(FOLDER) + "/" + file;
    }

    /** Moves the files of an entry here, but for those that are too large. Their names tell the time and the key. */
    void take(Changes changes, String digest, long now) throws IOException {
        for (String file : place.files(digest)) {
            if (place.path(digest).resolve(file).toFile().length() <= LARGEST && plain(file)) {
                String kept = String.format(Locale.ROOT, "%020d-%s-%s", now, digest.substring(0, DIGITS), file);
                changes.move(place.entry(digest, file), name(kept));
            }
        }
        List<String> all = new ArrayList<>(files());
        for (String oldest : all.subList(0, Math.max(0, all.size() - KEPT))) {
            changes.delete(name(oldest));
        }
    }

    /** Whether a name is one of ours: what others have put there is deleted. */
    private static boolean plain(String file) {
        return file.equals(Place.ENTRY) || ValueName.known(file);
    }

    /** The oldest first. */
    private List<String> files() {
        String[] names = path().toFile().list();
        if (names == null) {
            return List.of();
        }
        Arrays.sort(names);
        return List.of(names);
    }

    /** Deletes what is kept, and says how many bytes that gives. */
    long empty(Changes changes) throws IOException {
        long bytes = 0;
        for (String file : files()) {
            bytes += path().resolve(file).toFile().length();
        }
        if (path().toFile().exists()) {
            changes.deleteFolder(place.name(FOLDER));
        }
        return bytes;
    }
}
