package io.github.twatcache.disk.sqlite;

import io.github.twatcache.error.PathException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Opens a database while nobody commits to it, and nobody moves it; where it is malformed, that which is built in its place. */
final class SoundOpening {
    private SoundOpening() {}

    static Database of(Path file, DatabaseOptions options, Rebuilding rebuilding, boolean suspect, WriteLock lock)
            throws SQLException {
        try {
            lock.take(options.lockTimeout());
            try {
                Rescue rescue = new Rescue(file, options, rebuilding);
                if (!rebuilding.inPlace() && rescue.begun()) {
                    rescue.run("a process that rebuilt it has died");
                }
                Link first = null;
                try {
                    first = Opening.first(file, options, rebuilding::requireOurs);
                    Opening.requireSound(first, suspect);
                    return new Database(file, options, first, lock);
                } catch (SQLException fault) {
                    if (first != null) {
                        first.close();
                    }
                    if (!Faults.damaged(fault)) {
                        throw fault;
                    }
                    String why = String.valueOf(fault.getMessage());
                    if (rebuilding.inPlace()) {
                        new RescueInPlace(file, options, rebuilding).run(why);
                    } else {
                        rescue.run(why);
                    }
                    return new Database(file, options, Opening.first(file, options, rebuilding::requireOurs), lock);
                }
            } finally {
                lock.leave();
            }
        } catch (IOException failed) {
            throw new PathException(
                    "cannot open " + file + ": " + failed.getMessage()
                            + "; let this process's user write there, free space, or choose another directory",
                    failed);
        }
    }
}
