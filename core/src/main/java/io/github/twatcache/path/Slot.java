package io.github.twatcache.path;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A cache's line in the {@link Ledger}: 1,024 bytes, the changing ones first.
 *
 * @param index its place
 * @param bytes the lengths of the cache's files
 * @param files how many they are
 * @param written when it was last written to, in milliseconds of the wall clock
 * @param layout what its files are
 * @param folder its folder's name
 * @param name the cache's name
 */
record Slot(int index, long bytes, long files, long written, Layout layout, String folder, String name) {
    static final int SIZE = 1024;

    private static final int LAYOUT = 24;
    /** The layouts by their numbers in the file. */
    private static final List<Layout> LAYOUTS = List.of(Layout.OPAQUE, Layout.FILE_PER_ENTRY, Layout.FOLDER_PER_ENTRY);

    private static final int FOLDER = 32;
    private static final int FOLDER_ROOM = 124;
    private static final int NAME = FOLDER + Integer.BYTES + FOLDER_ROOM;

    Slot holding(long newBytes, long newFiles, long now) {
        return new Slot(index, newBytes, newFiles, now, layout, folder, name);
    }

    Slot called(Layout newLayout, String newName) {
        return new Slot(index, bytes, files, written, newLayout, folder, newName);
    }

    /** What changes with each write. */
    byte[] counts() {
        return ByteBuffer.allocate(LAYOUT)
                .putLong(bytes)
                .putLong(files)
                .putLong(written)
                .array();
    }

    byte[] encoded() {
        ByteBuffer buffer = ByteBuffer.allocate(SIZE);
        buffer.put(counts());
        buffer.putInt(LAYOUT, LAYOUTS.indexOf(layout));
        text(buffer, FOLDER, folder);
        text(buffer, NAME, name);
        return buffer.array();
    }

    /** The slot that these bytes are; impossible ones are an IllegalArgumentException. */
    static Slot decoded(int index, ByteBuffer buffer) {
        int layout = buffer.getInt(LAYOUT);
        long bytes = buffer.getLong(0);
        long files = buffer.getLong(Long.BYTES);
        String folder = text(buffer, FOLDER, FOLDER_ROOM);
        String name = text(buffer, NAME, SIZE - NAME - Integer.BYTES);
        if (layout < 0 || layout >= LAYOUTS.size() || bytes < 0 || files < 0 || folder.isEmpty()) {
            throw new IllegalArgumentException("slot " + index + " of the ledger is damaged");
        }
        return new Slot(index, bytes, files, buffer.getLong(2 * Long.BYTES), LAYOUTS.get(layout), folder, name);
    }

    private static void text(ByteBuffer buffer, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        buffer.putInt(at, bytes.length);
        buffer.put(at + Integer.BYTES, bytes);
    }

    private static String text(ByteBuffer buffer, int at, int room) {
        int length = buffer.getInt(at);
        if (length < 0 || length > room) {
            throw new IllegalArgumentException("a slot of the ledger is damaged");
        }
        byte[] bytes = new byte[length];
        buffer.get(at + Integer.BYTES, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
