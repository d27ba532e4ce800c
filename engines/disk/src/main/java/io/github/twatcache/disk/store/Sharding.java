package io.github.twatcache.disk.store;

import io.github.twatcache.disk.DiskSettings;
import io.github.twatcache.disk.sqlite.Database;
import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.OwnFiles;
import io.github.twatcache.error.PathException;
import io.github.twatcache.spi.StoreContext;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Over how many databases a cache is spread, and where they are. The first is the cache's own, in its folder; it says how
 * many there are from the moment it is made. The others are in {@code shards-4/1} to {@code shards-4/3}, each with all that
 * a folder with a database has.
 */
final class Sharding {
    private static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.disk");
    private static final String FOLDER = "shards-";

    private Sharding() {}

    /** Notes, in the transaction that makes a database, how many there are. */
    static void note(Link link, int shards) throws SQLException {
        link.run("INSERT OR REPLACE INTO meta VALUES ('shards', '" + shards + "')");
    }

    /** How many a database says that there are. Where it says nothing, it is alone, or has forgotten it in a rebuilding. */
    static int count(Database database, Path folder) {
        long said = database.read(link -> link.number("SELECT value + 0 FROM meta WHERE name = 'shards'", 0));
        return said > 0 ? Math.toIntExact(said) : Math.max(1, told(folder));
    }

    /** Says how many there are, where that is not what somebody has given. */
    static void tell(StoreContext<?> context, @Nullable Long given, int there, Object database) {
        if (there != (given == null ? 1 : given)) {
            context.effective(DiskSettings.SHARDS, (long) there, "the database " + database);
        }
    }

    /** How many there are by the names of folders; 0 where those say nothing. */
    static int told(Path folder) {
        Path parent = folder.getParent();
        if (parent != null && number(name(folder)) != null && shards(parent) > 0) {
            return shards(parent);
        }
        int told = 0;
        if (!Files.isDirectory(folder)) {
            return told;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, FOLDER + "*")) {
            for (Path one : all) {
                if (told > 0 && shards(one) > 0) {
                    throw new PathException(folder + " holds the shards of two caches, " + told + " and " + shards(one)
                            + ", and its database does not say which are its own; move one of the folders away");
                }
                told = Math.max(told, shards(one));
            }
            return told;
        } catch (IOException e) {
            throw new PathException(
                    "cannot look into " + folder + ": " + e.getMessage() + "; let this process's user read it", e);
        }
    }

    private static int shards(Path folder) {
        String name = name(folder);
        Integer shards = name.startsWith(FOLDER) ? number(name.substring(FOLDER.length())) : null;
        return shards == null ? 0 : shards;
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static @Nullable Integer number(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException none) {
            return null;
        }
    }

    /** Where the databases are that are not the first. */
    static Path parent(Path folder, int shards) {
        return folder.resolve(FOLDER + shards);
    }

    /** Where the database of a number is. */
    static Path place(Path folder, int shards, int number) {
        return number == 0 ? folder : parent(folder, shards).resolve(Integer.toString(number));
    }

    /** Takes away the folder of those that are not the first, which an opening has made that failed. */
    static void deleteIfEmpty(Path parent) {
        try {
            Files.deleteIfExists(parent);
        } catch (IOException inUse) {
            LOG.debug("{} holds something; it stays", parent, inUse);
        }
    }

    /** The same place, made where it is not there. */
    static Path made(Path folder, int shards, int number) {
        Path place = place(folder, shards, number);
        if (number > 0) {
            Path parent = parent(folder, shards);
            OwnFiles.refuseLink(parent);
            OwnFiles.refuseLink(place);
            try {
                OwnFiles.makeFolder(parent);
                OwnFiles.makeFolder(place);
            } catch (IOException e) {
                throw new PathException(
                        "cannot make the directory " + place + ": " + e.getMessage()
                                + "; let this process's user write there, or choose another directory",
                        e);
            }
        }
        return place;
    }
}
