package io.github.twatcache.shared;

import io.github.twatcache.spi.CellStore;
import io.github.twatcache.spi.CellStore.Cell;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one cache, changed by reading, deciding and writing, again when somebody else was faster.
 *
 * @param store the cells
 * @param usable throws when the cache is closed, or a transaction of this thread runs in it
 */
record Cells(CellStore store, Runnable usable) {
    /**
     * What is to become of a cell.
     *
     * @param content what is to be in it; {@code null} to leave it as it is
     * @param result what is told to whoever asked
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Change<R extends @Nullable Object>(byte @Nullable [] content, R result) {}

    /** Changes a cell in one atomic step. The decision may be made several times. */
    <R extends @Nullable Object> R change(String name, Function<@Nullable Cell, Change<R>> decision) {
        while (true) {
            usable.run();
            Cell cell = store.read(name);
            Change<R> change = decision.apply(cell);
            if (change.content == null || store.write(name, version(cell), change.content)) {
                return change.result;
            }
        }
    }

    @Nullable Cell read(String name) {
        usable.run();
        return store.read(name);
    }

    void awaitWrite(String name, long seen, Duration atMost) throws InterruptedException {
        usable.run();
        store.awaitWrite(name, seen, atMost);
    }

    static long version(@Nullable Cell cell) {
        return cell == null ? 0 : cell.version();
    }
}
