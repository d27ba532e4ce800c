package io.github.twatcache.files.store;

import io.github.twatcache.path.Changes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The versions of one function's code that have results. Old ones stay until somebody says how many are wanted. */
final class Versions {
    private final Place place;
    private final Catalog<?> catalog;

    Versions(Place place, Catalog<?> catalog) {
        this.place = place;
        this.catalog = catalog;
    }

    /** Deletes the results of all versions but so many, the own one and those that were used or written last; says how many. */
    long prune(long keep) {
        try {
            Map<Path, Long> used = new HashMap<>();
            for (Path version : place.versions()) {
                used.put(version, version.equals(place.path()) ? Long.MAX_VALUE : used(version));
            }
            List<Path> old = used.keySet().stream()
                    .sorted(Comparator.<Path>comparingLong(used::get).reversed())
                    .skip(keep)
                    .toList();
            for (Path version : old) {
                delete(version);
            }
            return old.size();
        } catch (IOException trouble) {
            throw catalog.trouble(trouble);
        }
    }

    /** When a version was used or written last, by its own record; where it has none, when it was begun. */
    private long used(Path version) throws IOException {
        return Uses.read(of(version)).values().stream()
                .mapToLong(Uses.Use::last)
                .max()
                .orElseGet(() -> TimeUnit.MILLISECONDS.toNanos(
                        version.resolve(Place.FUNCTION).toFile().lastModified()));
    }

    private Place of(Path version) {
        return new Place(place.root(), place.function(), version.getFileName().toString());
    }

    /** Some entries after the others, so that nobody waits long. */
    private void delete(Path version) throws IOException {
        Place old = of(version);
        List<String> digests = old.digests();
        for (int from = 0; from < digests.size(); from += catalog.step()) {
            List<Changes.Few> some = digests.subList(from, Math.min(digests.size(), from + catalog.step())).stream()
                    .map(digest -> new Changes.Few(old.entry(digest), List.of(Place.ENTRY)))
                    .toList();
            catalog.changed("delete old results", 0, changes -> {
                changes.deleteFolders(some);
                return true;
            });
        }
        catalog.changed("delete old results", 0, changes -> {
            changes.deleteFolder(old.name());
            return true;
        });
    }
}
