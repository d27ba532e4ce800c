package io.github.twatcache.path;

import io.github.twatcache.error.LockTimeoutException;
import io.github.twatcache.error.PathException;
import io.github.twatcache.text.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Who uses which directory in this JVM: one {@link Room} for each, shared by all who open it. A copy of this class in
 * another class loader is refused, because the operating system's locks belong to the process: they would let both in, and
 * fall for both when one closes its handle. System properties are what class loaders share.
 */
final class Claims {
    private static final String PROPERTY = "io.github.twatcache.directory.";

    /** One of the few pieces of state that the process has but once. */
    private static final Map<Path, Room> ROOMS = new HashMap<>();

    private Claims() {}

    /** The room of a directory, for one more user. Where the room is being closed, that is waited for, as for its lock. */
    static Room take(Path root, Location location, Duration timeout) {
        long deadline = DirectoryLock.deadline(timeout);
        while (true) {
            Room leaving;
            synchronized (ROOMS) {
                Room room = ROOMS.get(root);
                if (room == null) {
                    room = claimed(root, location, timeout);
                    ROOMS.put(root, room);
                }
                if (!room.leaves) {
                    room.users++;
                    room.overdue = false;
                    return room;
                }
                leaving = room;
            }
            if (!DirectoryLock.await(deadline, nanos -> leaving.left.tryAcquire(nanos, TimeUnit.NANOSECONDS))) {
                throw new LockTimeoutException("the cache directory " + root + " (from " + location.source()
                        + ") was not to be had within " + Durations.format(timeout)
                        + ": another thread of this process is closing it, and waits for its lock; end what hangs"
                        + " there, or allow more time (lockTimeout)");
            }
            leaving.left.release();
        }
    }

    private static Room claimed(Path root, Location location, Duration timeout) {
        Object holder = System.getProperties().putIfAbsent(PROPERTY + root, words());
        if (holder != null) {
            throw new PathException("the cache directory " + root + " (from " + location.source()
                    + ") is in use in this JVM by another copy of twat-cache, loaded by " + holder
                    + "; load twat-cache once, in a class loader that both see, or give each a directory of its own");
        }
        return new Room(root, location, timeout);
    }

    /**
     * Ends one use; the last closes the room, and lets other class loaders in. Who opens another directory does not wait for
     * that. A room in whose way a thread is stays claimed until that thread leaves it, or somebody takes it again.
     */
    static void leave(Room room) {
        synchronized (ROOMS) {
            if (--room.users > 0) {
                return;
            }
            begin(room);
        }
        if (!closed(room)) {
            room.closeIfOverdue();
        }
    }

    /**
     * Closes a room that the last user could not close, by who has entered its lock: then nobody is in the way. Whoever holds
     * the lock may ask for this monitor; nobody who has it waits for the lock.
     */
    static void leaveLate(Room room) {
        synchronized (ROOMS) {
            if (!room.overdue) {
                return;
            }
            begin(room);
        }
        closed(room);
    }

    private static boolean closed(Room room) {
        boolean closed = false;
        try {
            closed = room.close();
        } finally {
            end(room, closed);
        }
        return closed;
    }

    private static void begin(Room room) {
        room.leaves = true;
        room.overdue = false;
        room.left.acquireUninterruptibly();
    }

    private static void end(Room room, boolean closed) {
        synchronized (ROOMS) {
            room.leaves = false;
            room.overdue = !closed;
            if (closed) {
                ROOMS.remove(room.root());
                System.getProperties().remove(PROPERTY + room.root());
            }
        }
        room.left.release();
    }

    private static String words() {
        ClassLoader loader = Claims.class.getClassLoader();
        return loader == null ? "the boot loader" : loader.toString();
    }
}
