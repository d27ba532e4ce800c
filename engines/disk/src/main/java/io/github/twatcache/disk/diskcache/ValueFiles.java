package io.github.twatcache.disk.diskcache;

import io.github.twatcache.error.EngineException;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The value files of one directory, named as Python names them: 16 random bytes in hexadecimal, {@code aa/bb/<28
 * digits>.val}. A file is written whole before a row names it, and never changed.
 */
final class ValueFiles {
    /** Python's check() leaves alone what has the database's name in its own. */
    private static final String ASIDE = "cache.db-damaged";

    private static final int RANDOM_BYTES = 16;
    private static final int ATTEMPTS = 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path directory;
    private final FileAttribute<?>[] forFiles;
    private final FileAttribute<?>[] forFolders;

    ValueFiles(Path directory) {
        this.directory = directory;
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        this.forFiles = attributes(posix, "rw-------");
        this.forFolders = attributes(posix, "rwx------");
    }

    private static FileAttribute<?>[] attributes(boolean posix, String mode) {
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    /** Decides where a value goes, and writes its file where it gets one. */
    Draft draft(Object content, long minFileSize) {
        if (content instanceof byte[] bytes && bytes.length >= minFileSize) {
            return new Draft(content, Mode.BINARY, bytes.length, written(bytes));
        }
        if (content instanceof String text && goesToFile(text, minFileSize)) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return new Draft(content, Mode.TEXT, bytes.length, written(bytes));
        }
        return new Draft(content, Mode.RAW, 0, null);
    }

    /** Python counts characters; and reads text files with newlines made alike, so what has a CR stays in its row. */
    private static boolean goesToFile(String text, long minFileSize) {
        return text.length() >= minFileSize
                && text.codePointCount(0, text.length()) >= minFileSize
                && text.indexOf('\r') < 0;
    }

    private String written(byte[] content) {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        String hex = HexFormat.of().formatHex(random);
        String name = hex.substring(0, 2) + '/' + hex.substring(2, 4) + '/' + hex.substring(4) + ".val";
        Path path = directory.resolve(name);
        try {
            // Not through a channel: that would close itself under a thread that is interrupted.
            try (OutputStream out = new FileOutputStream(created(path).toFile())) {
                out.write(content);
            }
        } catch (IOException failed) {
            remove(name);
            throw trouble("write", path, failed);
        }
        return name;
    }

    /** Another process may take an empty folder away before there is a file in it. */
    private Path created(Path path) throws IOException {
        for (int attempt = 1; ; attempt++) {
            makeFolders(path);
            try {
                return Files.createFile(path, forFiles);
            } catch (NoSuchFileException gone) {
                if (attempt == ATTEMPTS) {
                    throw gone;
                }
            }
        }
    }

    private void makeFolders(Path path) throws IOException {
        Path inner = Objects.requireNonNull(path.getParent());
        for (Path folder : new Path[] {Objects.requireNonNull(inner.getParent()), inner}) {
            try {
                Files.createDirectory(folder, forFolders);
            } catch (FileAlreadyExistsException there) {
                // Made before, by anybody.
            } catch (NoSuchFileException gone) {
                return;
            }
        }
    }

    /** Reads a file; null where it is gone. */
    byte @Nullable [] read(String filename) {
        Path path = path(filename);
        if (path == null) {
            return null;
        }
        try (FileInputStream in = new FileInputStream(path.toFile())) {
            return in.readAllBytes();
        } catch (FileNotFoundException gone) {
            return null;
        } catch (IOException failed) {
            throw trouble("read", path, failed);
        }
    }

    /** Deletes a file, and the folders that it leaves empty; as in Python, what cannot be deleted stays. */
    void remove(@Nullable String filename) {
        Path path = filename == null ? null : path(filename);
        if (path == null) {
            return;
        }
        if (deleted(path)) {
            prune(path);
        }
    }

    private void prune(Path path) {
        Path folder = path.getParent();
        while (folder != null && !folder.equals(directory) && deleted(folder)) {
            folder = folder.getParent();
        }
    }

    private static boolean deleted(Path path) {
        try {
            return Files.deleteIfExists(path);
        } catch (IOException notNow) {
            return false;
        }
    }

    /** Moves a damaged file to where somebody can look at it; says where, null where it is gone. */
    @Nullable String setAside(String filename) {
        Path path = path(filename);
        if (path == null || !Files.isRegularFile(path)) {
            return null;
        }
        String name = ASIDE + '/' + path.getFileName();
        try {
            Path folder = directory.resolve(ASIDE);
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder, forFolders);
            }
            Files.move(path, directory.resolve(name));
            prune(path);
            return name;
        } catch (IOException notNow) {
            return null;
        }
    }

    /** Where a file is; null for a name that leads out of the directory. */
    private @Nullable Path path(String filename) {
        Path path = directory.resolve(filename.replace('\\', '/')).normalize();
        return path.startsWith(directory) && !directory.equals(path.getParent()) ? path : null;
    }

    /** Core does with it what it does with an engine that fails. */
    private static EngineException trouble(String doing, Path path, IOException cause) {
        return new EngineException(
                "cannot " + doing + " the value file " + path + ": " + cause.getMessage()
                        + "; see whether its directory is still there, there is space, and this process's user may write"
                        + " there",
                cause);
    }
}
