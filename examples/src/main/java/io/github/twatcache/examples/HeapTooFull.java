package io.github.twatcache.examples;

import io.github.twatcache.Cached1;
import io.github.twatcache.TwatCache;
import java.io.IOException;

/** The heap is too full: a cache that counts entries holds more than anybody thought. */
public final class HeapTooFull {
    private static final long MIB = 1 << 20;

    private HeapTooFull() {}

    static byte[] image(int side) {
        return new byte[side * side];
    }

    /** Asks for images of 100 to 1,000 pixels a side; returns the bytes of those that the cache still has. */
    private static long filled(Cached1<Integer, byte[], RuntimeException> image) {
        for (int side = 100; side <= 1_000; side += 5) {
            image.apply(side);
        }
        System.out.println(image.size() + " images"); // size() has the engine finish what it has put off
        long held = 0;
        for (int side = 100; side <= 1_000; side += 5) {
            held += image.isCached(side) ? (long) side * side : 0;
        }
        return held;
    }

    /**
     * Runs the example.
     *
     * @param args none
     * @throws IOException when the directory cannot be made or removed
     */
    public static void main(String... args) throws IOException {
        try (TemporaryDirectory temporary = TemporaryDirectory.make();
                TwatCache twat = TwatCache.builder()
                        .directory(temporary.path().resolve("cache"))
                        .open()) {
            long entries = filled(twat.memory("entries").maximumSize(100).memoize(HeapTooFull::image));
            long bytes = filled(twat.memory("bytes").maximumBytes(8 * MIB).memoize(HeapTooFull::image));
            System.out.println("before: maximumSize(100) holds " + entries / MIB + " MiB");
            System.out.println("after: maximumBytes(8 MiB) holds " + bytes / MIB + " MiB");
            Claim.that("a hundred entries are more than 8 MiB", entries > 8 * MIB);
            Claim.that("a limit in bytes is one on the heap", bytes <= 8 * MIB && bytes > 0);

            var split = twat.memory("images").split(100_000).memoize(HeapTooFull::image);
            Claim.that("all are found, the large ones on the disk", filled(split) > 50 * MIB);
            System.out.println("or: " + split.explain().engine());
        }
    }
}
