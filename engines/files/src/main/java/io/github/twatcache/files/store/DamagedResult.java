package io.github.twatcache.files.store;

import io.github.twatcache.error.CacheException;
import io.github.twatcache.files.json.JsonException;
import io.github.twatcache.files.json.JsonReader;
import io.github.twatcache.path.CacheDirectory;
import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.path.Changes;
import io.github.twatcache.path.DirectorySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Takes a damaged result out of the way where no store is at hand: by the reference that has led to it. */
final class DamagedResult {
    private DamagedResult() {}

    /** Sets an entry aside if it still names a value; says whether it is out of the way. */
    static boolean setAside(Place place, String digest, String value) {
        Path caches = place.root().getParent();
        Path top = caches == null ? null : caches.getParent();
        if (top == null) {
            return false;
        }
        DirectorySettings settings = DirectorySettings.standard().at(top);
        if (!CacheDirectory.exists(settings)) {
            return false;
        }
        try (CacheDirectory directory = CacheDirectory.open(settings);
                CacheFolder folder = directory.folder(cache(place))) {
            return folder.path().equals(place.root())
                    && folder.change(
                                    "set an entry aside", 0, changes -> setAside(changes, folder, place, digest, value))
                            .orElse(false);
        } catch (IOException | JsonException | CacheException cannot) {
            Desk.LOG.debug("a damaged entry stays where it is", cannot);
            return false;
        }
    }

    /** The name of the cache whose folder it is. */
    private static String cache(Place place) throws IOException, JsonException {
        return String.valueOf(JsonReader.object(Files.readAllBytes(place.path().resolve(Place.FUNCTION)))
                .get("cache"));
    }

    private static boolean setAside(Changes changes, CacheFolder folder, Place place, String digest, String value)
            throws IOException {
        byte[] bytes = place.head(digest);
        Head head = bytes == null ? null : Head.read(bytes, digest);
        if (head != null && head.value().equals(value)) {
            Journal journal = new Journal(folder, place, Journal.CHANGES);
            Journal.Position now = journal.position().orElse(null);
            if (now != null) {
                journal.note(changes, List.of(digest), now);
            }
            new Aside(place).take(changes, digest, TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
            changes.deleteFolders(List.of(new Changes.Few(place.entry(digest), List.of(Place.ENTRY, value))));
        }
        return true;
    }
}
