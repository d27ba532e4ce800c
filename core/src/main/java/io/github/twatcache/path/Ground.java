package io.github.twatcache.path;

import io.github.twatcache.error.PathException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Makes the directory and what must be in it, or says why it is not fit, and remembers what it has made: where an opening
 * fails, that goes again.
 */
final class Ground {
    /** The room's own folder, beside those of the caches, whose names never begin with a dot. */
    static final String OWN = ".twat-cache";

    private static final String TAG = "CACHEDIR.TAG";
    private static final String TAG_TEXT = """
            Signature: 8a477f597d28d172789f06886806bc55
            # This file marks a cache directory: backups may leave it out, and all in it may be deleted.
            # See https://bford.info/cachedir/
            """;
    private static final String IGNORE = ".gitignore";
    private static final String IGNORE_TEXT = "# Made by twat-cache.\n*\n";

    /** What may lie in a directory that is otherwise empty: a fresh volume's, a desktop's, and our own two. */
    private static final Set<String> TOLERATED = Set.of("lost+found", ".DS_Store", "desktop.ini", TAG, IGNORE);

    private static final String ANOTHER =
            "choose another directory with TwatCache.builder().directory(path) or " + Location.VARIABLE;

    private final Path wanted;
    private final String source;
    private final Deque<Path> made = new ArrayDeque<>();

    Ground(Location location) {
        this.wanted = location.path();
        this.source = location.source();
    }

    /** The real directory, made if it was not there, and found fit. */
    Path prepared() throws IOException {
        List<Path> missing = new ArrayList<>();
        for (Path path = wanted; path != null && !Files.exists(path); path = path.getParent()) {
            missing.add(0, path);
        }
        for (Path path : missing) {
            try {
                Modes.directory(path);
                made.push(path);
            } catch (FileAlreadyExistsException e) {
                // Another process was faster; or it is a link that leads nowhere.
                if (!Files.isDirectory(path)) {
                    throw e;
                }
            }
        }
        Path root = wanted.toRealPath();
        if (!Files.isDirectory(root)) {
            throw unfit(root, "it is no directory", ANOTHER);
        }
        boolean ours = Files.isDirectory(root.resolve(OWN), LinkOption.NOFOLLOW_LINKS);
        boolean empty = !ours && empty(root);
        requireOwner(root);
        if (empty && made.isEmpty()) {
            Modes.tighten(root);
        } else {
            requireClosedToOthers(root);
            requireOwnInside(root);
        }
        if (!ours) {
            makeOwn(root.resolve(OWN));
        }
        return root;
    }

    /**
     * Marks a new directory for backups and for git: to be called once, by who holds its lock. One that holds other things
     * too is left unmarked, since the marks would speak of those as well.
     */
    void mark(Path root) throws IOException {
        if (empty(root)) {
            write(root.resolve(TAG), TAG_TEXT);
            write(root.resolve(IGNORE), IGNORE_TEXT);
        }
    }

    private void makeOwn(Path own) throws IOException {
        try {
            Modes.directory(own);
            made.push(own);
        } catch (FileAlreadyExistsException e) {
            // Another process was faster; or it is something else, or a link that leads elsewhere.
            if (!Files.isDirectory(own, LinkOption.NOFOLLOW_LINKS)) {
                throw unfit(own, "it is no directory", "remove it");
            }
        }
    }

    /** Whole or not at all, and not over another's. */
    private void write(Path file, String text) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path draft = file.resolveSibling(OWN).resolve("draft-" + UUID.randomUUID());
        try {
            Modes.file(draft);
            Files.writeString(draft, text, StandardCharsets.US_ASCII);
            Files.move(draft, file);
            made.push(file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static boolean empty(Path root) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                // Our own folder, and what other processes ask the file system with at this moment.
                if (!name.startsWith(OWN) && !TOLERATED.contains(name)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Asks the file system whom a new file belongs to: no name or number of the process's user is always to be had. */
    private void requireOwner(Path root) throws IOException {
        if (made.contains(root)) {
            return;
        }
        Path probe = root.resolve(OWN + "-probe-" + UUID.randomUUID());
        try {
            Modes.file(probe);
            if (Modes.posix(root)) {
                requireOwner(root, Files.getOwner(probe));
            }
        } catch (IOException refusal) {
            if (!Trouble.unwritable(refusal)) {
                throw refusal;
            }
            throw denied(root, refusal);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private void requireOwner(Path root, UserPrincipal self) throws IOException {
        UserPrincipal owner = Files.getOwner(root);
        if (!owner.equals(self)) {
            throw unfit(
                    root,
                    "it belongs to user " + owner.getName() + ", and this process runs as user " + self.getName(),
                    "choose a directory of its own for each user");
        }
    }

    /**
     * What is wrong with a directory that cannot be written to. One that is a cache directory may be read, by who changes
     * nothing there, if nobody can change it whom this process need not believe anyway: its own user, and root.
     */
    private PathException denied(Path root, IOException refusal) throws IOException {
        String belongs = "";
        if (Modes.posix(root)) {
            if (!Modes.ofRoot(root)) {
                requireOwner(
                        root,
                        Modes.self()
                                .orElseThrow(() -> unfit(
                                        root,
                                        "nobody can tell whether it belongs to this process's user, who may not write to"
                                                + " it",
                                        ANOTHER)));
            }
            requireClosedToOthers(root);
            requireOwnInside(root);
            belongs = "; it belongs to user " + Files.getOwner(root).getName();
        }
        PathException denied = unfit(
                root,
                refusal instanceof AccessDeniedException
                        ? "this process's user may not write to it" + belongs
                        : "its file system is read-only" + belongs,
                "let this user write there, or " + ANOTHER);
        boolean ours = Files.isDirectory(root.resolve(OWN)) || Files.isDirectory(root.resolve(Room.CACHES));
        denied.initCause(ours ? new Unwritable(refusal) : refusal);
        return denied;
    }

    private void requireClosedToOthers(Path root) throws IOException {
        if (Modes.openToOthers(root)) {
            throw unfit(
                    root,
                    "other users may write to it, and could put there what your program then reads",
                    "take that right away (chmod -R go-w), or choose a directory of its own");
        }
    }

    /**
     * Our folders inside are to be as the directory itself: one that was copied, or closed to others only later, may have some
     * that others can still write to, or have put there. Whoever may write to none of these puts nothing further down.
     */
    private void requireOwnInside(Path root) throws IOException {
        if (!Modes.posix(root)) {
            return;
        }
        UserPrincipal owner = Files.getOwner(root);
        Path caches = root.resolve(Room.CACHES);
        requireOwn(root.resolve(OWN), owner);
        requireOwn(caches, owner);
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(caches)) {
            for (Path folder : folders) {
                requireOwn(folder, owner);
            }
        } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException none) {
            // Nothing was cached yet; what stands in the way is told where somebody wants to write there.
            return;
        }
    }

    private void requireOwn(Path folder, UserPrincipal owner) throws IOException {
        try {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            UserPrincipal its = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS);
            if (!its.equals(owner) && !Modes.ofRoot(folder)) {
                throw unfit(
                        folder,
                        "it belongs to user " + its.getName() + ", and the cache directory to user " + owner.getName(),
                        "remove it, or take over with chown -R what you trust");
            }
            requireClosedToOthers(folder);
        } catch (NoSuchFileException gone) {
            // Never made, or deleted at this moment.
            return;
        }
    }

    private PathException unfit(Path root, String why, String mend) {
        return new PathException(
                "cannot use " + root + " (from " + source + ") as cache directory: " + why + "; " + mend);
    }

    /** Takes away what was made and is not in another's use by now. */
    void undo() {
        Path own = made.stream().filter(path -> path.endsWith(OWN)).findFirst().orElse(null);
        if (own != null && !deleted(own)) {
            return;
        }
        while (!made.isEmpty()) {
            deleted(made.pop());
        }
    }

    private static boolean deleted(Path path) {
        try {
            Files.deleteIfExists(path);
            return true;
        } catch (IOException inUse) {
            // Another process has put something there: it is that one's directory now.
            return false;
        }
    }
}
