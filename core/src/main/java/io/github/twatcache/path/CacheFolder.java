package io.github.twatcache.path;

import io.github.twatcache.error.PathException;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one cache: what an engine writes through it is atomic over processes, counted, and held to the quota.
 * Thread-safe.
 *
 * <p>An engine that writes files publishes and deletes them here. One that has a database writes that by itself, below
 * {@link #path}, and {@linkplain #report reports} how large it is.
 */
public final class CacheFolder implements AutoCloseable {
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_~=-][A-Za-z0-9._~=-]{0,199}");
    private static final int LONGEST_FILE = 512;

    private final CacheDirectory directory;
    private final String name;
    private final String folder;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Room room;
    private final Account account;
    private volatile @Nullable Tenant tenant;

    CacheFolder(CacheDirectory directory, String name, String folder) {
        this.directory = directory;
        this.name = name;
        this.folder = folder;
        this.room = directory.room();
        this.account = new Account(room, name, folder);
        room.add(folder, this);
    }

    /**
     * The cache's name.
     *
     * @return the name, in Unicode's composed form
     */
    public String name() {
        return name;
    }

    /**
     * Where it is.
     *
     * @return the path; there may be nothing there yet
     */
    public Path path() {
        return room.caches().resolve(folder);
    }

    /**
     * Makes the folder where it is not there: for engines that write there by themselves.
     *
     * @return the path
     * @throws PathException when it cannot be made, or a link is in its place
     */
    public Path made() {
        return directory.room().locked("make a folder", account::made);
    }

    /**
     * Says how room is made in it.
     *
     * @param files what its files are; remembered for processes that do not have the cache open
     * @param evictor deletes what can be spared
     */
    public void settle(Layout files, Tenant evictor) {
        account.layout(Objects.requireNonNull(files, "files"));
        tenant = Objects.requireNonNull(evictor, "evictor");
    }

    /**
     * The path of a file.
     *
     * @param file its name: letters, digits and {@code . _ ~ = -}, not beginning with a dot, in folders separated by
     *     {@code /}; at most 512 characters
     * @return the path; there may be nothing there
     * @throws PathException when the name is another's, or a link there leads out of the folder
     */
    public Path resolve(String file) {
        Path path = named(file);
        try {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                    && !path.toRealPath().startsWith(path())) {
                throw new PathException(path + " is a link that leads out of the folder of cache '" + name
                        + "'; remove it, nobody but twat-cache is to put files there");
            }
        } catch (NoSuchFileException e) {
            // Deleted at this moment, or a link to nothing: nobody reads through it, and a rename replaces it.
            return path;
        } catch (IOException e) {
            throw trouble("read", e);
        }
        return path;
    }

    /** The path of a file, whatever is there. */
    Path named(String file) {
        if (file.length() > LONGEST_FILE
                || Stream.of(file.split("/", -1))
                        .anyMatch(part -> !FILE.matcher(part).matches())) {
            throw new PathException("a file of cache '" + name + "' cannot have that name: it has " + file.length()
                    + " characters, and must be of letters, digits and . _ ~ = - in folders separated by /");
        }
        return path().resolve(file);
    }

    /**
     * Starts a file.
     *
     * @return the draft, to be published or closed
     * @throws PathException when it cannot be made
     */
    public Draft draft() {
        try {
            return directory.room().draft(path -> new Draft(this, path));
        } catch (IOException e) {
            throw trouble("write", e);
        }
    }

    /**
     * Makes a small file at once.
     *
     * @param content what is in it
     * @return the draft, to be published or closed
     * @throws PathException when it cannot be made
     */
    public Draft draft(byte[] content) {
        try {
            return directory.room().draft(path -> new Draft(this, path, content));
        } catch (IOException e) {
            throw trouble("write", e);
        }
    }

    /**
     * Writes a file, whole or not at all.
     *
     * @param file its name, see {@link #resolve}
     * @param content what is in it
     * @return whether it was written; not where the quota leaves no room for it
     * @throws PathException when it cannot be written: no space, no permission
     * @throws io.github.twatcache.error.LockTimeoutException when another process held the directory's lock for too long
     */
    public boolean write(String file, Content content) {
        for (boolean again = false; ; again = true) {
            try (Draft draft = draft()) {
                // No channel: it would close itself under a thread that is interrupted.
                try (OutputStream out = new BufferedOutputStream(
                        new FileOutputStream(draft.path().toFile()))) {
                    content.writeTo(out);
                }
                return draft.publish(file);
            } catch (IOException e) {
                if (again || !Trouble.gone(e, directory.path())) {
                    throw trouble("write", e);
                }
            } catch (PathException e) {
                // Deleted under us, between the draft and its publishing: once more, in the new one.
                if (again || !(e.getCause() instanceof IOException cause) || !Trouble.gone(cause, directory.path())) {
                    throw e;
                }
            }
        }
    }

    boolean publish(Path draft, String file) {
        Path target = resolve(file);
        while (true) {
            Account.Change change = directory
                    .room()
                    .locked("write", ledger -> account.publish(ledger, new Hold(), draft, target, directory.quota()));
            if (change.lack() == 0) {
                directory.counted(change.total());
                return true;
            }
            if (change.lack() == Account.NEVER || !new Eviction(directory, folder).gives(change.lack())) {
                return false;
            }
        }
    }

    /**
     * Deletes a file.
     *
     * @param file its name, see {@link #resolve}
     * @return whether it was there
     * @throws PathException when it cannot be deleted
     * @throws io.github.twatcache.error.LockTimeoutException when another process held the directory's lock for too long
     */
    public boolean delete(String file) {
        Path target = resolve(file);
        Account.Change change = directory.room().locked("delete", ledger -> account.delete(ledger, new Hold(), target));
        directory.counted(change.total());
        return change.happened();
    }

    /**
     * Changes several files while no other process or thread changes any: what is looked at meanwhile stays as it is. Makes
     * room first where the quota asks for that.
     *
     * <p>The lock is the whole directory's: what takes long, such as writing, belongs before it, into drafts.
     *
     * @param <T> what comes of it
     * @param doing what is done, in words that go on after "cannot": {@code "store an entry"}
     * @param bytes how many bytes it may add, 0 or more
     * @param step what is done
     * @return what comes of it; empty where the quota leaves no room for so many bytes
     * @throws PathException when a file cannot be read or written
     * @throws io.github.twatcache.error.LockTimeoutException when another process held the directory's lock for too long
     */
    public <T> Optional<T> change(String doing, long bytes, Changes.Step<T> step) {
        while (true) {
            long[] lack = new long[1];
            List<Changes> made = new ArrayList<>();
            Optional<T> result;
            try {
                result = directory.room().locked(doing, ledger -> {
                    lack[0] = account.lack(ledger, bytes, directory.quota());
                    if (lack[0] > 0) {
                        return Optional.empty();
                    }
                    Changes changes = new Changes(this, account, ledger);
                    made.add(changes);
                    return Optional.of(step.run(changes));
                });
            } finally {
                made.forEach(changes -> changes.counted(directory));
            }
            if (lack[0] == 0) {
                return result;
            }
            if (lack[0] == Account.NEVER || !new Eviction(directory, folder).gives(lack[0])) {
                return Optional.empty();
            }
        }
    }

    /**
     * Who may do what takes one alone, over all processes.
     *
     * @return the turns, apart from those of other caches
     */
    public Turns turns() {
        return new Turns(room, this, folder);
    }

    /**
     * Deletes all files.
     *
     * @throws PathException when one cannot be deleted; those before it are
     */
    public void clear() {
        try {
            for (Aged file : Aged.below(path())) {
                delete(path().relativize(file.path()).toString().replace('\\', '/'));
            }
        } catch (IOException e) {
            throw trouble("clear cache '" + name + "'", e);
        }
    }

    /**
     * Counts what an engine has written by itself, and makes room where that is more than the quota allows.
     *
     * @param bytes the lengths of the cache's files, 0 or more
     * @param files how many they are, 0 or more
     * @return whether all caches are within the quota now
     * @throws PathException when it cannot be counted
     * @throws io.github.twatcache.error.LockTimeoutException when another process held the directory's lock for too long
     */
    public boolean report(long bytes, long files) {
        count(bytes, files);
        return fits();
    }

    /**
     * Counts what an engine has written by itself, makes no room and tells nobody: for {@link Tenant}, and for stores that
     * call {@link #fits} where they hold no lock.
     *
     * @param bytes the lengths of the cache's files, 0 or more
     * @param files how many they are, 0 or more
     * @throws PathException when it cannot be counted
     * @throws io.github.twatcache.error.LockTimeoutException when another process held the directory's lock for too long
     */
    public void count(long bytes, long files) {
        if (bytes < 0 || files < 0) {
            throw new IllegalArgumentException(
                    "a cache holds 0 bytes and files or more, not " + bytes + " and " + files);
        }
        directory.room().locked("count", ledger -> account.report(ledger, bytes, files));
    }

    /**
     * Makes room where all caches hold more than the quota allows, and tells the listener where they hold 80 % of it. Has
     * the other stores of this process count before that, where they have written by themselves. To be called holding no
     * lock.
     *
     * @return whether all caches are within the quota now
     * @throws PathException when the count cannot be read
     * @throws io.github.twatcache.error.LockTimeoutException when another process held the directory's lock for too long
     */
    public boolean fits() {
        if (directory.quota().isEmpty()) {
            return true;
        }
        long limit = directory.quota().get().bytes();
        directory.countAll();
        long total = directory.total();
        directory.counted(total);
        while (total > limit) {
            if (!new Eviction(directory, folder).gives(total - limit)) {
                return false;
            }
            total = directory.total();
        }
        return true;
    }

    /**
     * Says that so many bytes were given where room was asked for: for stores that count by themselves, so that what
     * others add meanwhile does not hide it.
     *
     * @param bytes how many, 0 or more
     */
    public void gave(long bytes) {
        if (bytes > 0) {
            room.freed(folder, bytes);
        }
    }

    /**
     * Whether this process keeps all caches to a quota.
     *
     * @return whether it does
     */
    public boolean bounded() {
        return directory.quota().isPresent();
    }

    /**
     * Notes what this store has written by itself: for stores that do not count each write.
     *
     * @param bytes about how many bytes were written since, or, where negative, how many of those noted are counted now
     */
    public void uncounted(long bytes) {
        room.uncounted().addAndGet(bytes);
    }

    /**
     * Whether it is time to count: all stores of this process together have noted as {@linkplain #uncounted not counted} a
     * quarter, or more, of what all caches may grow before something happens, which is that listeners are told or that room
     * must be made. Takes no lock.
     *
     * @return whether it is; never where there is no quota
     */
    public boolean due() {
        return directory.quota().isPresent()
                && room.uncounted().get() >= directory.quota().get().left(room.sum()) / 4;
    }

    /**
     * Whether so many bytes more would exceed a quota for which nobody makes room. Takes no lock.
     *
     * @param more how many bytes, beside those that are noted as {@linkplain #uncounted not counted}
     * @return whether they are to be refused; never but with {@link QuotaPolicy#REFUSE}
     */
    public boolean refuses(long more) {
        return directory
                        .quota()
                        .filter(quota -> quota.policy() == QuotaPolicy.REFUSE)
                        .isPresent()
                && room.sum()
                        > directory.quota().get().bytes()
                                - Math.max(0, room.uncounted().get())
                                - more;
    }

    /**
     * What it holds.
     *
     * @return its part of {@link CacheDirectory#usage}
     */
    public DiskUsage.Share usage() {
        return directory.usage().caches().getOrDefault(name, DiskUsage.Share.NOTHING);
    }

    Optional<Tenant> tenant() {
        return Optional.ofNullable(tenant);
    }

    PathException trouble(String doing, IOException cause) {
        return Trouble.of(directory.path(), doing, cause);
    }

    /** Ends its part in making room. What is in it stays. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            room.remove(folder, this);
        }
    }

    @Override
    public String toString() {
        return "folder of cache '" + name + "' at " + path();
    }
}
