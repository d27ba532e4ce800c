package io.github.twatcache.disk.diskcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Counters;
import io.github.twatcache.Keep;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Policy;
import io.github.twatcache.disk.DiskSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Python calls a FanoutCache: several directories, and the key says which. */
final class SharedFanoutTest {
    private static final String CHECK = "print([str(w.message) for w in c.check()])\n";

    @TempDir
    Path temporary;

    private TwatCache twat;

    private Path directory() {
        return temporary.resolve("shared");
    }

    @BeforeEach
    void open() {
        twat = Own.instance(temporary);
    }

    @AfterEach
    void close() {
        twat.close();
    }

    private CacheBuilder builder() {
        return twat.disk("shared").with(DiskSettings.diskcache(directory()));
    }

    private <K, V> Cache<K, V> cache(Class<K> keys, Class<V> values) {
        return builder().types(keys, values).build();
    }

    @Test
    void made_byPython_bothFindEachOthersKeys() {
        String fanout = "c = diskcache.FanoutCache(sys.argv[1])\n";
        Python.run(fanout + """
                for i in range(200): c['k%d' % i] = i
                for i in range(-100, 100): c[i * 4294967291] = 'n%d' % i
                for i in range(100): c[bytes([i, 255 - i])] = b'b'
                """, directory());
        Cache<Object, Object> cache = cache(Object.class, Object.class);
        for (long i = 0; i < 200; i++) {
            assertThat(cache.getIfPresent("k" + i)).isEqualTo(i);
        }
        for (long i = -100; i < 100; i++) {
            assertThat(cache.getIfPresent(i * 4_294_967_291L)).isEqualTo("n" + i);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(cache.getIfPresent(new byte[] {(byte) i, (byte) (255 - i)}))
                    .isEqualTo(new byte[] {'b'});
        }
        assertThat(cache.size()).isEqualTo(500);
        for (long i = 0; i < 200; i++) {
            cache.put("j" + i, i);
        }
        assertThat(Python.run(
                        fanout + "print(all(c['j%d' % i] == i for i in range(200)), len(c))\n" + CHECK, directory()))
                .containsExactly("True 700", "[]");
    }

    @Test
    void made_here_opensInPython() {
        Cache<Object, Object> cache = builder()
                .set(DiskSettings.SHARDS, 3L)
                .tags()
                .types(Object.class, Object.class)
                .build();
        for (long i = -100; i < 100; i++) {
            cache.put(i * 4_294_967_291L, i);
            cache.put("k" + i, "v" + i, Keep.under(i % 2 == 0 ? "even" : "odd"));
            cache.put(new byte[] {(byte) i, (byte) (255 - i)}, new byte[] {(byte) i});
        }
        cache.put("large", "x".repeat(50_000));
        assertThat(Python.run("""
                        c = diskcache.FanoutCache(sys.argv[1], shards=3)
                        print(all(c[i * 4294967291] == i and c['k%d' % i] == 'v%d' % i for i in range(-100, 100)))
                        print(all(c[bytes([i & 255, 255 - i & 255])] == bytes([i & 255]) for i in range(-100, 100)))
                        print(len(c), len(c['large']), c.size_limit * 3 == 2 ** 30, c.evict('even'), len(c))
                        c['k1'] = 'of Python'
                        c.incr('count', 5)
                        """ + CHECK, directory()))
                .containsExactly("True", "True", "601 50000 True 100 501", "[]");
        assertThat(cache.getIfPresent("k1")).isEqualTo("of Python");
        assertThat(cache.getIfPresent("k2")).isNull();
        assertThat(cache.size()).isEqualTo(502);
        Cache<String, Long> counts = twat.disk("counts")
                .with(DiskSettings.diskcache(directory()))
                .types(String.class, Long.class)
                .build();
        assertThat(Counters.of(counts).add("count", 37)).isEqualTo(42);
    }

    /** Each shard has its part of the limit, which Python writes anew whenever it opens a FanoutCache. */
    @Test
    void maximumBytes_isDividedAndKeptByBoth() {
        Cache<Long, byte[]> cache = builder()
                .set(DiskSettings.SHARDS, 4L)
                .maximumBytes(1_200_000)
                .policy(Policy.LRU)
                .types(Long.class, byte[].class)
                .build();
        for (long i = 0; i < 60; i++) {
            cache.put(i, new byte[50_000]);
            assertThat(cache.getIfPresent(i)).isNotNull();
        }
        assertThat(cache.size()).isBetween(4L, 24L);
        List<String> pythons = Python.run("""
                c = diskcache.FanoutCache(sys.argv[1], shards=4, size_limit=1200000)
                print({s.size_limit for s in c._shards}, c.eviction_policy, c.volume() <= 1200000)
                for i in range(100, 160): c[i] = bytes(50000)
                print(c.volume() <= 1400000)
                """ + CHECK, directory());
        assertThat(pythons).containsExactly("{300000.0} least-recently-used True", "True", "[]");
        assertThat(cache.size()).isLessThan(28);
    }

    @Test
    void jsonDisk_keysGoWherePythonLooks() {
        Python.run("""
                c = diskcache.FanoutCache(sys.argv[1], shards=3, disk=diskcache.JSONDisk)
                for i in range(100): c['k%d' % i] = {'n': i}; c[i] = [i]
                """, directory());
        Cache<Object, Object> cache = cache(Object.class, Object.class);
        for (long i = 0; i < 100; i++) {
            assertThat(cache.getIfPresent("k" + i)).isEqualTo(Map.of("n", i));
            assertThat(cache.getIfPresent(i)).isEqualTo(List.of(i));
            cache.put("j" + i, List.of("j", i));
        }
        assertThat(Python.run("""
                        c = diskcache.FanoutCache(sys.argv[1], shards=3, disk=diskcache.JSONDisk)
                        print(all(c['j%d' % i] == ['j', i] for i in range(100)), len(c))
                        """ + CHECK, directory())).containsExactly("True 300", "[]");
    }
}
