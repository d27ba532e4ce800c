package io.github.twatcache.disk.diskcache;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Sources;
import io.github.twatcache.disk.DiskEngine;
import io.github.twatcache.disk.DiskSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints what look-ups and writes cost in both formats, and in Python's diskcache beside them. Run by hand, as docs/diskcache.md
 * says; asserts nothing.
 */
final class SpeedOfFormats {
    private static final int ENTRIES = 10_000;
    private static final int ROUNDS = 50_000;
    private static final int WARM_UP = 50_000;

    @TempDir
    Path temporary;

    @Test
    @SuppressWarnings("SystemOut") // to be read by who runs it
    void print() {
        measure("native", builder -> builder);
        measure("native, front off", builder -> builder.set(DiskSettings.FRONT, false));
        measure("diskcache", builder -> builder.with(DiskSettings.diskcache(temporary.resolve("plain"))));
        measure(
                "diskcache, least-recently-used",
                builder -> builder.with(DiskSettings.diskcache(temporary.resolve("lru")))
                        .policy(Policy.LRU));
        for (String policy : new String[] {"least-recently-stored", "least-recently-used"}) {
            Python.run("""
                            import random, time
                            c = diskcache.Cache(sys.argv[1], eviction_policy=sys.argv[2])
                            n, value = int(sys.argv[3]), b'v' * 1024
                            for i in range(n): c['key-%d' % i] = value
                            def run(what, f):
                                times = []
                                for i in range(int(sys.argv[4])):
                                    k = 'key-%d' % random.randrange(n)
                                    t = time.perf_counter_ns(); f(k); times.append(time.perf_counter_ns() - t)
                                times.sort()
                                print("Python's, %-29s %s p50 %7.2f us, p99 %7.1f us" % (sys.argv[2], what,
                                        times[len(times) // 2] / 1000, times[len(times) * 99 // 100] / 1000))
                            run('get', lambda k: c[k])
                            run('put', lambda k: c.set(k, value))
                            """, temporary.resolve("python-" + policy), policy, ENTRIES, ROUNDS)
                    .forEach(System.out::println);
        }
    }

    private void measure(String name, UnaryOperator<CacheBuilder> format) {
        try (TwatCache twat = TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none())
                .directory(temporary.resolve(name))
                .open()) {
            Cache<String, byte[]> cache = format.apply(twat.disk("speed"))
                    .types(String.class, byte[].class)
                    .build();
            byte[] value = new byte[1_024];
            Random random = new Random(1);
            random.nextBytes(value);
            for (int i = 0; i < ENTRIES; i++) {
                cache.put("key-" + i, value);
            }
            print(name, "get", random, i -> cache.getIfPresent("key-" + i));
            print(name, "put", random, i -> cache.put("key-" + i, value));
        }
    }

    @SuppressWarnings("SystemOut") // to be read by who runs it
    private static void print(String name, String what, Random random, IntConsumer operation) {
        for (int i = 0; i < WARM_UP; i++) {
            operation.accept(random.nextInt(ENTRIES));
        }
        long[] nanos = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            int key = random.nextInt(ENTRIES);
            long start = System.nanoTime();
            operation.accept(key);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%-39s %s p50 %7.2f us, p99 %7.1f us%n",
                name,
                what,
                nanos[ROUNDS / 2] / 1_000.0,
                nanos[ROUNDS * 99 / 100] / 1_000.0);
    }
}
