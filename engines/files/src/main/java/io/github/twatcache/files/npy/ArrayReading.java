package io.github.twatcache.files.npy;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Elements out of a file into Java arrays. */
final class ArrayReading {
    private final Layout layout;
    private final Source from;
    private final Units units;

    private ArrayReading(Layout layout, Source from) {
        this.layout = layout;
        this.from = from;
        this.units = Units.of(layout.element());
    }

    /** Reads what stands behind a header. */
    static Object read(Layout layout, Source from) throws IOException {
        return new ArrayReading(layout, from).read();
    }

    private Object read() throws IOException {
        Leaves leaves = Leaves.make(layout);
        if (layout.transposed()) {
            scatter(leaves);
        } else {
            leaves.each(leaf -> fill(leaf, leaves.length()));
        }
        return leaves.value();
    }

    private void fill(Object leaf, int length) throws IOException {
        int at = 0;
        while (at < length) {
            ByteBuffer bytes = from.atLeast(units.bytes).order(layout.element().order());
            int count = Math.min(bytes.remaining() / units.bytes, length - at);
            units.put(bytes, leaf, at, count);
            at += count;
        }
    }

    /** Reads elements that lie with the first index changing fastest. */
    private void scatter(Leaves leaves) throws IOException {
        List<Object> rows = new ArrayList<>();
        leaves.each(rows::add);
        int lanes = layout.element().dtype().lanes();
        int perRow = leaves.length() / lanes;
        FortranOrder order = new FortranOrder(layout.shape());
        long left = layout.count();
        int bytesEach = units.bytes * lanes;
        Object some = Array.newInstance(layout.element().dtype().component(), 0);
        while (left > 0) {
            ByteBuffer bytes = from.atLeast(bytesEach).order(layout.element().order());
            int count = (int) Math.min(bytes.remaining() / bytesEach, left);
            if (Array.getLength(some) < count * lanes) {
                some = Array.newInstance(layout.element().dtype().component(), count * lanes);
            }
            units.put(bytes, some, 0, count * lanes);
            for (int i = 0; i < count; i++) {
                long position = order.next();
                Object row = rows.get((int) (position / perRow));
                System.arraycopy(some, i * lanes, row, (int) (position % perRow) * lanes, lanes);
            }
            left -= count;
        }
    }
}
