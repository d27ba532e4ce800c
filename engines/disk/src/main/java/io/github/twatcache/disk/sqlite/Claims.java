package io.github.twatcache.disk.sqlite;

import io.github.twatcache.error.EngineUnavailableException;
import java.nio.file.Path;

/**
 * Who has a database open in this JVM. A second copy of these classes, in another class loader, has a second copy of
 * SQLite, and each would lose the locks of the other whenever it closes a file: the second is refused. System properties
 * are what class loaders share.
 */
final class Claims {
    private static final String PROPERTY = "io.github.twatcache.disk.database.";

    private Claims() {}

    static void take(Path file) {
        Object holder = System.getProperties().putIfAbsent(PROPERTY + file, words());
        if (holder != null) {
            throw new EngineUnavailableException(
                    "the database " + file + " is open in this JVM already, by " + holder
                            + "; load twat-cache once, in a class loader that all users see, or give each a directory of its own");
        }
    }

    static void leave(Path file) {
        System.getProperties().remove(PROPERTY + file);
    }

    private static String words() {
        ClassLoader loader = Claims.class.getClassLoader();
        return "twat-cache of " + (loader == null ? "the boot loader" : loader.toString());
    }
}
