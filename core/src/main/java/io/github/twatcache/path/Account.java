package io.github.twatcache.path;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cache's line in the ledger: moves files and counts them in one change. All is done under the directory's lock. */
final class Account {
    /** More than can ever be spared. */
    static final long NEVER = Long.MAX_VALUE;

    private final Room room;
    private final String name;
    private final String folder;
    /** What somebody has said of the files; null leaves what the ledger says. */
    private volatile @Nullable Layout layout;

    /** Where the line was last; it may have moved. */
    private @Nullable Slot slot;

    Account(Room room, String name, String folder) {
        this.room = room;
        this.name = name;
        this.folder = folder;
    }

    void layout(Layout files) {
        layout = files;
    }

    /**
     * What became of a change.
     *
     * @param happened whether it was made
     * @param lack how many bytes are too many for it, {@link #NEVER} where there is no hope, else 0
     * @param total the bytes of all caches afterwards
     */
    record Change(boolean happened, long lack, long total) {}

    Change publish(Ledger ledger, Hold hold, Path draft, Path target, Optional<Quota> quota) throws IOException {
        long length = Files.size(draft);
        Ledger.Line line = line(ledger, hold);
        if (quota.isEmpty()) {
            // First, since in a folder that was made just now nothing need be looked for.
            makeParents(target, hold);
        }
        long former = hold.absent(target) ? -1 : Recount.length(target).orElse(-1);
        long more = length - Math.max(former, 0);
        long limit = quota.map(Quota::bytes).orElse(Long.MAX_VALUE);
        if (more > 0 && more > limit - line.bytes()) {
            return new Change(false, length > limit ? NEVER : line.bytes() + more - limit, line.bytes());
        }
        makeParents(target, hold);
        hold.put.add(target);
        return change(
                ledger,
                hold,
                line,
                new Move(target, length, more, former < 0 ? 1 : 0),
                () -> Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
    }

    /** How many bytes are too many for so many more, {@link #NEVER} where there is no hope, else 0. */
    long lack(Ledger ledger, long more, Optional<Quota> quota) throws IOException {
        if (more == 0 || quota.isEmpty()) {
            return 0;
        }
        long limit = quota.get().bytes();
        long bytes = line(ledger).bytes();
        return more <= limit - bytes ? 0 : more > limit ? NEVER : bytes + more - limit;
    }

    Change append(Ledger ledger, Hold hold, Path target, byte[] bytes) throws IOException {
        Ledger.Line line = line(ledger, hold);
        long former = Recount.length(target).orElse(-1);
        long length = Math.max(former, 0) + bytes.length;
        if (former < 0) {
            makeParents(target, hold);
            Modes.file(target);
        }
        hold.put.add(target);
        return change(ledger, hold, line, new Move(target, length, bytes.length, former < 0 ? 1 : 0), () -> {
            try (RandomAccessFile file = new RandomAccessFile(target.toFile(), "rw")) {
                try {
                    file.seek(length - bytes.length);
                    file.write(bytes);
                } catch (IOException full) {
                    file.setLength(length - bytes.length);
                    throw full;
                }
            }
        });
    }

    Change delete(Ledger ledger, Hold hold, Path target) throws IOException {
        Ledger.Line line = line(ledger, hold);
        long former = Recount.length(target).orElse(-1);
        if (former < 0) {
            return new Change(false, 0, line.bytes());
        }
        return change(ledger, hold, line, new Move(target, -1, -former, -1), () -> remove(target));
    }

    /** Deletes a file the short way, which asks the operating system once less, and cannot say why not. */
    private static void remove(Path file) throws IOException {
        if (!file.toFile().delete()) {
            Files.delete(file);
        }
    }

    /** What is gone of many files. */
    static final class Gone {
        private long bytes;
        private long files;

        /** Deletes a file; leaves what is none, and says whether it was one. */
        boolean delete(Path file) throws IOException {
            long length = Recount.length(file).orElse(-1);
            if (length < 0) {
                return false;
            }
            remove(file);
            bytes += length;
            files++;
            return true;
        }
    }

    /** Something that deletes many files. */
    interface Deleting {
        void run(Gone gone) throws IOException;
    }

    /** Deletes many files, which are counted once. Who finds that it was begun and not ended counts the cache anew. */
    Change deleteMany(Ledger ledger, Hold hold, Deleting step) throws IOException {
        Ledger.Line line = line(ledger, hold);
        hold.line = null;
        Gone gone = new Gone();
        ledger.begin(Intent.many(
                room.root().relativize(room.caches().resolve(folder)).toString(),
                line.slot(),
                line.bytes(),
                line.files()));
        try {
            step.run(gone);
        } catch (IOException | RuntimeException failed) {
            left(ledger, hold, line, gone);
            throw failed;
        }
        return left(ledger, hold, line, gone);
    }

    /** Counts what is left. */
    private Change left(Ledger ledger, Hold hold, Ledger.Line line, Gone gone) throws IOException {
        Slot former = line.slot();
        long bytes = Math.max(0, former.bytes() - gone.bytes);
        long files = Math.max(0, former.files() - gone.files);
        Intent after = new Intent(
                "",
                0,
                former.holding(bytes, files, System.currentTimeMillis()),
                line.bytes() + bytes - former.bytes(),
                line.files() + files - former.files());
        ledger.finish(after);
        hold.line = new Ledger.Line(after.bytes(), after.files(), after.after());
        if (bytes < former.bytes()) {
            room.freed(folder, former.bytes() - bytes);
        }
        return new Change(gone.files > 0, 0, after.bytes());
    }

    /** Moves a file within the cache, which changes no figure. */
    boolean move(Hold hold, Path from, Path to) throws IOException {
        if (Recount.length(from).isEmpty()) {
            return false;
        }
        if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(to.toString());
        }
        makeParents(to, hold);
        hold.put.add(to);
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    Change report(Ledger ledger, long bytes, long files) throws IOException {
        Ledger.Line line = line(ledger);
        Move none = new Move(
                null, 0, bytes - line.slot().bytes(), files - line.slot().files());
        return change(ledger, new Hold(), line, none, () -> {});
    }

    Path made(Ledger ledger) throws IOException {
        line(ledger);
        Path path = room.caches().resolve(folder);
        makeParents(path.resolve("any"), new Hold());
        return path;
    }

    /** A file that is about to have another length, and by how much the counts differ then. */
    private record Move(@Nullable Path file, long length, long bytes, long files) {}

    private interface Step {
        void run() throws IOException;
    }

    private Change change(Ledger ledger, Hold hold, Ledger.Line line, Move move, Step step) throws IOException {
        Slot former = line.slot();
        // A count that was wrong, because somebody deleted by hand, does not fall below nothing.
        long bytes = Math.max(0, former.bytes() + move.bytes);
        long files = Math.max(0, former.files() + move.files);
        Path file = move.file;
        Intent intent = new Intent(
                file == null ? "" : room.root().relativize(file).toString(),
                move.length,
                former.holding(bytes, files, System.currentTimeMillis()),
                line.bytes() + bytes - former.bytes(),
                line.files() + files - former.files());
        ledger.begin(intent);
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            ledger.drop();
            throw e;
        }
        ledger.finish(intent);
        hold.line = new Ledger.Line(intent.bytes(), intent.files(), intent.after());
        if (bytes < former.bytes()) {
            room.freed(folder, former.bytes() - bytes);
        }
        return new Change(true, 0, intent.bytes());
    }

    private Ledger.Line line(Ledger ledger, Hold hold) throws IOException {
        Ledger.Line known = hold.line;
        if (known != null) {
            return known;
        }
        Ledger.Line looked = line(ledger);
        hold.line = looked;
        return looked;
    }

    /** The cache's line, added where there is none. */
    private Ledger.Line line(Ledger ledger) throws IOException {
        Layout said = layout;
        Slot known = slot;
        Optional<Ledger.Line> line = known == null ? Optional.empty() : ledger.line(known);
        if (line.isEmpty()) {
            Ledger.Page page = room.settled(ledger);
            Slot found = page.slot(folder).orElse(null);
            if (found == null) {
                found = ledger.add(page, folder, name, said == null ? Layout.OPAQUE : said);
            }
            line = Optional.of(new Ledger.Line(page.bytes(), page.files(), found));
        }
        Ledger.Line now = line.get();
        Layout files = said == null ? now.slot().layout() : said;
        if (!now.slot().name().equals(name) || now.slot().layout() != files) {
            now = new Ledger.Line(now.bytes(), now.files(), now.slot().called(files, name));
            ledger.rename(now.slot());
        }
        slot = now.slot();
        return now;
    }

    /** Makes the folders of a file; one that is a link is refused. */
    private void makeParents(Path file, Hold hold) throws IOException {
        Path base = room.root();
        if (hold.folders.contains(file.getParent())) {
            return;
        }
        for (Path part : base.relativize(file.getParent())) {
            base = base.resolve(part);
            if (hold.folders.add(base) && !Files.isDirectory(base, LinkOption.NOFOLLOW_LINKS)) {
                try {
                    Modes.directoryIfAbsent(base);
                    hold.made.add(base);
                } catch (NoSuchFileException e) {
                    throw new NoSuchFileException(room.root().toString());
                }
            }
        }
    }
}
