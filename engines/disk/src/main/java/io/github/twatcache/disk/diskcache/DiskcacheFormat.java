package io.github.twatcache.disk.diskcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.disk.sqlite.DatabaseOptions;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.PathException;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Opens stores in the format of Python's diskcache. */
public final class DiskcacheFormat {
    private DiskcacheFormat() {}

    /**
     * Opens a store in the directory that the settings name, or in the context's folder.
     *
     * @param <K> the type of the keys
     * @param spec the settings
     * @param context what core lends
     * @param options how databases are opened
     * @return the store
     * @throws ConfigurationException when a setting was given that the format cannot honour
     * @throws io.github.twatcache.error.KeyException when the keys are none that Python can name
     * @throws io.github.twatcache.error.CacheException when it cannot be opened
     */
    public static <K> Store<K> open(CacheSpec spec, StoreContext<K> context, DatabaseOptions options) {
        Asked asked = Asked.of(spec);
        Path directory = asked.directory() == null ? context.directory().made() : made(asked.directory(), spec.name());
        List<Path> folders = folders(directory, asked);
        boolean fanout = !folders.get(0).equals(directory);
        List<Shard> shards = new ArrayList<>();
        try {
            for (Path folder : folders) {
                shards.add(Shard.open(folder, options, asked, folders.size(), fanout));
            }
            Disk disk = Disks.of(shards, asked.json());
            return new DiskcacheStore<>(Directory.of(shards, disk, spec, context), spec, context);
        } catch (RuntimeException failed) {
            shards.forEach(Shard::close);
            throw failed;
        }
    }

    /** The folders that hold databases: the directory itself, or the shards of a FanoutCache, {@code 000}, {@code 001}, … */
    private static List<Path> folders(Path directory, Asked asked) {
        Long wanted = asked.shards();
        int there = 0;
        while (Files.exists(shard(directory, there).resolve(Shard.DATABASE))) {
            there++;
        }
        boolean plain = Files.exists(directory.resolve(Shard.DATABASE));
        if (wanted != null && (there > 0 ? there != wanted : plain)) {
            throw new ConfigurationException("shards = " + wanted + " does not go with " + directory + ", which is "
                    + (there > 0
                            ? "a FanoutCache of " + there + " shards: its keys would be looked for in the wrong ones"
                            : "a Cache without shards")
                    + "; leave shards out, or choose another directory");
        }
        if (plain || (there == 0 && wanted == null)) {
            return List.of(directory);
        }
        List<Path> folders = new ArrayList<>();
        for (int number = 0;
                number < (there > 0 ? there : Math.toIntExact(Math.max(1, wanted == null ? 1 : wanted)));
                number++) {
            folders.add(made(shard(directory, number)));
        }
        return folders;
    }

    private static Path shard(Path directory, int number) {
        return directory.resolve(String.format(Locale.ROOT, "%03d", number));
    }

    private static Path made(String directory, String cache) {
        try {
            return made(Path.of(directory));
        } catch (InvalidPathException e) {
            throw new ConfigurationException(
                    "directory = " + directory + " of cache '" + cache + "' is no path here: " + e.getReason(), e);
        }
    }

    /** Makes a directory for the user alone where it is not there; its path has no links in it, so that it is opened once. */
    private static Path made(Path directory) {
        try {
            boolean posix =
                    directory.getFileSystem().supportedFileAttributeViews().contains("posix");
            FileAttribute<?>[] attributes = posix
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                    }
                    : new FileAttribute<?>[0];
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory, attributes);
            }
            return directory.toRealPath();
        } catch (IOException e) {
            throw new PathException(
                    "cannot make the directory " + directory + ": " + e.getMessage()
                            + "; let this process's user write there, or choose another directory",
                    e);
        }
    }
}
