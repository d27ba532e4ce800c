package io.github.twatcache.path;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A change to one cache's files that is about to be made, with what the ledger says once it was: who dies in the middle of
 * it leaves this, and the next one sees by the file's length whether it happened.
 *
 * @param file the file, relative to the directory; empty where only figures change
 * @param length its length afterwards, -1 for gone, {@link #MANY} where many files go, of which nobody knows how many have
 * @param after the slot afterwards
 * @param bytes of all caches afterwards
 * @param files of all caches afterwards
 */
record Intent(String file, long length, Slot after, long bytes, long files) {
    static final int LONGEST_FILE = 1024;
    static final int SIZE = 8 * Long.BYTES + LONGEST_FILE;

    /** In the place of a length: many files of the cache are being deleted. */
    static final long MANY = -2;

    private static final int PENDING = 1;

    /** Many files of a cache are about to be deleted. Until that is done its line is as it was. */
    static Intent many(String folder, Slot before, long bytes, long files) {
        return new Intent(folder, MANY, before, bytes, files);
    }

    /** Whether only a walk over the cache shows what has happened of it. */
    boolean many() {
        return length == MANY;
    }

    /** No intent. */
    static byte[] none() {
        return new byte[Integer.BYTES];
    }

    static boolean pending(ByteBuffer buffer, int at) {
        return buffer.getInt(at) == PENDING;
    }

    byte[] encoded() {
        byte[] path = file.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(SIZE - LONGEST_FILE + path.length);
        buffer.putInt(PENDING)
                .putInt(after.index())
                .putLong(length)
                .putLong(after.bytes())
                .putLong(after.files())
                .putLong(after.written())
                .putLong(bytes)
                .putLong(files)
                .putLong(path.length)
                .put(path);
        return buffer.array();
    }

    /** The slot's index, and the rest once the slot is known. */
    static int slot(ByteBuffer buffer, int at) {
        return buffer.getInt(at + Integer.BYTES);
    }

    static Intent decoded(ByteBuffer buffer, int at, Slot slot) {
        int from = at + Long.BYTES;
        long room = buffer.getLong(from + 6 * Long.BYTES);
        if (room < 0 || room > LONGEST_FILE) {
            throw new IllegalArgumentException("the intent of the ledger is damaged");
        }
        byte[] path = new byte[(int) room];
        buffer.get(from + 7 * Long.BYTES, path);
        return new Intent(
                new String(path, StandardCharsets.UTF_8),
                buffer.getLong(from),
                slot.holding(
                        buffer.getLong(from + Long.BYTES),
                        buffer.getLong(from + 2 * Long.BYTES),
                        buffer.getLong(from + 3 * Long.BYTES)),
                buffer.getLong(from + 4 * Long.BYTES),
                buffer.getLong(from + 5 * Long.BYTES));
    }
}
