package io.github.twatcache.disk.sqlite;

import io.github.twatcache.error.PathException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes files and folders that are the user's alone, whatever the process's mask, and tells links from them. */
public final class OwnFiles {
    private OwnFiles() {}

    /**
     * Makes an empty file, where there is none.
     *
     * @param file the file; its folder is there
     * @throws IOException when it cannot be made
     */
    public static void make(Path file) throws IOException {
        try {
            Files.createFile(file, attributes(file, "rw-------"));
        } catch (FileAlreadyExistsException there) {
            return;
        }
    }

    /**
     * Makes a folder, where there is none.
     *
     * @param folder the folder; what it is in is there
     * @throws IOException when it cannot be made
     */
    public static void makeFolder(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, attributes(folder, "rwx------"));
        } catch (FileAlreadyExistsException there) {
            return;
        }
    }

    /**
     * Refuses a link where a file or folder of ours is to be: it would lead out of the cache's folder.
     *
     * @param path the place
     * @throws PathException when there is a link
     */
    public static void refuseLink(Path path) {
        if (Files.isSymbolicLink(path)) {
            throw new PathException(path + " is a link, and what a cache writes must not lead out of its folder;"
                    + " remove the link, or choose another directory");
        }
    }

    private static FileAttribute<?>[] attributes(Path path, String mode) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }
}
