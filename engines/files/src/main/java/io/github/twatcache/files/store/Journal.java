package io.github.twatcache.files.store;

import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.path.Changes;
import io.github.twatcache.path.Draft;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * To which entries something was done, one after the other, by all processes: so that each keeps its index without walking,
 * or finds out what was invalidated. It tells where to look, not what is there: an entry that it names is read again, so that
 * a process which died in the middle of a change leaves nothing wrong.
 *
 * <p>A file of a head (8 bytes of magic, 8 that name it, 8 that count what was cut off) and the 32 bytes of a digest for each
 * change. Where it is long it loses its older half; who had not read that far cannot tell what was done. It is written under
 * the directory's lock.
 */
final class Journal {
    /** Where an index is told of each change. */
    static final String CHANGES = "changes";

    /** It is cut before the record after this many. */
    static final int LONGEST = 1 << 16;

    private static final long MAGIC = 0x7477_6174_6368_6731L;
    private static final int HEAD = 3 * Long.BYTES;
    private static final int RECORD = 32;

    /** So much is read in one step, since the JVM keeps a buffer as large as each. */
    private static final int STEP = 1 << 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final CacheFolder folder;
    private final String name;
    private final Path path;

    Journal(CacheFolder folder, Place place, String file) {
        this.folder = folder;
        this.name = place.name(file);
        this.path = place.path().resolve(file);
    }

    /**
     * How far somebody has read.
     *
     * @param journal the one that was read
     * @param count how many changes it had told of by then
     * @param open whether one more can be added there without looking
     */
    record Position(long journal, long count, boolean open) {
        Position(long journal, long count) {
            this(journal, count, true);
        }
    }

    /**
     * What is new.
     *
     * @param digests the entries that were changed, each once; null where nobody can tell, and all must be looked at
     * @param now how far that goes
     */
    record News(@Nullable List<String> digests, Position now) {}

    /** What was changed since somebody has looked. Begins a journal where there is none. */
    News since(Changes changes, @Nullable Position before) throws IOException {
        News there = news(before).orElse(null);
        return there == null ? new News(null, begun(changes)) : there;
    }

    /** The same where there is a journal. Takes no lock: what is added at this moment may not be in it. */
    Optional<News> news(@Nullable Position before) throws IOException {
        return opened((file, extent) -> {
            Position now = extent.end();
            if (before == null || !extent.tells(before)) {
                return new News(null, now);
            }
            byte[] bytes = records(file, extent, before.count);
            List<String> digests = new ArrayList<>();
            for (int at = 0; at < bytes.length; at += RECORD) {
                digests.add(HexFormat.of().formatHex(bytes, at, at + RECORD));
            }
            return new News(digests.stream().distinct().toList(), now);
        });
    }

    /** How far it goes, where there is one. Takes no lock. */
    Optional<Position> position() throws IOException {
        return opened((file, extent) -> extent.end());
    }

    /** Something to do with an open journal. */
    private interface Step<T> {
        T run(FileChannel file, Extent extent) throws IOException;
    }

    /** Opens the journal, if there is one: a channel, as others may give its name to another file meanwhile. */
    private <T> Optional<T> opened(Step<T> step) throws IOException {
        try {
            return Interrupts.apart(() -> {
                try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
                    ByteBuffer head = ByteBuffer.allocate(HEAD);
                    return file.read(head) < HEAD || head.getLong(0) != MAGIC
                            ? Optional.empty()
                            : Optional.of(step.run(
                                    file,
                                    new Extent(head.getLong(Long.BYTES), head.getLong(2 * Long.BYTES), file.size())));
                }
            });
        } catch (FileSystemException absent) {
            if (!(absent instanceof NoSuchFileException) && Files.exists(path)) {
                throw absent; // it may not be read
            }
            return Optional.empty();
        }
    }

    /** What a journal is called, how many changes it had told of before its first record, and how long it is. */
    private record Extent(long journal, long cut, long length) {
        Position end() {
            return new Position(journal, cut + records(), open());
        }

        private long records() {
            return (length - HEAD) / RECORD;
        }

        /** Whether one more can be added; not where somebody died while adding, or it is too long. */
        private boolean open() {
            return (length - HEAD) % RECORD == 0 && records() < LONGEST;
        }

        /** Whether all records behind that are there. */
        boolean tells(Position before) {
            return before.journal == journal && before.count >= cut && before.count <= cut + records();
        }
    }

    /** The records behind so many. */
    private static byte[] records(FileChannel file, Extent extent, long count) throws IOException {
        long from = HEAD + (count - extent.cut) * RECORD;
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact((extent.cut + extent.records() - count) * RECORD));
        while (all.position() < all.capacity()) {
            all.limit(Math.min(all.capacity(), all.position() + STEP));
            if (file.read(all, from + all.position()) < 0) {
                throw new EOFException("it ends before its last record");
            }
        }
        return all.array();
    }

    private Position begun(Changes changes) throws IOException {
        return begun(changes, RANDOM.nextLong(), 0, new byte[0]);
    }

    private Position begun(Changes changes, long journal, long cut, byte[] records) throws IOException {
        try (Draft draft = folder.draft()) {
            try (RandomAccessFile file = new RandomAccessFile(draft.path().toFile(), "rw")) {
                file.write(ByteBuffer.allocate(HEAD + records.length)
                        .putLong(MAGIC)
                        .putLong(journal)
                        .putLong(cut)
                        .put(records)
                        .array());
            }
            changes.publish(draft, name);
        }
        return new Position(journal, cut + records.length / RECORD);
    }

    /**
     * Notes that entries are about to be changed; says how far the journal goes with that.
     *
     * @param known how far it goes, where that was looked at under this lock; null where it was not
     */
    Position note(Changes changes, List<String> digests, @Nullable Position known) throws IOException {
        Position now = known != null && known.open() ? known : end(changes);
        byte[] records = new byte[digests.size() * RECORD];
        for (int i = 0; i < digests.size(); i++) {
            System.arraycopy(HexFormat.of().parseHex(digests.get(i)), 0, records, i * RECORD, RECORD);
        }
        changes.append(name, records);
        return new Position(now.journal, now.count + digests.size());
    }

    /** Where the next record goes, in a journal that takes one. */
    private Position end(Changes changes) throws IOException {
        Position now = position().orElse(null);
        if (now == null) {
            return begun(changes);
        }
        return now.open() ? now : cut(changes, now);
    }

    /** Begins it anew, with its newer half: for those who have not read that yet. */
    private Position cut(Changes changes, Position now) throws IOException {
        byte[] kept = opened((file, extent) -> records(file, extent, Math.max(extent.cut, now.count - LONGEST / 2)))
                .orElseThrow();
        return begun(changes, now.journal, now.count - kept.length / RECORD, kept);
    }
}
