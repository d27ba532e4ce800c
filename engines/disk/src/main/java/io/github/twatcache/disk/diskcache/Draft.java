package io.github.twatcache.disk.diskcache;

import org.jspecify.annotations.Nullable;

/**
 * A value as it is about to stand in a row.
 *
 * @param content what it is, wherever it stands: a String, a Long, a Double or a byte[]
 * @param mode see {@link Mode}
 * @param size the length of its file
 * @param filename its file, which is written; null where the content goes into the row
 */
record Draft(Object content, int mode, long size, @Nullable String filename) {
    /** What goes into the row. */
    @Nullable Object inRow() {
        return filename == null ? content : null;
    }
}
