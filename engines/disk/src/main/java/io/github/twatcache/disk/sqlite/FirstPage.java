package io.github.twatcache.disk.sqlite;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The page without which SQLite finds nothing: it says that the file is a database, and where each table begins. Tables that
 * are made by the same statements in an empty file begin at the same pages, so where that page is damaged, the one of a
 * model takes its place, in a copy.
 */
final class FirstPage {
    /** The copy's name, beside the damaged database. */
    static final String COPY = "copy.db";

    /** The model's name. */
    static final String MODEL = "model.db";

    private static final int WAL_AT = 18;
    private static final byte WAL = 2;
    private static final int SIZE_AT = 28;
    private static final int FREE_AT = 32;

    private final Path damaged;
    private final Path model;
    private final int pageSize;

    FirstPage(Path damaged, Path model, int pageSize) {
        this.damaged = damaged;
        this.model = model;
        this.pageSize = pageSize;
    }

    /** Makes the copy. No connection of this process has any of the files open. */
    Path mended() throws IOException {
        Path copy = damaged.resolveSibling(COPY);
        if (Files.exists(damaged)) {
            Files.copy(damaged, copy);
        } else {
            Files.createFile(copy);
        }
        Path log = damaged.resolveSibling(damaged.getFileName() + "-wal");
        if (Files.exists(log)) {
            Files.copy(log, copy.resolveSibling(COPY + "-wal"));
        }
        ByteBuffer page = ByteBuffer.allocate(pageSize);
        try (RandomAccessFile from = new RandomAccessFile(model.toFile(), "r")) {
            from.readFully(page.array());
        }
        page.put(WAL_AT, WAL).put(WAL_AT + 1, WAL);
        // The file's own length counts, and none of its pages is taken for free.
        page.putInt(SIZE_AT, 0).putInt(FREE_AT, 0).putInt(FREE_AT + Integer.BYTES, 0);
        try (RandomAccessFile to = new RandomAccessFile(copy.toFile(), "rw")) {
            to.write(page.array());
        }
        return copy;
    }
}
