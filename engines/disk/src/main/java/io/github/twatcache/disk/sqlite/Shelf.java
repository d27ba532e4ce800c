package io.github.twatcache.disk.sqlite;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/**
 * Where malformed databases are kept, the newest three: a folder with a folder for each. While one is being rebuilt, the name
 * of its folder ends in {@code .moving}.
 */
final class Shelf {
    private static final String MOVING = ".moving";
    private static final int KEPT = 3;

    private final Path folder;

    Shelf(Path folder) {
        this.folder = folder;
    }

    /** The folders of those that a process has begun with and not ended, the oldest first. */
    List<Path> begun() throws IOException {
        return folders(MOVING);
    }

    Path begin() throws IOException {
        Path aside = folder.resolve(String.format("%016x-%s", System.currentTimeMillis(), UUID.randomUUID()) + MOVING);
        Files.createDirectories(aside);
        return aside;
    }

    /** Says that one is rebuilt; says where it is kept. */
    Path end(Path aside) throws IOException {
        String name = String.valueOf(aside.getFileName());
        Path kept = aside.resolveSibling(name.substring(0, name.length() - MOVING.length()));
        Files.move(aside, kept, StandardCopyOption.ATOMIC_MOVE);
        return kept;
    }

    /** Keeps the newest only. */
    void trim() throws IOException {
        List<Path> all = folders("");
        for (Path one : all.subList(0, Math.max(0, all.size() - KEPT))) {
            delete(one);
        }
    }

    /** Deletes what is kept in one of the folders, and it. */
    static void delete(Path one) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(one)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(one);
    }

    private List<Path> folders(String ending) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder, "*-*" + ending)) {
                for (Path one : folders) {
                    if (Files.isDirectory(one)) {
                        found.add(one);
                    }
                }
            }
        }
        Collections.sort(found);
        return found;
    }
}
