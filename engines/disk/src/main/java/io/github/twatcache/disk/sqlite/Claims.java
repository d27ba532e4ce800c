package io.github.twatcache.disk.sqlite;

import io.github.twatcache.error.EngineUnavailableException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Who has a database open in this JVM. A second copy of these classes, in another class loader, has a second copy of
 * SQLite, and each would lose the locks of the other whenever it closes a file: the second is refused. System properties
 * are what class loaders share. This copy opens a database once as well, to write or to read.
 */
final class Claims {
    private static final String PROPERTY = "io.github.twatcache.disk.database.";

    /** What this copy has open, and whether to read only. */
    private static final Map<Path, Boolean> OURS = new HashMap<>();

    private Claims() {}

    static synchronized void take(Path file, boolean readOnly) {
        Object holder = System.getProperties().putIfAbsent(PROPERTY + file, words());
        if (holder == null) {
            OURS.put(file, readOnly);
            return;
        }
        Boolean reading = OURS.get(file);
        if (reading != null) {
            throw new EngineUnavailableException(
                    "the database " + file + " is open for "
                            + (reading ? "reading only" : "writing") + " here already, and cannot be opened for "
                            + (readOnly ? "reading only" : "writing")
                            + " beside that; let all caches of this process on it agree in read-only, or close the other first");
        }
        throw new EngineUnavailableException("the database " + file + " is open in this JVM already, by " + holder
                + "; load twat-cache once, in a class loader that all users see, or give each a directory of its own");
    }

    static synchronized void leave(Path file) {
        OURS.remove(file);
        System.getProperties().remove(PROPERTY + file);
    }

    private static String words() {
        ClassLoader loader = Claims.class.getClassLoader();
        return "twat-cache of " + (loader == null ? "the boot loader" : loader.toString());
    }
}
