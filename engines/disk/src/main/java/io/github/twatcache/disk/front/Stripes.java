package io.github.twatcache.disk.front;

import io.github.twatcache.disk.sqlite.Changes;
import io.github.twatcache.disk.sqlite.CommitHook;
import io.github.twatcache.disk.sqlite.OwnFiles;
import io.github.twatcache.disk.sqlite.Uninterrupted;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says whether what was read of the database still stands, to all processes, without asking the database: a small file
 * that all of them map holds a counter for each stripe of keys. Whoever commits a change moves the counters of its keys
 * before the commit and after it, under the database's write lock. So a counter is odd while a change is being committed,
 * and one that has not moved since before a value was read says that the value is the newest that any put has returned
 * from.
 *
 * <p><b>The guarantee.</b> After a put, removal or clear has returned in one process, no look-up that begins later, in any
 * process, answers what was there before. One exception: a directory that is deleted and made anew under a running process
 * is noticed by that process within a tenth of a second.
 *
 * <p>A process that dies between the two moves leaves its counters odd: what belongs to them is read from the database
 * until the next commit of any process, or the next opening, has put them right.
 *
 * <p>Look-ups are safe on any thread; the hook's methods are called under the write lock.
 *
 * <p>The file's layout is part of {@code docs/disk-format.md}.
 */
public final class Stripes implements CommitHook, AutoCloseable {
    /** The file's name in the cache's folder. */
    public static final String FILE = "twat.stripes";

    /** How many counters there are. */
    static final int COUNT = 1 << 14;

    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** "TWATSTR1" in this byte order. */
    private static final long MAGIC = 0x3152_5453_5441_5754L;

    private static final int MAGIC_AT = 0;
    private static final int ID_AT = 8;
    private static final int COMMITS_AT = 24;
    private static final int LOG_AT = 32;
    private static final int HEADER = 64;
    private static final int SIZE = HEADER + COUNT * Long.BYTES;
    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(50);

    private static final Set<StandardOpenOption> OPTIONS =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

    private final Path file;
    private final UUID database;
    private final BooleanSupplier unmoved;
    private final @Nullable Object identity;
    private final ByteBuffer map;

    /** When the file was last looked for. Races on it cost a look too many. */
    private long lookedAt = System.nanoTime();

    private volatile boolean gone;

    private Stripes(
            Path file, UUID database, BooleanSupplier unmoved, @Nullable Object identity, MappedByteBuffer map) {
        this.file = file;
        this.unmoved = unmoved;
        this.database = database;
        this.identity = identity;
        this.map = map;
    }

    /**
     * Maps the counters of a database, and makes them where they are not there. To be called under the write lock, which
     * is when counters are put right that a killed process or a copy of the directory has left.
     *
     * @param folder the folder of the database
     * @param database what the database calls itself, by chance alone
     * @param unmoved asks the file system whether the database is still where it was opened
     * @return the counters, to be closed
     * @throws IOException when the file cannot be made or mapped
     */
    public static Stripes open(Path folder, UUID database, BooleanSupplier unmoved) throws IOException {
        Path file = folder.resolve(FILE);
        MappedByteBuffer map = mapped(file);
        Stripes stripes = new Stripes(file, database, unmoved, identity(file), map);
        stripes.settle();
        return stripes;
    }

    /**
     * Tells all processes that the database which they have open is void. To be called under the write lock: from its
     * return on none of them commits to it, nor answers from it.
     *
     * @param folder the folder of the database
     * @throws IOException when the file cannot be made or mapped
     */
    public static void disown(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        Stripes nobodys = new Stripes(file, UUID.randomUUID(), () -> true, null, mapped(file));
        nobodys.settle();
    }

    private static MappedByteBuffer mapped(Path file) throws IOException {
        OwnFiles.make(file);
        return Uninterrupted.of(() -> {
            try (FileChannel channel = FileChannel.open(file, OPTIONS)) {
                // Written, not only made longer: a full disk says so here, and not by a fault at an access to memory.
                ByteBuffer zero = ByteBuffer.allocate(SIZE);
                zero.position((int) Math.min(SIZE, channel.size()));
                while (zero.hasRemaining()) {
                    channel.write(zero, zero.position());
                }
                return channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
            }
        });
    }

    /** Makes the file this database's, and its counters even. */
    private void settle() {
        boolean ours = number(MAGIC_AT) == MAGIC && ours();
        if (!ours) {
            // Whoever maps it for another database finds another id from here on.
            LONG.setVolatile(map, ID_AT, database.getMostSignificantBits());
            LONG.setVolatile(map, ID_AT + Long.BYTES, database.getLeastSignificantBits());
            LONG.setVolatile(map, MAGIC_AT, MAGIC);
        }
        if (!ours || !settled(commits())) {
            mend();
        }
    }

    /** Moves every counter on to the next even number: some were left odd by a writer that is no more. */
    private void mend() {
        for (int stripe = 0; stripe < COUNT; stripe++) {
            long count = stamp(stripe);
            LONG.setVolatile(map, at(stripe), (count | 1) + 1);
        }
        LONG.setVolatile(map, COMMITS_AT, (commits() | 1) + 1);
    }

    private long number(int at) {
        return (long) LONG.getVolatile(map, at);
    }

    private static int at(int stripe) {
        return HEADER + stripe * Long.BYTES;
    }

    /**
     * The stripe of a mark.
     *
     * @param mark what a transaction notes of a key
     * @return its stripe
     */
    public static int stripe(long mark) {
        return (int) (mark ^ mark >>> 32) & (COUNT - 1);
    }

    /**
     * Where a stripe's counter stands. To be read before the database is.
     *
     * @param stripe which
     * @return the count; odd while a change is being committed
     */
    public long stamp(int stripe) {
        return (long) LONG.getVolatile(map, at(stripe));
    }

    /**
     * Whether what is read under a stamp may be kept.
     *
     * @param stamp where the counter stood
     * @return whether nothing was being committed
     */
    static boolean settled(long stamp) {
        return (stamp & 1) == 0;
    }

    /**
     * Whether the file is still the one that other processes find, and still of the same database. Asks the file system
     * at most every 50 ms, so a directory that is made anew is noticed within a tenth of a second.
     *
     * @return whether it is; once false, always false: the folder is to be opened anew
     */
    public boolean current() {
        long now = System.nanoTime();
        if (now - lookedAt > LOOK_EVERY) {
            lookedAt = now;
            look();
        }
        return !gone;
    }

    /** Whether the file says that it belongs to the database. */
    private boolean ours() {
        return number(ID_AT) == database.getMostSignificantBits()
                && number(ID_AT + Long.BYTES) == database.getLeastSignificantBits();
    }

    /** What has moved the database aside says so here, to all at once; what knows nothing of it is seen now and then. */
    @Override
    public boolean stands(boolean surely) {
        if (surely) {
            look();
        }
        return ours() && current();
    }

    private void look() {
        try {
            gone |= !ours() || !Objects.equals(identity, identity(file)) || !unmoved.getAsBoolean();
        } catch (IOException missing) {
            gone = true;
        }
    }

    /** What tells a file from another of the same name: the inode, or where there is none the time when it was made. */
    private static Object identity(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Object key = attributes.fileKey();
        return key == null ? attributes.creationTime() : key;
    }

    @Override
    public long commits() {
        return number(COMMITS_AT);
    }

    @Override
    public void logIsLong(boolean isLong) {
        LONG.setVolatile(map, LOG_AT, isLong ? 1L : 0L);
    }

    @Override
    public boolean logIsLong() {
        return number(LOG_AT) != 0;
    }

    @Override
    public void before(Changes changes) {
        if (!settled(commits())) {
            mend();
        }
        LONG.setVolatile(map, COMMITS_AT, commits() + 1);
        if (changes.everything()) {
            for (int stripe = 0; stripe < COUNT; stripe++) {
                begin(stripe);
            }
        } else {
            for (int i = 0; i < changes.count(); i++) {
                begin(stripe(changes.mark(i)));
            }
        }
        // Nobody may see the change before the counters: the commit's own writes come after these.
        VarHandle.fullFence();
    }

    private void begin(int stripe) {
        long count = stamp(stripe);
        if (settled(count)) {
            LONG.setRelease(map, at(stripe), count + 1);
        }
    }

    @Override
    public void after(Changes changes, boolean committed) {
        VarHandle.fullFence();
        if (changes.everything()) {
            for (int stripe = 0; stripe < COUNT; stripe++) {
                end(stripe);
            }
        } else {
            for (int i = 0; i < changes.count(); i++) {
                end(stripe(changes.mark(i)));
            }
        }
        LONG.setVolatile(map, COMMITS_AT, commits() + 1);
    }

    private void end(int stripe) {
        long count = stamp(stripe);
        if (!settled(count)) {
            LONG.setRelease(map, at(stripe), count + 1);
        }
    }

    /** Lets go of the file; the mapping itself goes with the last that refers to it. */
    @Override
    public void close() {
        gone = true;
    }
}
