package io.github.twatcache.files.store;

import io.github.twatcache.path.Draft;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Has the operating system write to the disk what is stored and what is removed, where that is wanted: files before they get
 * their names, and the folders that the names are in afterwards, without the directory's lock.
 */
final class Syncs {
    private final boolean wanted;
    private final Place place;
    private final Consumer<Path> told;

    Syncs(boolean wanted, Place place, Consumer<Path> told) {
        this.wanted = wanted;
        this.place = place;
        this.told = told;
    }

    /** Writes down what files hold that are about to get their names. */
    void drafts(Draft... drafts) {
        if (wanted) {
            for (Draft draft : drafts) {
                draft.sync();
                told.accept(draft.path());
            }
        }
    }

    /** Writes down the names that lead to an entry, or that it is gone. */
    void names(String digest) {
        names(List.of(digest));
    }

    /** The same of entries. */
    void names(Collection<String> digests) {
        if (wanted) {
            Set<Path> folders = new LinkedHashSet<>();
            digests.forEach(digest -> folders.addAll(place.above(digest)));
            folders.forEach(this::folder);
        }
    }

    /** Writes down which versions of the function there are. */
    void versions() {
        if (wanted) {
            folder(place.root().resolve(place.function()));
        }
    }

    private void folder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
            told.accept(folder);
        } catch (NoSuchFileException gone) {
            // What is above it knows.
            return;
        } catch (IOException cannot) {
            Desk.LOG.debug("{} is not written to the disk by itself", folder, cannot);
        }
    }
}
