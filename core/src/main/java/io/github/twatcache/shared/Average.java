package io.github.twatcache.shared;

import io.github.twatcache.shared.Cells.Change;
import io.github.twatcache.spi.CellStore.Cell;
import java.nio.ByteBuffer;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The mean of numbers that all processes add to. Thread-safe; each method is one atomic step over all processes. */
public final class Average {
    private final Cells cells;
    private final String cell;
    private final String words;

    Average(Cells cells, String cell, String words) {
        this.cells = cells;
        this.cell = cell;
        this.words = words;
    }

    /** What was added so far. */
    private record Sum(double total, long count) {
        static Sum of(@Nullable Cell cell) {
            if (cell == null) {
                return new Sum(0, 0);
            }
            ByteBuffer in = ByteBuffer.wrap(cell.content());
            return new Sum(in.getDouble(), in.getLong());
        }

        byte[] written() {
            return ByteBuffer.allocate(Double.BYTES + Long.BYTES)
                    .putDouble(total)
                    .putLong(count)
                    .array();
        }

        OptionalDouble mean() {
            return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(total / count);
        }
    }

    /**
     * Adds a number.
     *
     * @param number the number
     * @return the mean with it
     */
    public double add(double number) {
        return cells.change(cell, now -> {
            Sum before = Sum.of(now);
            Sum sum = new Sum(before.total + number, before.count + 1);
            return new Change<>(sum.written(), sum.total / sum.count);
        });
    }

    /**
     * The mean.
     *
     * @return the mean; empty where nothing was added
     */
    public OptionalDouble mean() {
        return Sum.of(cells.read(cell)).mean();
    }

    /**
     * How many numbers were added.
     *
     * @return the number of them
     */
    public long count() {
        return Sum.of(cells.read(cell)).count;
    }

    /**
     * Begins anew.
     *
     * @return the mean so far; empty where nothing was added
     */
    public OptionalDouble reset() {
        return cells.change(
                cell, now -> new Change<>(new Sum(0, 0).written(), Sum.of(now).mean()));
    }

    @Override
    public String toString() {
        return words;
    }
}
