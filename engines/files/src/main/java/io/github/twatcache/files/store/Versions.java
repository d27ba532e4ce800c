package io.github.twatcache.files.store;

import io.github.twatcache.path.Changes;
import io.github.twatcache.path.Turns;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The versions of one function's code that have results, and what else the cache has of functions. Old ones stay until
 * somebody says how many are wanted, or the directory's quota asks for room.
 */
final class Versions {
    private static final Uses.Use UNUSED = new Uses.Use(0, 0);

    private final Place place;
    private final Catalog<?> catalog;
    private final Turns turns;

    Versions(Place place, Catalog<?> catalog, Turns turns) {
        this.place = place;
        this.catalog = catalog;
        this.turns = turns;
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

    /** Deletes the results of all versions but the own one. What is being computed by their code is not stored. */
    void clear() {
        try {
            for (Path version : place.versions()) {
                if (!version.equals(place.path())) {
                    catalog.changed("clear", 0, changes -> {
                        turns.endAll(of(version).turns());
                        return true;
                    });
                    delete(version);
                }
            }
        } catch (IOException trouble) {
            throw catalog.trouble(trouble);
        }
    }

    /**
     * Deletes results of the other versions, and of other functions that the cache has had, until that gives so many bytes: of
     * what was used or written longest ago first, and of each what was used longest ago; says how many bytes it gives. A
     * function whose signature or captured values were changed is another: nobody looks for the results of the former one.
     * Those that somebody else may be at work with stay, in this process or in another.
     *
     * @param since what was used or written after that, in nanoseconds since 1970, is in use
     */
    long give(long bytes, long since) {
        try {
            Map<Place, Long> used = new HashMap<>();
            for (Path version : place.versions()) {
                if (!version.equals(place.path())) {
                    used.put(of(version), used(version));
                }
            }
            for (Place other : place.siblings()) {
                long last = used(other);
                if (last < since && !OpenPlaces.has(other)) {
                    used.put(other, last);
                }
            }
            long given = 0;
            for (Place old : used.keySet().stream()
                    .sorted(Comparator.comparingLong(used::get))
                    .toList()) {
                if (given >= bytes) {
                    break;
                }
                given += give(old, bytes - given);
            }
            return given;
        } catch (IOException trouble) {
            throw catalog.trouble(trouble);
        }
    }

    private long give(Place old, long bytes) throws IOException {
        Map<String, Uses.Use> uses = Uses.read(old);
        List<String> digests = old.digests().stream()
                .sorted(Comparator.comparingLong(
                        digest -> uses.getOrDefault(digest, UNUSED).last()))
                .toList();
        long given = 0;
        List<String> some = new ArrayList<>();
        for (String digest : digests) {
            some.add(digest);
            given += bytes(old.path(digest));
            if (given >= bytes || some.size() == catalog.step()) {
                give(old, some);
                some.clear();
            }
            if (given >= bytes) {
                return given;
            }
        }
        // What is left beside the entries, which are counted, goes with the folder.
        give(old, some);
        given += bytes(old.path());
        delete(old);
        return given;
    }

    /** Deletes entries of a version that a process with that code may have open. */
    private void give(Place old, List<String> digests) {
        catalog.changed("make room", 0, changes -> {
            catalog.note(changes, old, digests);
            changes.deleteFolders(few(old, digests));
            return true;
        });
    }

    private static List<Changes.Few> few(Place old, List<String> digests) {
        return digests.stream()
                .map(digest -> new Changes.Few(old.entry(digest), List.of(Place.ENTRY)))
                .toList();
    }

    private static long bytes(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toFile)
                    .filter(File::isFile)
                    .mapToLong(File::length)
                    .sum();
        } catch (UncheckedIOException changing) {
            throw changing.getCause();
        }
    }

    /** When a version was used or written last, by its own record; where it has none, when it was begun. */
    private long used(Path version) throws IOException {
        return used(of(version));
    }

    private static long used(Place version) throws IOException {
        return Uses.read(version).values().stream()
                .mapToLong(Uses.Use::last)
                .max()
                .orElseGet(() -> TimeUnit.MILLISECONDS.toNanos(
                        version.path().resolve(Place.FUNCTION).toFile().lastModified()));
    }

    private Place of(Path version) {
        return new Place(place.root(), place.function(), version.getFileName().toString());
    }

    /** Some entries after the others, so that nobody waits long. */
    private void delete(Path version) throws IOException {
        delete(of(version));
    }

    private void delete(Place old) throws IOException {
        List<String> digests = old.digests();
        for (int from = 0; from < digests.size(); from += catalog.step()) {
            List<Changes.Few> some = few(old, digests.subList(from, Math.min(digests.size(), from + catalog.step())));
            catalog.changed("delete old results", 0, changes -> {
                changes.deleteFolders(some);
                return true;
            });
        }
        catalog.changed("delete old results", 0, changes -> {
            changes.deleteFolder(old.name());
            if (!old.function().equals(place.function())) {
                changes.deleteIfEmpty(old.function());
            }
            return true;
        });
    }
}
