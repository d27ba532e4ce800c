package io.github.twatcache.path;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Deletes entries of a cache that has a folder for each, and that nobody in this process has open. */
final class OldEntries {
    private static final String ENTRY = "entry.json";
    private static final String CHANGES = "changes";

    private final Room room;
    private final Account account;
    private final Path folder;

    OldEntries(Room room, Slot slot) {
        this.room = room;
        this.folder = room.caches().resolve(slot.folder());
        this.account = new Account(room, slot.name(), slot.folder());
        account.layout(slot.layout());
    }

    /** Deletes those written longest ago until that gives so many bytes, or none is left. */
    void delete(long bytes) {
        try {
            long freed = 0;
            for (Path entry : oldest()) {
                if (freed >= bytes) {
                    return;
                }
                freed += room.locked("make room", ledger -> delete(ledger, entry));
            }
        } catch (IOException e) {
            throw Trouble.of(room.root(), "make room", e);
        }
    }

    private List<Path> oldest() throws IOException {
        Map<Path, FileTime> written = new HashMap<>();
        for (Aged file : Aged.below(folder)) {
            if (file.path().endsWith(ENTRY)) {
                written.put(file.path().getParent(), file.written());
            }
        }
        return written.keySet().stream()
                .sorted(Comparator.<Path, FileTime>comparing(written::get).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** Deletes an entry, and says how many bytes that gives. */
    private long delete(Ledger ledger, Path entry) throws IOException {
        Hold hold = new Hold();
        long before = account.delete(ledger, hold, journal(entry)).total();
        long after = account.delete(ledger, hold, entry.resolve(ENTRY)).total();
        for (Path file : files(entry)) {
            after = account.delete(ledger, hold, file).total();
        }
        try {
            Files.deleteIfExists(entry);
        } catch (DirectoryNotEmptyException others) {
            // A folder in it is not ours.
            return before - after;
        }
        return before - after;
    }

    private static Path journal(Path entry) {
        Path above = entry.getParent();
        Path top = above == null ? null : above.getParent();
        return (top == null ? entry : top).resolve(CHANGES);
    }

    private static List<Path> files(Path entry) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all =
                Files.newDirectoryStream(entry, file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))) {
            all.forEach(files::add);
        } catch (NoSuchFileException gone) {
            return List.of();
        }
        return files;
    }
}
