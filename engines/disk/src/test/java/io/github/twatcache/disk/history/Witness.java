package io.github.twatcache.disk.history;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * One of several processes that do things to the same few keys and write down what they saw. Most of it is reading, so that
 * most answers come from the heap.
 */
final class Witness {
    static final int KEYS = 6;

    private Witness() {}

    /** The directory, this witness's number, how many operations. Waits for a line before it starts; reports at the end. */
    public static void main(String[] arguments) throws IOException {
        int number = Integer.parseInt(arguments[1]);
        int operations = Integer.parseInt(arguments[2]);
        SplittableRandom random = new SplittableRandom(number);
        try (TwatCache twat =
                TwatCache.builder().directory(Path.of(arguments[0])).open()) {
            Cache<Integer, Long> cache =
                    twat.disk("history").types(Integer.class, Long.class).build();
            cache.getIfPresent(0);
            System.out.write('r');
            System.out.flush();
            System.in.read();
            long[][] events = new long[operations][];
            long written = 0;
            for (int i = 0; i < operations; i++) {
                int key = random.nextInt(KEYS);
                int dice = random.nextInt(1000);
                long begin = System.nanoTime();
                if (dice < 40) {
                    long value = (long) (number + 1) << 40 | ++written;
                    cache.put(key, value);
                    events[i] = new long[] {0, key, value, begin, System.nanoTime()};
                } else if (dice < 50) {
                    cache.remove(key);
                    events[i] = new long[] {0, key, History.NOTHING, begin, System.nanoTime()};
                } else if (dice < 52) {
                    cache.clear();
                    events[i] = new long[] {0, -1, History.NOTHING, begin, System.nanoTime()};
                } else {
                    Long value = cache.getIfPresent(key);
                    events[i] = new long[] {1, key, value == null ? History.NOTHING : value, begin, System.nanoTime()};
                }
            }
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
            for (long[] event : events) {
                for (long part : event) {
                    out.writeLong(part);
                }
            }
            out.flush();
        }
    }
}
