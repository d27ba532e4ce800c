package io.github.twatcache.disk.diskcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Keep;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Sources;
import io.github.twatcache.disk.DiskEngine;
import io.github.twatcache.disk.DiskSettings;
import io.github.twatcache.error.SerializationException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory of Python's diskcache, used from both sides. */
final class SharedDirectoryTest {
    private static final String OPEN = "c = diskcache.Cache(sys.argv[1])\n";
    private static final String CHECK = "print([str(w.message) for w in c.check()])\n";

    @TempDir
    Path temporary;

    private final List<TwatCache> open = new ArrayList<>();

    private Path directory() {
        return temporary.resolve("shared");
    }

    private CacheBuilder builder() {
        TwatCache twat = Own.instance(temporary);
        open.add(twat);
        return twat.disk("shared").with(DiskSettings.diskcache(directory()));
    }

    private <K, V> Cache<K, V> cache(Class<K> keys, Class<V> values) {
        return builder().types(keys, values).build();
    }

    @AfterEach
    void closeAll() {
        open.forEach(TwatCache::close);
    }

    @Test
    void python_made_opensHere() {
        Python.run(OPEN + """
                c['text'] = 'gr\\u00fc\\u00df \\U0001f600 a\\0b'
                c['empty'] = ''
                c['int'] = 5
                c['least'] = -2**63
                c['float'] = 2.5
                c['bytes'] = b'\\x00\\xff'
                c['long text'] = 'a\\r\\nb' + '\\u20ac' * 40000
                c['long bytes'] = bytes(range(256)) * 1000
                c[7] = 'under an int'
                c[b'\\x00k'] = 'under bytes'
                c.set('expires', 'late', expire=3600)
                c.set('expired', 'gone', expire=-1)
                c.set('tagged', 'with a tag', tag='red')
                """, directory());
        Cache<Object, Object> cache = cache(Object.class, Object.class);
        assertThat(cache.getIfPresent("text")).isEqualTo("gr\u00fc\u00df \ud83d\ude00 a\0b");
        assertThat(cache.getIfPresent("empty")).isEqualTo("");
        assertThat(cache.getIfPresent("int")).isEqualTo(5L);
        assertThat(cache.getIfPresent("least")).isEqualTo(Long.MIN_VALUE);
        assertThat(cache.getIfPresent("float")).isEqualTo(2.5);
        assertThat(cache.getIfPresent("bytes")).isEqualTo(new byte[] {0, -1});
        assertThat(cache.getIfPresent("long text")).isEqualTo("a\r\nb" + "\u20ac".repeat(40_000));
        assertThat((byte[]) cache.getIfPresent("long bytes")).hasSize(256_000).startsWith(0, 1, 2, 3);
        assertThat(cache.getIfPresent(7L)).isEqualTo("under an int");
        assertThat(cache.getIfPresent(new byte[] {0, 'k'})).isEqualTo("under bytes");
        assertThat(cache.getIfPresent("expires")).isEqualTo("late");
        assertThat(cache.getIfPresent("expired")).isNull();
        assertThat(cache.getIfPresent("tagged")).isEqualTo("with a tag");
        assertThat(cache.size()).isEqualTo(12);
        assertThat(Python.run(OPEN + CHECK, directory())).containsExactly("[]");
    }

    @Test
    void made_here_opensInPython() {
        Cache<Object, Object> cache = builder()
                .tags()
                .perEntryExpiry()
                .types(Object.class, Object.class)
                .build();
        cache.put("text", "gr\u00fc\u00df \ud83d\ude00 a\0b");
        cache.put("int", Long.MAX_VALUE);
        cache.put("float", -0.0);
        cache.put("bytes", new byte[] {0, -1});
        cache.put("long text", "\u20ac".repeat(40_000));
        cache.put("long with cr", "a\r\nb".repeat(20_000));
        cache.put("long bytes", new byte[100_000]);
        cache.put(7L, "under an int");
        cache.put(new byte[] {0, 'k'}, "under bytes");
        cache.put("java", new BigDecimal("1.50"));
        cache.put("nan", Double.NaN);
        cache.put("expires", "late", Keep.lasting(Duration.ofHours(1)).tagged("red"));
        assertThat(Python.run(OPEN + """
                        print(ascii(c['text']), c['int'], c['float'], c['bytes'])
                        print(c['long text'] == '\\u20ac' * 40000, c['long with cr'] == 'a\\r\\nb' * 20000)
                        print(c['long bytes'] == bytes(100000), c[7], c[b'\\x00k'])
                        print(type(c['java']).__name__, c['java'][:5], type(c['nan']).__name__)
                        value, expire, tag = c.get('expires', expire_time=True, tag=True)
                        import time
                        print(value, 3500 < expire - time.time() < 3600, tag, len(c), c.evict('red'), len(c))
                        c.set('copied', c['java'])
                        """ + CHECK, directory()))
                .containsExactly(
                        "'gr\\xfc\\xdf \\U0001f600 a\\x00b' 9223372036854775807 -0.0 b'\\x00\\xff'",
                        "True True",
                        "True under an int under bytes",
                        "bytes b'\\xf5twat' bytes",
                        "late True red 12 1 11",
                        "[]");
        assertThat(cache.getIfPresent("java")).isEqualTo(new BigDecimal("1.50"));
        assertThat(cache.getIfPresent("copied")).isEqualTo(new BigDecimal("1.50"));
        assertThat(cache.getIfPresent("nan")).isEqualTo(Double.NaN);
        assertThat(cache.getIfPresent("float")).isEqualTo(-0.0);
    }

    @Test
    void settings_areThoseThatPythonMakes() {
        Path pythons = temporary.resolve("pythons");
        Python.run(OPEN, pythons);
        cache(String.class, String.class).put("a", "b");
        String dump = """
                import sqlite3
                db = sqlite3.connect(sys.argv[1] + '/cache.db')
                for row in sorted(map(repr, db.execute("SELECT * FROM Settings WHERE key <> 'count'"))): print(row)
                for row in sorted(map(repr, db.execute("SELECT type, name, tbl_name FROM sqlite_master"))): print(row)
                for pragma in 'journal_mode auto_vacuum page_size encoding user_version application_id'.split():
                    print(pragma, db.execute('PRAGMA ' + pragma).fetchall())
                print([row[1:] for row in db.execute("PRAGMA table_info(Cache)") if not row[1].startswith('twat_')])
                """;
        assertThat(Python.run(dump, directory())).isEqualTo(Python.run(dump, pythons));
    }

    @Test
    void pickledValue_refusedByName_survives() {
        Python.run(OPEN + "c['k'] = {'a': 1}; c['none'] = None; c[('a', 1)] = 'tuple key'", directory());
        Cache<String, Object> cache = cache(String.class, Object.class);
        for (String key : List.of("k", "none")) {
            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(() -> cache.getIfPresent(key))
                    .withMessageContaining("mode 4 (MODE_PICKLE)")
                    .withMessageContaining("never reads a pickle");
            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(() -> cache.get(key, k -> "computed"))
                    .withMessageContaining("MODE_PICKLE");
            assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> cache.peek(key));
            assertThat(cache.putIfAbsent(key, "other")).isFalse();
        }
        cache.put("own", "value");
        assertThat(cache.size()).isEqualTo(3);
        assertThat(Python.run(OPEN + "print(c['k'], c['none'], c[('a', 1)], c['own'])\n" + CHECK, directory()))
                .containsExactly("{'a': 1} None tuple key value", "[]");
        cache.put("k", "now a text");
        assertThat(cache.getIfPresent("k")).isEqualTo("now a text");
        assertThat(cache.remove("none")).isTrue();
    }

    @Test
    void valueOfAnotherType_refusedByName() {
        Python.run(OPEN + "c['k'] = 'text'; c['n'] = 5", directory());
        Cache<String, Integer> cache = cache(String.class, Integer.class);
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> cache.getIfPresent("k"))
                .withMessageContaining("a str of Python's");
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> cache.getIfPresent("n"))
                .withMessageContaining("which is a Long");
    }

    @Test
    void overwrites_ofPythons_areSeen_whateverTheChecksumWas() {
        Cache<String, Object> cache = cache(String.class, Object.class);
        for (String key : List.of("set", "incr", "touch", "file")) {
            cache.put(key, key.equals("incr") ? (Object) 1L : key.equals("file") ? "x".repeat(50_000) : "of Java");
        }
        Python.run(OPEN + """
                c['set'] = 'of Python'
                c.incr('incr', 41)
                c.touch('touch', expire=1000)
                c['file'] = 'y' * 50000
                """, directory());
        assertThat(cache.getIfPresent("set")).isEqualTo("of Python");
        assertThat(cache.getIfPresent("incr")).isEqualTo(42L);
        assertThat(cache.getIfPresent("touch")).isEqualTo("of Java");
        assertThat(cache.getIfPresent("file")).isEqualTo("y".repeat(50_000));
        cache.put("set", "of Java again");
        assertThat(Python.run(OPEN + "print(c['set'])\n" + CHECK, directory())).containsExactly("of Java again", "[]");
    }

    @Test
    void iteration_namesWhatJavaCanName() {
        Python.run(OPEN + "c['a'] = 'x'; c[5] = 'y'; c[b'b'] = 'z'; c[2.5] = 'f'; c[(1, 2)] = 't'", directory());
        assertThat(cache(String.class, String.class).asMap()).containsExactly(Map.entry("a", "x"));
        assertThat(cache(Long.class, String.class).asMap()).containsExactly(Map.entry(5L, "y"));
        Cache<byte[], String> bytes = cache(byte[].class, String.class);
        assertThat(bytes.asMap().keySet()).hasSize(1);
        assertThat(bytes.size()).isEqualTo(1);
        Cache<Object, String> all = cache(Object.class, String.class);
        assertThat(all.size()).isEqualTo(3);
        all.clear();
        assertThat(all.size()).isZero();
        assertThat(Python.run(OPEN + "print(sorted(map(repr, c)))\n" + CHECK, directory()))
                .containsExactly("['(1, 2)', '2.5']", "[]");
    }

    @Test
    void jsonDisk_bothWays() {
        String json = "c = diskcache.Cache(sys.argv[1], disk=diskcache.JSONDisk)\n";
        Python.run(json + """
                c['k\\u00e9"y'] = {'a': [1, 2.5, None, True, 'x'], 'b': 2**70}
                c[5] = 'text'
                c['none'] = None
                c['long'] = list(range(30000))
                c['x' * 200] = 'long key'
                """, directory());
        Cache<Object, Object> cache = cache(Object.class, Object.class);
        assertThat(cache.getIfPresent("k\u00e9\"y"))
                .isEqualTo(new TreeMap<>(Map.of(
                        "a", Arrays.asList(1L, 2.5, null, true, "x"), "b", java.math.BigInteger.ONE.shiftLeft(70))));
        assertThat(cache.getIfPresent(5L)).isEqualTo("text");
        assertThat(cache.peek("none").present()).isTrue();
        assertThat((List<?>) cache.getIfPresent("long")).hasSize(30_000);
        assertThat(cache.getIfPresent("x".repeat(200))).isEqualTo("long key");
        assertThat(cache.size()).isEqualTo(5);
        cache.put("from \ud83d\ude00", List.of("a\nb", 1L, Map.of("k", -0.5)));
        cache.put("java", new BigDecimal("1.5"));
        assertThat(Python.run(
                        json + "print(c['from \\U0001f600'], sorted(c['java']), len(c), len(list(c)))\n" + CHECK,
                        directory()))
                .containsExactly("['a\\nb', 1, {'k': -0.5}] ['base64', 'twat-cache'] 7 7", "[]");
        assertThat(cache.getIfPresent("java")).isEqualTo(new BigDecimal("1.5"));
    }

    /** A key is found by its compressed bytes: both sides have to compress alike, whatever the text. */
    @Test
    void jsonDisk_keysOfAllLengths_foundByBoth() {
        Random random = new Random(7);
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            StringBuilder key = new StringBuilder();
            for (int length = random.nextInt(10 * i + 1); length >= 0; length--) {
                key.append(
                        (char) (random.nextInt(20) == 0 ? random.nextInt(0xD000) : 'a' + random.nextInt(i % 26 + 1)));
            }
            keys.add(key + "-" + i);
        }
        Cache<String, String> cache = builder()
                .set(DiskSettings.JSON_DISK, true)
                .types(String.class, String.class)
                .build();
        keys.forEach(key -> cache.put(key, key));
        assertThat(Python.run("""
                        c = diskcache.Cache(sys.argv[1], disk=diskcache.JSONDisk)
                        keys = [c[k] for k in list(c)]
                        for k in keys: c.set(k, 'of Python')
                        print(len(c), len(keys), len(c.check()))
                        """, directory())).containsExactly("300 300 0");
        for (String key : keys) {
            assertThat(cache.getIfPresent(key)).isEqualTo("of Python");
        }
    }

    @Test
    void configuration_canNameTheDirectory() {
        Python.run(OPEN + "c['k'] = 'of Python'", directory());
        Properties properties = new Properties();
        properties.setProperty("twat.cache.caches.shared.engine", "disk");
        properties.setProperty("twat.cache.caches.shared.format", "diskcache");
        properties.setProperty("twat.cache.caches.shared.directory", directory().toString());
        try (TwatCache twat = TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none().systemProperties(properties))
                .directory(temporary.resolve("own"))
                .open()) {
            assertThat(twat.cache("shared")
                            .types(String.class, String.class)
                            .build()
                            .getIfPresent("k"))
                    .isEqualTo("of Python");
        }
    }
}
