package io.github.twatcache.path;

import io.github.twatcache.error.PathException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;

/** What the operating system says, turned into what is wrong and what to do. */
final class Trouble {
    /** What is done where a directory is opened. */
    static final String BEGIN = "begin";

    private Trouble() {}

    static PathException of(Path directory, String doing, Exception cause) {
        if (doing.equals(BEGIN) && cause instanceof NoSuchFileException absent) {
            // Nothing was there before: some file systems answer so where nobody can make anything.
            return new PathException(
                    "cannot make the cache directory " + directory + ": its file system lets nobody make "
                            + absent.getFile() + "; choose another directory with"
                            + " TwatCache.builder().directory(path) or " + Location.VARIABLE,
                    cause);
        }
        return new PathException(
                "cannot " + doing + " in the cache directory " + directory + ": " + why(cause) + "; " + mend(cause),
                cause);
    }

    /**
     * The error for a file system that does not lock files. It has no cause, but one that is suppressed: a cache that can be
     * read all the same is not to be read there, since nobody knows what others do to it meanwhile.
     */
    static PathException unlocked(Path directory, Location location, IOException refusal) {
        PathException unlocked = new PathException("the file system of " + directory + " (from " + location.source()
                + ") does not lock files (" + refusal.getMessage() + "); choose a directory on one that does, with"
                + " TwatCache.builder().directory(path) or " + Location.VARIABLE);
        unlocked.addSuppressed(refusal);
        return unlocked;
    }

    private static String why(Exception cause) {
        if (full(cause)) {
            return "the file system has no space left";
        } else if (readOnly(cause)) {
            return "the file system is read-only";
        } else if (cause instanceof AccessDeniedException denied) {
            return "access to " + denied.getFile() + " is denied to this process's user";
        } else if (cause instanceof NoSuchFileException absent) {
            return absent.getFile() + " is gone";
        } else if (cause instanceof FileAlreadyExistsException || cause instanceof NotDirectoryException) {
            return ((FileSystemException) cause).getFile() + " is no directory";
        }
        return String.valueOf(cause.getMessage());
    }

    private static String mend(Exception cause) {
        if (full(cause)) {
            return "free some, set a quota below what there is, or choose another directory";
        } else if (cause instanceof NoSuchFileException) {
            return "it is made anew at the next use";
        }
        return "let this process's user write there, or choose another directory with TwatCache.builder().directory(path)"
                + " or " + Location.VARIABLE;
    }

    private static boolean full(Exception cause) {
        String words = words(cause);
        return words.contains("no space left")
                || words.contains("not enough space")
                || words.contains("quota exceeded")
                || words.contains("disk full");
    }

    /** Whether nothing is wrong but that this process may not write: neither space is missing, nor anything else. */
    static boolean unwritable(IOException cause) {
        return cause instanceof AccessDeniedException || readOnly(cause);
    }

    private static boolean readOnly(Exception cause) {
        return cause instanceof ReadOnlyFileSystemException || words(cause).contains("read-only file system");
    }

    private static String words(Exception cause) {
        return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    }

    /** Whether a file is gone that should be there: what {@code java.io} says in words, {@code java.nio} says by type. */
    static boolean gone(IOException cause, Path file) {
        if (cause instanceof FileNotFoundException) {
            return !Files.exists(file.toAbsolutePath().getParent());
        }
        return cause instanceof NoSuchFileException;
    }
}
