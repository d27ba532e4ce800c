package io.github.twatcache.stats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts exactly, at the cost of a plain addition.
 *
 * <p>An atomic addition costs about as much as the look-up that it counts. Here every cell belongs to one thread, for
 * ever, by the thread's number, which the JVM never gives out twice; so its owner may add without an atomic operation
 * and nothing is lost. A thread whose cell belongs to another adds to a {@link LongAdder}: slower, exact as well.
 */
public final class OwnedCounter {
    private static final VarHandle COUNT;
    private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(Cell[].class);

    static {
        try {
            COUNT = MethodHandles.lookup().findVarHandle(Cell.class, "count", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Four for each processor, so that the threads of a pool, which are numbered in a row, seldom meet. */
    private final @Nullable Cell[] cells =
            new Cell[Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 8 - 1)];

    private final LongAdder shared = new LongAdder();

    OwnedCounter() {}

    /** Adds one. */
    public void increment() {
        long thread = Thread.currentThread().getId();
        Cell cell = cells[(int) thread & (cells.length - 1)];
        if (cell != null && cell.owner == thread) {
            COUNT.setOpaque(cell, cell.count + 1);
        } else {
            claimOrShare(thread);
        }
    }

    private void claimOrShare(long thread) {
        int index = (int) thread & (cells.length - 1);
        if (cells[index] == null && CELLS.compareAndSet(cells, index, null, new Cell(thread))) {
            return;
        }
        shared.increment();
    }

    long sum() {
        long sum = shared.sum();
        for (int i = 0; i < cells.length; i++) {
            Cell cell = (Cell) CELLS.getVolatile(cells, i);
            if (cell != null) {
                sum += (long) COUNT.getOpaque(cell);
            }
        }
        return sum;
    }

    /** Padded to two cache lines, so that two owners do not slow each other down. */
    private static final class Cell {
        final long owner;
        // Only its owner writes it. The others are read by nobody.
        long count = 1;
        @SuppressWarnings("unused") // padding
        long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12;

        Cell(long owner) {
            this.owner = owner;
        }
    }
}
