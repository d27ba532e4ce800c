package io.github.twatcache.path;

import io.github.twatcache.error.PathException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that is being written, where nobody finds it yet: to be published whole, or deleted when it is closed. A draft of
 * a process that dies is swept. To be used by one thread.
 */
public final class Draft implements AutoCloseable {
    private final CacheFolder folder;
    private final Path path;
    private boolean published;

    Draft(CacheFolder folder, Path path) throws IOException {
        this.folder = folder;
        this.path = path;
        Modes.file(path);
    }

    Draft(CacheFolder folder, Path path, byte[] content) throws IOException {
        this.folder = folder;
        this.path = path;
        Modes.file(path, content);
    }

    /**
     * Where to write: an empty file, on the file system that it will stay on.
     *
     * @return the path
     */
    public Path path() {
        return path;
    }

    /**
     * Has the operating system write the content to the disk, so that it survives a loss of power. Without it a published
     * file may then be empty or cut off, which an engine's checksum must find.
     *
     * @throws PathException when it cannot be written
     */
    public void sync() {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.getFD().sync();
        } catch (IOException e) {
            throw folder.trouble("write", e);
        }
    }

    /**
     * Gives it its name, in the place of what was there, at once and whole; counts it; makes room for it first where the
     * quota asks for that. The draft is used up.
     *
     * @param file the name, see {@link CacheFolder#resolve}
     * @return whether it was published; not where the quota leaves no room for it
     * @throws PathException when it cannot be moved there
     * @throws io.github.twatcache.error.LockTimeoutException when another process held the directory's lock for too long
     */
    public boolean publish(String file) {
        boolean done = folder.publish(path, file);
        published |= done;
        return done;
    }

    /** It has its name now. */
    void published() {
        published = true;
    }

    /** Deletes it where it was not published. */
    @Override
    public void close() {
        if (published) {
            return;
        }
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw folder.trouble("delete a draft", e);
        }
    }
}
