package io.github.twatcache.path;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Directories for the user alone (0700), files for the user alone (0600), where the file system knows of such. */
final class Modes {
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private static final Path PROCESS = Path.of("/proc/self");

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

    /** Makes a file of a few bytes; an interrupt, which would close the channel, is put off. */
    static void file(Path path, byte[] content) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (!written(path, content)) {
                interrupted = true;
                Thread.interrupted();
                Files.delete(path);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean written(Path path, byte[] content) throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(path, NEW, attributes(path, FILE))) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            return true;
        } catch (ClosedByInterruptException interrupted) {
            return false;
        } catch (FileAlreadyExistsException anothers) {
            throw anothers;
        } catch (IOException full) {
            Files.deleteIfExists(path);
            throw full;
        }
    }

    /**
     * This process's user, by whom a new file belongs to, or what the operating system keeps of the process: no name or
     * number is always to be had. Empty where nobody can tell.
     */
    static Optional<UserPrincipal> self() {
        try {
            Path made = Files.createTempFile(Ground.OWN + "-probe-", null);
            try {
                return Optional.of(Files.getOwner(made));
            } finally {
                Files.deleteIfExists(made);
            }
        } catch (IOException noneCanBeMade) {
            try {
                return Optional.of(Files.getOwner(PROCESS));
            } catch (IOException noneKept) {
                return Optional.empty();
            }
        }
    }

    /** Whether something belongs to the system itself, who could change this process's program as well. */
    static boolean ofRoot(Path path) throws IOException {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix")
                && Integer.valueOf(0).equals(Files.getAttribute(path, "unix:uid"));
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
