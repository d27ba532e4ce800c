package io.github.twatcache.path;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Directories for the user alone (0700), files for the user alone (0600), where the file system knows of such. */
final class Modes {
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private Modes() {}

    static boolean posix(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
    }

    /** Makes one directory. */
    static void directory(Path path) throws IOException {
        Files.createDirectory(path, attributes(path, DIRECTORY));
    }

    /** Makes one directory unless it is there; a link in its place is refused as something else that is there. */
    static void directoryIfAbsent(Path path) throws IOException {
        try {
            directory(path);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }

    /** Makes an empty file. */
    static void file(Path path) throws IOException {
        Files.createFile(path, attributes(path, FILE));
    }

    /** Takes the rights of others away. */
    static void tighten(Path directory) throws IOException {
        if (posix(directory) && !Files.getPosixFilePermissions(directory).equals(DIRECTORY)) {
            Files.setPosixFilePermissions(directory, DIRECTORY);
        }
    }

    /** Whether others may put files there. */
    static boolean openToOthers(Path directory) throws IOException {
        if (!posix(directory)) {
            return false;
        }
        Set<PosixFilePermission> rights = EnumSet.copyOf(OTHERS_WRITE);
        rights.retainAll(Files.getPosixFilePermissions(directory));
        return !rights.isEmpty();
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> mode) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)}
                : new FileAttribute<?>[0];
    }
}
