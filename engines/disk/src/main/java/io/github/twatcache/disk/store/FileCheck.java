package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import io.github.twatcache.error.PathException;
import io.github.twatcache.spi.MaintenanceStore.Fault;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Looks for value files that no row names, and for what is none; by walking, which nothing else does. A file whose number was
 * drawn within a transaction may be one that is being written as long as it stands in the notes of a process; those of a dead
 * one are seen to when the folder is opened.
 */
final class FileCheck {
    private static final Pattern NUMBER = Pattern.compile("[0-9a-f]{16}");

    /** A file that somebody is writing, or that is about to be deleted, is no fault. */
    private static final String NAMED = "SELECT EXISTS (SELECT 1 FROM entry WHERE file = ?1)"
            + " OR EXISTS (SELECT 1 FROM item WHERE file = ?1)"
            + " OR EXISTS (SELECT 1 FROM gone WHERE file = ?1)"
            + " OR EXISTS (SELECT 1 FROM draft WHERE first <= ?1 AND ?1 < first + count)";

    private final OpenFolder folder;
    private final boolean fix;
    private final List<Fault> faults;

    FileCheck(OpenFolder folder, boolean fix, List<Fault> faults) {
        this.folder = folder;
        this.fix = fix;
        this.faults = faults;
    }

    void run() {
        Path top = folder.files().folder();
        if (!Files.isDirectory(top)) {
            return;
        }
        try {
            Files.walkFileTree(top, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    look(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new PathException(
                    "cannot walk over " + top + ": " + e.getMessage() + "; let this process's user read it", e);
        }
    }

    private void look(Path file) {
        String name = String.valueOf(file.getFileName());
        String where = folder.path().relativize(file).toString();
        if (!NUMBER.matcher(name).matches()) {
            faults.add(new Fault("foreign-file", where, fix && folder.files().setAside(file)));
            return;
        }
        long number = Long.parseUnsignedLong(name, 16);
        if (!folder.files().path(number).equals(file)) {
            faults.add(new Fault("foreign-file", where, fix && folder.files().setAside(file)));
        } else if (!folder.database().read(link -> named(link, number))
                && !(FileNumbers.drawn(number) && folder.process().noted(number))
                && Files.exists(file)) {
            faults.add(new Fault("orphan-file", where, fix && folder.database().write(link -> deleted(link, number))));
        }
    }

    private boolean deleted(Link link, long number) throws SQLException {
        if (named(link, number)) {
            return false;
        }
        folder.numbers().release(link, number);
        return true;
    }

    /** Whether a row names a value file, or somebody is writing it, or it is about to be deleted. */
    static boolean named(Link link, long number) throws SQLException {
        Prepared select = link.prepared(NAMED);
        select.setLong(1, number);
        try (Results row = select.executeQuery()) {
            return row.next() && row.getInt(1) == 1;
        }
    }
}
