package io.github.twatcache.path;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is changed in a cache's folder while the directory's lock is held, each file counted as it changes: see
 * {@link CacheFolder#change}. Of no use outside of that call. To be used by its thread alone.
 */
public final class Changes {
    private static final long UNKNOWN = -1;

    /** So many folders are deleted as one change: a walk after a death is dearer than to count few of them one by one. */
    private static final int MANY = 8;

    private final CacheFolder folder;
    private final Account account;
    private final Ledger ledger;
    private final Hold hold = new Hold();
    private long total = UNKNOWN;

    Changes(CacheFolder folder, Account account, Ledger ledger) {
        this.folder = folder;
        this.account = account;
        this.ledger = ledger;
    }

    /**
     * Gives a draft its name, in the place of what was there, at once and whole. The draft is used up.
     *
     * @param draft what was written
     * @param file the name, see {@link CacheFolder#resolve}
     * @throws IOException when it cannot be moved there; then nothing has changed
     */
    public void publish(Draft draft, String file) throws IOException {
        total = account.publish(ledger, hold, draft.path(), folder.named(file), Optional.empty())
                .total();
        draft.published();
    }

    /**
     * Whether a folder was not there before this change, which has made it: then nothing is in it but what the change has put
     * there.
     *
     * @param folderName the name, see {@link CacheFolder#resolve}
     * @return whether it was made
     */
    public boolean made(String folderName) {
        return hold.made.contains(folder.named(folderName));
    }

    /**
     * Adds bytes to the end of a file, and makes it where it is not there. A process that dies meanwhile may leave a part of
     * them.
     *
     * @param file the name, see {@link CacheFolder#resolve}
     * @param bytes what to add
     * @throws IOException when they cannot be written; the file is as it was then
     */
    public void append(String file, byte[] bytes) throws IOException {
        total = account.append(ledger, hold, folder.named(file), bytes).total();
    }

    /**
     * Gives a file another name, at once. What the cache holds stays as much.
     *
     * @param file the name, see {@link CacheFolder#resolve}
     * @param other the name that it is to have; nothing may have it
     * @return whether the file was there
     * @throws IOException when it cannot be moved, or the other name is taken; then nothing has changed
     */
    public boolean move(String file, String other) throws IOException {
        return account.move(hold, folder.named(file), folder.named(other));
    }

    /**
     * Deletes a file.
     *
     * @param file the name, see {@link CacheFolder#resolve}
     * @return whether it was there
     * @throws IOException when it cannot be deleted
     */
    public boolean delete(String file) throws IOException {
        return delete(folder.named(file));
    }

    private boolean delete(Path path) throws IOException {
        Account.Change change = account.delete(ledger, hold, path);
        total = change.total();
        return change.happened();
    }

    /**
     * Deletes a folder with all that is in it; links are taken away and not followed.
     *
     * @param folderName the name, see {@link CacheFolder#resolve}
     * @throws IOException when something cannot be deleted; what was before it is gone
     */
    public void deleteFolder(String folderName) throws IOException {
        deleteBelow(folder.named(folderName), this::delete);
    }

    /**
     * A folder with few files in it.
     *
     * @param name the name, see {@link CacheFolder#resolve}
     * @param files the names in it of the files that are known, in the order in which they are to be deleted; there may be
     *     others, which are deleted after them
     */
    public record Few(String name, List<String> files) {
        /** Keeps a copy. */
        public Few {
            files = List.copyOf(files);
        }
    }

    /**
     * Deletes folders with all that is in them, as {@link #deleteFolder} does, with fewer calls to the operating system. Many
     * are counted as one change: where this process dies in the middle of it, the next that changes something here walks over
     * the cache's files to count them.
     *
     * @param folders the folders, none of them in another
     * @throws IOException when something cannot be deleted; what was before it is gone
     */
    public void deleteFolders(List<Few> folders) throws IOException {
        Map<Path, List<String>> paths = new LinkedHashMap<>();
        for (Few few : folders) {
            paths.put(folder.named(few.name()), few.files());
        }
        if (paths.size() < MANY) {
            deleteEach(paths, this::delete);
        } else {
            total = account.deleteMany(ledger, hold, gone -> deleteEach(paths, gone::delete))
                    .total();
        }
    }

    private void deleteEach(Map<Path, List<String>> folders, Deleting deleting) throws IOException {
        for (Map.Entry<Path, List<String>> each : folders.entrySet()) {
            Path path = each.getKey();
            for (String file : each.getValue()) {
                deleting.delete(path.resolve(file));
            }
            hold.folders.remove(path);
            try {
                Files.deleteIfExists(path);
            } catch (DirectoryNotEmptyException more) {
                deleteBelow(path, deleting);
            }
        }
    }

    /** Deletes a file, and says whether it was one. */
    private interface Deleting {
        boolean delete(Path file) throws IOException;
    }

    private void deleteBelow(Path path, Deleting deleting) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
            stream.forEach(entries::add);
        } catch (NoSuchFileException | NotDirectoryException gone) {
            return;
        }
        for (Path entry : entries) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                deleteBelow(entry, deleting);
            } else if (!deleting.delete(entry)) {
                Files.deleteIfExists(entry);
            }
        }
        hold.folders.remove(path);
        Files.deleteIfExists(path);
    }

    /**
     * Deletes a folder that holds nothing; one that holds something, or is not there, is left alone.
     *
     * @param folderName the name, see {@link CacheFolder#resolve}
     * @throws IOException when it cannot be deleted
     */
    public void deleteIfEmpty(String folderName) throws IOException {
        try {
            hold.folders.remove(folder.named(folderName));
            Files.deleteIfExists(folder.named(folderName));
        } catch (DirectoryNotEmptyException inUse) {
            return;
        }
    }

    /** Tells listeners of the quota; to be called when the lock is let go of. */
    void counted(CacheDirectory directory) {
        if (total != UNKNOWN) {
            directory.counted(total);
        }
    }

    /**
     * Does something while nobody else changes the folder.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    public interface Step<T> {
        /**
         * Does it. Runs again from the start where the quota asked for room first.
         *
         * @param changes changes the folder's files
         * @return what comes of it
         * @throws IOException when a file cannot be read or written
         */
        T run(Changes changes) throws IOException;
    }
}
