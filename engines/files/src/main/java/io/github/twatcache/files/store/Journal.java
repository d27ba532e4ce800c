package io.github.twatcache.files.store;

import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.path.Changes;
import io.github.twatcache.path.Draft;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which entries were changed, one after the other, by all processes: so that each keeps its index without walking. It tells
 * where to look, not what is there: an entry that it names is read again, so that a process which died in the middle of a
 * change leaves nothing wrong.
 *
 * <p>A file of a head (8 bytes of magic, 8 that name it, 8 that count what was cut off) and the 32 bytes of a digest for each
 * change. It is cut short when it is long; who had not read that far walks. All is done under the directory's lock.
 */
final class Journal {
    static final String FILE = "changes";

    private static final long MAGIC = 0x7477_6174_6368_6731L;
    private static final int HEAD = 3 * Long.BYTES;
    private static final int RECORD = 32;
    private static final long LONGEST = 1 << 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final CacheFolder folder;
    private final Place place;

    Journal(CacheFolder folder, Place place) {
        this.folder = folder;
        this.place = place;
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

    /** What was changed since somebody has looked. */
    News since(Changes changes, @Nullable Position before) throws IOException {
        try (RandomAccessFile file = open()) {
            Extent extent = file == null ? null : extent(file);
            if (file == null || extent == null) {
                return new News(null, begun(changes, RANDOM.nextLong(), 0));
            }
            Position now = extent.end();
            long cut = extent.cut;
            if (before == null || before.journal != now.journal || before.count < cut || before.count > now.count) {
                return new News(null, now);
            }
            byte[] bytes = new byte[Math.toIntExact((now.count - before.count) * RECORD)];
            file.seek(HEAD + (before.count - cut) * RECORD);
            file.readFully(bytes);
            List<String> digests = new ArrayList<>();
            for (int at = 0; at < bytes.length; at += RECORD) {
                digests.add(HexFormat.of().formatHex(bytes, at, at + RECORD));
            }
            return new News(digests.stream().distinct().toList(), now);
        }
    }

    private @Nullable RandomAccessFile open() throws IOException {
        try {
            return new RandomAccessFile(place.path().resolve(FILE).toFile(), "r");
        } catch (FileNotFoundException absent) {
            if (Files.exists(place.path().resolve(FILE))) {
                throw absent;
            }
            return null;
        }
    }

    /** What a journal is called, how many changes it had told of before its first record, and how long it is. */
    private record Extent(long journal, long cut, long length) {
        Position end() {
            return new Position(journal, cut + (length - HEAD) / RECORD, open());
        }

        /** Whether one more can be added; not where somebody died while adding, or it is too long. */
        boolean open() {
            return (length - HEAD) % RECORD == 0 && length - HEAD <= LONGEST * RECORD;
        }
    }

    /** What a file is; null where it is no journal. */
    private static @Nullable Extent extent(RandomAccessFile file) throws IOException {
        long length = file.length();
        if (length < HEAD) {
            return null;
        }
        byte[] head = new byte[HEAD];
        file.readFully(head);
        ByteBuffer buffer = ByteBuffer.wrap(head);
        return buffer.getLong(0) == MAGIC
                ? new Extent(buffer.getLong(Long.BYTES), buffer.getLong(2 * Long.BYTES), length)
                : null;
    }

    private Position begun(Changes changes, long journal, long cut) throws IOException {
        try (Draft draft = folder.draft()) {
            try (RandomAccessFile file = new RandomAccessFile(draft.path().toFile(), "rw")) {
                file.write(ByteBuffer.allocate(HEAD)
                        .putLong(MAGIC)
                        .putLong(journal)
                        .putLong(cut)
                        .array());
            }
            changes.publish(draft, place.name(FILE));
        }
        return new Position(journal, cut);
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
        changes.append(place.name(FILE), records);
        return new Position(now.journal, now.count + digests.size());
    }

    /** Where the next record goes, in a journal that takes one. */
    private Position end(Changes changes) throws IOException {
        try (RandomAccessFile file = open()) {
            Extent extent = file == null ? null : extent(file);
            if (extent == null) {
                return begun(changes, RANDOM.nextLong(), 0);
            }
            return extent.open() ? extent.end() : begun(changes, extent.journal, extent.end().count);
        }
    }
}
