package io.github.twatcache.files.npy;

import io.github.twatcache.error.PathException;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Files that have their content, or are gone again. */
final class NewFile {
    private NewFile() {}

    /** Writes the content. */
    interface Content<R, X extends Exception> {
        R write(FileChannel to) throws X;
    }

    /**
     * Makes a file that does not exist yet.
     *
     * @throws PathException when it exists, or cannot be written
     * @throws X what the content throws
     */
    static <R, X extends Exception> R make(Path file, Content<R, X> content) throws X {
        return write(file, content, StandardOpenOption.CREATE_NEW);
    }

    /**
     * Writes into an empty file that is there.
     *
     * @throws PathException when it cannot be written; it is gone then
     * @throws X what the content throws; it is gone then
     */
    static <R, X extends Exception> R fill(Path file, Content<R, X> content) throws X {
        return write(file, content, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static <R, X extends Exception> R write(Path file, Content<R, X> content, StandardOpenOption how) throws X {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, how);
        } catch (IOException e) {
            throw failed(file, e);
        }
        boolean whole = false;
        try {
            R result = content.write(channel);
            whole = true;
            return result;
        } finally {
            close(file, channel);
            if (!whole) {
                drop(file);
            }
        }
    }

    private static void close(Path file, FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // What the file system owes is told by its writes; a network file system may tell here.
            drop(file);
            throw failed(file, e);
        }
    }

    /** Takes the name of a file that is open, where its content stays without: who is killed leaves nothing then. */
    static void hide(Path file) {
        if (File.separatorChar == '/') {
            drop(file);
        }
    }

    /** Deletes a file now, or where another holds it open when the JVM ends. */
    static void drop(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }

    static PathException failed(Path file, IOException e) {
        return new PathException(
                "the array cannot be written to " + file + ": " + e + "; choose a new name where there is room", e);
    }
}
