package io.github.twatcache.disk.store;

import com.dynatrace.hash4j.hashing.HashStream64;
import io.github.twatcache.disk.sqlite.Uninterrupted;
import io.github.twatcache.error.PathException;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Values that are too large for a row, each in a file of its own. A file gets a number that no other has ever had, is
 * written whole before a row names it, and never changed: who opens it reads all of it or finds it gone.
 */
final class ValueFiles {
    static final String FOLDER = "values";

    /** Where damaged files and databases are kept. */
    static final String ASIDE = "set-aside";

    private static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.disk");

    private static final int CHUNK = 1 << 18;
    private static final int SPARE_CHUNKS = 8;
    private static final int PAGE = 4_096;

    /**
     * Where a chunk begins in its page: some processors copy several times as slowly from the system's memory to the very
     * beginning of a page.
     */
    private static final int OFF_PAGE = 64;

    private static final int LOW_BITS = 0xFF;

    private static final int KEPT = 100;

    private final Path folder;
    private final boolean posix;
    private final Path aside;
    private final FileAttribute<?>[] forFiles;
    private final FileAttribute<?>[] forFolders;
    private final ConcurrentLinkedDeque<ByteBuffer> chunks = new ConcurrentLinkedDeque<>();
    private final ConcurrentLinkedDeque<byte[]> arrays = new ConcurrentLinkedDeque<>();

    ValueFiles(Path cache) {
        this.folder = cache.resolve(FOLDER);
        this.posix = cache.getFileSystem().supportedFileAttributeViews().contains("posix");
        this.aside = cache.resolve(ASIDE);
        this.forFiles = attributes(posix, "rw-------");
        this.forFolders = attributes(posix, "rwx------");
    }

    private static FileAttribute<?>[] attributes(boolean posix, String mode) {
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    /** Where the file of a number is. */
    Path path(long number) {
        HexFormat hex = HexFormat.of();
        return folder.resolve(hex.toHexDigits(number & LOW_BITS, 2)).resolve(hex.toHexDigits(number));
    }

    /** Where all of them are. */
    Path folder() {
        return folder;
    }

    /** Writes a new file, whole or not at all. */
    void write(long number, byte[] value) {
        Path path = path(number);
        try {
            Uninterrupted.of(() -> {
                try (FileChannel channel = created(path)) {
                    write(channel, value);
                }
                return true;
            });
        } catch (IOException failed) {
            deleteQuietly(path, failed);
            throw trouble("write", path, failed);
        }
    }

    private FileChannel created(Path path) throws IOException {
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            return FileChannel.open(path, options, forFiles);
        } catch (NoSuchFileException e) {
            makeFolders(path);
            return FileChannel.open(path, options, forFiles);
        } catch (FileAlreadyExistsException e) {
            // Ours alone is the number; what is there was begun by us and interrupted.
            Files.delete(path);
            return FileChannel.open(path, options, forFiles);
        }
    }

    private void makeFolders(Path path) throws IOException {
        for (Path part : new Path[] {folder, path.getParent()}) {
            if (!Files.isDirectory(part)) {
                try {
                    Files.createDirectory(part, forFolders);
                } catch (FileAlreadyExistsException made) {
                    // By another process, meanwhile.
                }
            }
        }
    }

    private void write(FileChannel channel, byte[] value) throws IOException {
        ByteBuffer chunk = chunk();
        try {
            for (int at = 0; at < value.length; ) {
                int length = Math.min(CHUNK, value.length - at);
                chunk.clear().put(value, at, length).flip();
                while (chunk.hasRemaining()) {
                    channel.write(chunk);
                }
                at += length;
            }
        } finally {
            spare(chunk);
        }
    }

    /** Reads a file; null where it is gone. */
    byte @Nullable [] read(long number) {
        Path path = path(number);
        try {
            return Uninterrupted.of(() -> {
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                    return read(channel);
                }
            });
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw trouble("read", path, e);
        }
    }

    /**
     * What a checksum is made of.
     *
     * @param hash the XXH3-64 of a file
     * @param length its length
     */
    record Sum(long hash, long length) {}

    /** Reads a file for its checksum, and holds no more of it than a part; null where it is gone. */
    @Nullable Sum sum(long number) {
        try (InputStream in = open(number)) {
            HashStream64 hash = Seal.hash();
            byte[] part = new byte[CHUNK];
            long length = 0;
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                hash.putBytes(part, 0, read);
                length += read;
            }
            return new Sum(hash.getAsLong(), length);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw trouble("read", path(number), e);
        }
    }

    /**
     * Opens a file to be read: what is opened can be read to its end, even where the file is deleted meanwhile.
     *
     * @throws NoSuchFileException where it is gone
     */
    InputStream open(long number) throws IOException {
        Path path = path(number);
        try {
            // An interrupt does not close this one. Where it would keep the file from being deleted, it is no choice.
            return posix ? new FileInputStream(path.toFile()) : Files.newInputStream(path);
        } catch (FileNotFoundException e) {
            if (Files.exists(path)) {
                throw e;
            }
            throw new NoSuchFileException(path.toString());
        }
    }

    /** Makes a new file, to be written by somebody who deletes it where he does not come to the end. */
    OutputStream create(long number) throws IOException {
        Path path = path(number);
        Uninterrupted.of(() -> {
            created(path).close();
            return true;
        });
        return posix ? new FileOutputStream(path.toFile()) : Files.newOutputStream(path);
    }

    private byte[] read(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size > Integer.MAX_VALUE - Long.BYTES) {
            throw new IOException("a value of " + size + " bytes is larger than an array can be");
        }
        byte[] value = new byte[(int) size];
        ByteBuffer chunk = chunk();
        try {
            for (int at = 0; at < value.length; ) {
                chunk.clear().limit(Math.min(CHUNK, value.length - at));
                if (channel.read(chunk) < 0) {
                    return Arrays.copyOf(value, at);
                }
                int length = chunk.flip().remaining();
                chunk.get(value, at, length);
                at += length;
            }
            return value;
        } finally {
            spare(chunk);
        }
    }

    /** The value of a row, wherever it is; null where it is gone. */
    byte @Nullable [] content(Row row) {
        return row.value() != null || row.file() == 0 ? row.value() : read(row.file());
    }

    /**
     * Keeps what should not be where it is, for somebody to look at; what was set aside first goes. Says whether it was
     * there.
     */
    boolean setAside(Path file) {
        try {
            Files.createDirectories(aside, forFolders);
            Path kept = aside.resolve(String.valueOf(file.getFileName()));
            Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
            // When it was written its row says; what counts here is when it came here.
            Files.setLastModifiedTime(kept, FileTime.from(Instant.now()));
            List<Kept> all = new ArrayList<>();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(aside)) {
                for (Path one : files) {
                    if (!Files.isDirectory(one) && !one.equals(kept)) {
                        all.add(new Kept(one, since(one)));
                    }
                }
            }
            all.sort(Comparator.comparing(Kept::since));
            for (int i = KEPT; i <= all.size(); i++) {
                Files.deleteIfExists(all.get(i - KEPT).file);
            }
            return true;
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException e) {
            throw trouble("set aside", file, e);
        }
    }

    /** Something that was set aside. */
    private record Kept(Path file, FileTime since) {}

    private static FileTime since(Path kept) throws IOException {
        try {
            return Files.getLastModifiedTime(kept);
        } catch (NoSuchFileException gone) {
            // By another process, which sets something aside too.
            return FileTime.fromMillis(0);
        }
    }

    /** The same with a value file whose row has gone: that it cannot be moved changes nothing of that. */
    void setAsideQuietly(long number) {
        try {
            setAside(path(number));
        } catch (PathException stays) {
            LOG.warn("a damaged value file is not set aside, and stays where it is", stays);
        }
    }

    /** Deletes a file that no row names; says whether it is gone, which it may well have been before. */
    boolean deleted(long number) {
        try {
            Files.deleteIfExists(path(number));
            return true;
        } catch (IOException notNow) {
            LOG.debug("the value file {} cannot be deleted", path(number), notNow);
            return false;
        }
    }

    private static void deleteQuietly(Path path, Throwable because) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    /**
     * Reads a file into an array that is lent, if it is none of the largest; null where it is gone. So nobody has to fill a
     * new one with zeroes first, and to throw it away.
     */
    @Nullable Filled lend(long number) {
        Path path = path(number);
        try {
            return Uninterrupted.of(() -> {
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                    long size = channel.size();
                    if (size > CHUNK) {
                        byte[] whole = read(channel);
                        return new Filled(whole, whole.length, false);
                    }
                    return lent(channel, (int) size);
                }
            });
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw trouble("read", path, e);
        }
    }

    private Filled lent(FileChannel channel, int size) throws IOException {
        ByteBuffer chunk = chunk();
        try {
            int read = 0;
            chunk.clear().limit(size);
            while (read >= 0 && chunk.hasRemaining()) {
                read = channel.read(chunk);
            }
            byte[] spare = arrays.poll();
            byte[] array = spare == null ? new byte[CHUNK] : spare;
            int length = chunk.flip().remaining();
            chunk.get(array, 0, length);
            return new Filled(array, length, true);
        } finally {
            spare(chunk);
        }
    }

    /** Takes an array back, if it was lent. */
    void giveBack(@Nullable Filled filled) {
        if (filled != null && filled.lent() && arrays.size() < SPARE_CHUNKS) {
            arrays.push(filled.bytes());
        }
    }

    private ByteBuffer chunk() {
        ByteBuffer spare = chunks.poll();
        return spare == null ? offPage() : spare;
    }

    /** Memory that begins a little behind the beginning of a page. */
    private static ByteBuffer offPage() {
        ByteBuffer onPage = ByteBuffer.allocateDirect(CHUNK + 2 * PAGE).alignedSlice(PAGE);
        return onPage.slice(OFF_PAGE, CHUNK);
    }

    private void spare(ByteBuffer chunk) {
        if (chunks.size() < SPARE_CHUNKS) {
            chunks.push(chunk);
        }
    }

    private static PathException trouble(String doing, Path path, IOException cause) {
        return new PathException(
                "cannot " + doing + " the value file " + path + ": " + cause.getMessage()
                        + "; see whether its directory is still there, there is space, and this process's user may write"
                        + " there",
                cause);
    }
}
