package io.github.twatcache.files.npy;

import io.github.twatcache.Cached1;
import io.github.twatcache.TwatCache;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes, opens and reads an array of 3 GiB, in a JVM whose heap is too small for it; each element is its position. */
public final class LargeMappedArray {
    private static final long LENGTH = 3L << 27;
    private static final int CHUNK = 1 << 16;

    private LargeMappedArray() {}

    /** Works on the file that is named by the argument, and prints what it has seen. */
    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        double[] chunk = new double[CHUNK];
        MappedArray.create(file, new long[] {3, LENGTH / 3}, Dtype.FLOAT64, to -> {
                    for (long from = 0; from < LENGTH; from += CHUNK) {
                        for (int i = 0; i < CHUNK; i++) {
                            chunk[i] = from + i;
                        }
                        to.putAll(chunk, 0, CHUNK);
                    }
                })
                .close();
        System.out.println("heap " + (Runtime.getRuntime().maxMemory() <= 1 << 30) + ", file " + Files.size(file));
        try (MappedArray array = MappedArray.open(file)) {
            read(array);
            argument(array, file.resolveSibling("cache"));
            if (Segments.HERE) {
                Object all = array.as(Segments.type());
                System.out.println("segment " + Segments.bytes(all) + ", end " + Segments.doubleAt(all, LENGTH - 1));
            }
        }
    }

    /** As an argument, of which the content is the key. */
    private static void argument(MappedArray array, Path directory) {
        try (TwatCache twat = TwatCache.builder().directory(directory).open()) {
            Cached1<MappedArray, Long, RuntimeException> size =
                    twat.files("sizes").memoize(MappedArray::size);
            size.apply(array);
            System.out.println("argument " + size.apply(array) + ", cached " + size.isCached(array));
        }
    }

    private static void read(MappedArray array) {
        long wrong = 0;
        // Each place where a mapping of an older JVM begins, in the file and in its data.
        for (long border = 0; border <= LENGTH; border += 1L << 27) {
            for (long position = Math.max(0, border - 40); position < Math.min(LENGTH, border + 40); position++) {
                wrong += array.getDouble(position) == position ? 0 : 1;
            }
        }
        for (long from = 0; from < LENGTH; from += LENGTH / 5) {
            int count = (int) Math.min(100_000_000, LENGTH - from);
            DoubleBuffer range = array.doubles(from, count);
            wrong += range.get(0) == from && range.get(count - 1) == from + count - 1 ? 0 : 1;
        }
        System.out.println("size " + array.size() + ", last " + array.getDouble(array.position(2, LENGTH / 3 - 1))
                + ", wrong " + wrong);
    }
}
