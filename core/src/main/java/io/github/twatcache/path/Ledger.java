package io.github.twatcache.path;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The count of what all caches of a directory hold: a header with the sums and one {@link Intent}, and a {@link Slot} for
 * each cache. Changed by whoever holds the directory's lock, in four steps: the intent is written, the file moved, the slot
 * written, the sums written with the intent's end. A process that is killed between two of them leaves an intent that the
 * next finishes or drops, so the count is exact after a kill.
 *
 * <p>Written with plain reads and writes: a channel would close itself under a thread that is interrupted, a mapping would
 * outlive it until it is collected and crash where the disk is full.
 */
class Ledger implements Closeable {
    static final int HEADER = 2048;

    /** Slots that the file has room for from the start, so that a full disk does not keep a count from being kept. */
    private static final int FIRST_SLOTS = 14;

    private static final long MAGIC = 0x7477_6174_6c67_7231L; // "twatlgr1"
    private static final int SLOTS = 8;
    private static final int BYTES = 16;
    private static final int FILES = 24;
    private static final int INTENT = 32;

    private final RandomAccessFile file;

    /** Reads beside the writer. Closed with it: the locks of a process fall with the first of its handles to be closed. */
    private final RandomAccessFile reader;

    Ledger(Path path) throws IOException {
        file = new RandomAccessFile(path.toFile(), "rw");
        try {
            reader = new RandomAccessFile(path.toFile(), "r");
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** The handle that the directory's lock is taken on. */
    RandomAccessFile handle() {
        return file;
    }

    /** What the ledger says at one moment. */
    record Page(
            long bytes,
            long files,
            List<Slot> slots,
            @Nullable Intent intent) {
        Optional<Slot> slot(String folder) {
            return slots.stream().filter(slot -> slot.folder().equals(folder)).findFirst();
        }

        /** Whether the sums are the slots' sums. */
        boolean balanced() {
            return bytes == slots.stream().mapToLong(Slot::bytes).sum()
                    && files == slots.stream().mapToLong(Slot::files).sum();
        }
    }

    boolean empty() throws IOException {
        return file.length() == 0;
    }

    /** Begins anew with these slots. */
    void format(List<Slot> slots) throws IOException {
        byte[] image = new byte[HEADER + Math.max(FIRST_SLOTS, slots.size()) * Slot.SIZE];
        ByteBuffer buffer = ByteBuffer.wrap(image);
        buffer.putInt(SLOTS, slots.size());
        buffer.putLong(BYTES, slots.stream().mapToLong(Slot::bytes).sum());
        buffer.putLong(FILES, slots.stream().mapToLong(Slot::files).sum());
        slots.forEach(slot -> buffer.put(HEADER + slot.index() * Slot.SIZE, slot.encoded()));
        write(0, image);
        // Last, so that a ledger that begins like one is one.
        write(0, ByteBuffer.allocate(Long.BYTES).putLong(MAGIC).array());
    }

    /** What it says now; empty where it is no ledger, or a damaged one. To be called by who holds the lock. */
    Optional<Page> page() throws IOException {
        synchronized (file) {
            return page(file);
        }
    }

    /** What it says, read beside those who write: empty while a change is under way, and where it is damaged. */
    Optional<Page> glance() throws IOException {
        synchronized (reader) {
            return page(reader).filter(page -> page.intent() == null && page.balanced());
        }
    }

    /** The bytes of all caches, read beside those who write; nobody looks whether the rest of the ledger is sound. */
    long sum() throws IOException {
        byte[] bytes = new byte[Long.BYTES];
        synchronized (reader) {
            reader.seek(BYTES);
            reader.readFully(bytes);
        }
        return ByteBuffer.wrap(bytes).getLong();
    }

    private static Optional<Page> page(RandomAccessFile from) throws IOException {
        byte[] image = new byte[Math.toIntExact(Math.min(from.length(), Integer.MAX_VALUE - Long.BYTES))];
        from.seek(0);
        from.readFully(image);
        ByteBuffer buffer = ByteBuffer.wrap(image);
        if (image.length < HEADER || buffer.getLong(0) != MAGIC) {
            return Optional.empty();
        }
        int count = buffer.getInt(SLOTS);
        if (count < 0 || count > (image.length - HEADER) / Slot.SIZE) {
            return Optional.empty();
        }
        try {
            List<Slot> slots = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                slots.add(Slot.decoded(i, buffer.slice(HEADER + i * Slot.SIZE, Slot.SIZE)));
            }
            Intent intent = Intent.pending(buffer, INTENT)
                    ? Intent.decoded(buffer, INTENT, slots.get(Intent.slot(buffer, INTENT)))
                    : null;
            return Optional.of(new Page(buffer.getLong(BYTES), buffer.getLong(FILES), slots, intent));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            return Optional.empty();
        }
    }

    /** What a change must know: the sums, the slot, and whether somebody died in the middle of one. */
    record Line(long bytes, long files, Slot slot) {}

    /** The line of a slot whose place is known; empty where it is not there, or an intent is. */
    Optional<Line> line(Slot known) throws IOException {
        synchronized (file) {
            if (file.length() < HEADER + (known.index() + 1L) * Slot.SIZE) {
                return Optional.empty();
            }
            ByteBuffer header = read(0, INTENT + Integer.BYTES);
            if (header.getLong(0) != MAGIC || Intent.pending(header, INTENT) || header.getInt(SLOTS) <= known.index()) {
                return Optional.empty();
            }
            Slot slot;
            try {
                slot = Slot.decoded(known.index(), read(place(known), Slot.SIZE));
            } catch (IllegalArgumentException damaged) {
                return Optional.empty();
            }
            return slot.folder().equals(known.folder())
                    ? Optional.of(new Line(header.getLong(BYTES), header.getLong(FILES), slot))
                    : Optional.empty();
        }
    }

    /** Adds a cache that holds nothing. */
    Slot add(Page page, String folder, String name, Layout layout) throws IOException {
        Slot slot = new Slot(page.slots().size(), 0, 0, System.currentTimeMillis(), layout, folder, name);
        write(place(slot), slot.encoded());
        write(SLOTS, ByteBuffer.allocate(Integer.BYTES).putInt(slot.index() + 1).array());
        return slot;
    }

    /** Changes what a slot is called, not what it counts. */
    void rename(Slot slot) throws IOException {
        write(place(slot), slot.encoded());
    }

    void begin(Intent intent) throws IOException {
        write(INTENT, intent.encoded());
    }

    void finish(Intent intent) throws IOException {
        write(place(intent.after()), intent.after().counts());
        write(
                BYTES,
                ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
                        .putLong(intent.bytes())
                        .putLong(intent.files())
                        .put(Intent.none())
                        .array());
    }

    void drop() throws IOException {
        write(INTENT, Intent.none());
    }

    /** Finishes or drops what a process left that died in the middle of it; whose file has that length now, it happened. */
    void settle(Intent left, OptionalLong length) throws IOException {
        if (left.file().isEmpty() || length.orElse(-1) == left.length()) {
            finish(left);
        } else {
            drop();
        }
    }

    private static long place(Slot slot) {
        return HEADER + (long) slot.index() * Slot.SIZE;
    }

    private ByteBuffer read(long at, int length) throws IOException {
        byte[] bytes = new byte[length];
        file.seek(at);
        file.readFully(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private void write(long at, byte[] bytes) throws IOException {
        synchronized (file) {
            file.seek(at);
            file.write(bytes);
        }
    }

    void force() throws IOException {
        file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        try {
            reader.close();
        } finally {
            file.close();
        }
    }
}
