package io.github.twatcache.path;

import io.github.twatcache.error.PathException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Opens a directory's ledger and moves this process in; done again where another process takes away what it had begun. */
final class Opening {
    private static final int TRIES = 20;

    private final Path root;
    private final Location location;
    private final DirectoryLock lock;

    Opening(Path root, Location location, DirectoryLock lock) {
        this.root = root;
        this.location = location;
        this.lock = lock;
    }

    /** To be called by who has entered the lock. Leaves nothing behind where it fails. */
    Open open() throws IOException {
        for (int tries = 1; ; tries++) {
            Ground ground = new Ground(location);
            try {
                if (!ground.prepared().equals(root)) {
                    throw new PathException("the cache directory " + location.path() + " (from " + location.source()
                            + ") does not lead to " + root + " any more; close twat-cache before it is moved");
                }
                return opened(ground);
            } catch (NoSuchFileException | FileNotFoundException e) {
                ground.undo();
                if (tries == TRIES || !Trouble.gone(e, Room.ledgerOf(root))) {
                    throw e;
                }
            } catch (IOException | RuntimeException e) {
                ground.undo();
                throw e;
            }
        }
    }

    private Open opened(Ground ground) throws IOException {
        Path file = Room.ledgerOf(root);
        boolean made = false;
        try {
            Modes.file(file);
            made = true;
        } catch (FileAlreadyExistsException e) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new PathException("the cache directory " + root + " (from " + location.source()
                        + ") cannot be used: its " + root.relativize(file) + " is no plain file; remove that");
            }
        }
        Object key = Open.key(file);
        Ledger ledger = new Ledger(file);
        try {
            lock(ledger, made);
            try {
                if (!key.equals(Open.key(file))) {
                    throw new NoSuchFileException(file.toString());
                }
                return new Open(ledger, key, movedIn(ground, ledger));
            } finally {
                lock.unlock();
            }
        } catch (IOException | RuntimeException e) {
            ledger.close();
            throw e;
        }
    }

    /** Takes the lock; where there is none to be had, what was made goes again: nobody else is in here. */
    private void lock(Ledger ledger, boolean made) throws IOException {
        try {
            lock.lock(ledger.handle(), root);
        } catch (IOException refusal) {
            if (made && ledger.empty()) {
                ledger.close();
                Files.deleteIfExists(Room.ledgerOf(root));
            }
            throw Trouble.unlocked(root, location, refusal);
        }
    }

    /** Makes this process's folder, sweeps those of the dead, and has the count in order. */
    private ProcessFolder movedIn(Ground ground, Ledger ledger) throws IOException {
        Path own = root.resolve(Ground.OWN);
        boolean fresh = ledger.empty();
        @Nullable ProcessFolder process = null;
        try {
            process = ProcessFolder.make(root, location);
            boolean crashed = process.sweep(own);
            Turns.sweep(own);
            if (fresh) {
                ground.mark(root);
            }
            if (fresh || crashed) {
                Recount.anew(root, ledger);
            } else {
                Recount.settled(root, ledger);
            }
            return process;
        } catch (IOException | RuntimeException e) {
            if (process != null) {
                process.close();
            }
            if (fresh && ProcessFolder.nobody(own)) {
                Files.deleteIfExists(Room.ledgerOf(root));
                // Under the lock, so that what another process makes next is not taken away.
                ground.undo();
            }
            throw e;
        }
    }
}
