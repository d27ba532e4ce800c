package io.github.twatcache.disk.diskcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Keep;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Policy;
import io.github.twatcache.disk.DiskSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits and policies, kept by both sides in the rows that both write. */
final class SharedPolicyTest {
    private static final String OPEN = "c = diskcache.Cache(sys.argv[1])\n";

    @TempDir
    Path temporary;

    private Path directory() {
        return temporary.resolve("shared");
    }

    private interface Body {
        void run(CacheBuilder builder);
    }

    private void with(UnaryOperator<CacheBuilder> settings, Body body) {
        try (TwatCache twat = Own.instance(temporary)) {
            body.run(settings.apply(twat.disk("shared").with(DiskSettings.diskcache(directory()))));
        }
    }

    @Test
    void maximumBytes_isSizeLimit_andWhatWasJustStoredStays() {
        with(builder -> builder.maximumBytes(200_000).set(DiskSettings.CULL_LIMIT, 10L), builder -> {
            Cache<Long, byte[]> cache = builder.types(Long.class, byte[].class).build();
            for (long i = 0; i < 100; i++) {
                cache.put(i, new byte[50_000]);
                assertThat(cache.getIfPresent(i)).isNotNull();
            }
            assertThat(cache.size()).isBetween(1L, 4L);
        });
        assertThat(Python.run(OPEN + "print(c.size_limit, c.cull_limit, len(c), len(c.check()))", directory()))
                .first()
                .asString()
                .startsWith("200000 10 ")
                .endsWith(" 0");
    }

    @Test
    void lru_readsHereCountInPython() {
        with(builder -> builder.policy(Policy.LRU), builder -> {
            Cache<String, String> cache =
                    builder.types(String.class, String.class).build();
            for (String key : List.of("a", "b", "c")) {
                cache.put(key, "value of " + key);
            }
            assertThat(cache.getIfPresent("a")).isNotNull();
        });
        assertThat(Python.run(OPEN + """
                        print(c.eviction_policy)
                        c.get('b')
                        for (key,) in c._sql('SELECT key FROM Cache ORDER BY access_time'): print(key)
                        c['a'] = 'of Python'
                        c.get('a')
                        """, directory())).containsExactly("least-recently-used", "c", "a", "b");
        with(builder -> builder, builder -> {
            Cache<String, String> cache =
                    builder.types(String.class, String.class).build();
            assertThat(cache.getIfPresent("a")).isEqualTo("of Python");
            assertThat(cache.getIfPresent("b")).isEqualTo("value of b");
        });
    }

    @Test
    void lfu_readsHereCountInPython() {
        with(builder -> builder.policy(Policy.LFU), builder -> {
            Cache<String, String> cache =
                    builder.types(String.class, String.class).build();
            cache.put("a", "1");
            cache.put("b", "2");
            cache.getIfPresent("a");
            cache.getIfPresent("a");
        });
        assertThat(Python.run(OPEN + """
                        c.get('b')
                        for row in c._sql('SELECT key, access_count FROM Cache ORDER BY key'): print(*row)
                        """, directory())).containsExactly("a 2", "b 1");
    }

    /** What others store meanwhile, who may be faster, stays: else an invalidation might never end. */
    @Test
    void invalidateTag_othersGoOnStoring_endsWithWhatWasThere() {
        int there = 600;
        int most = 3_000;
        AtomicReference<@Nullable Cache<Long, String>> storing = new AtomicReference<>();
        AtomicLong next = new AtomicLong(there);
        with(CacheBuilder::tags, builder -> {
            Cache<Long, String> cache = builder.types(Long.class, String.class)
                    .onRemoval((key, value, cause) -> {
                        long number = next.getAndIncrement();
                        Cache<Long, String> again = storing.get();
                        if (again != null && number < most) {
                            again.put(number, "later", Keep.under("a", "b"));
                        }
                    })
                    .build();
            for (long i = 0; i < there; i++) {
                cache.put(i, "v", Keep.under("a", "b"));
            }
            storing.set(cache);
            assertThat(cache.invalidateTag("b")).isEqualTo(there);
            storing.set(null);
            assertThat(cache.size()).isEqualTo(there);
            assertThat(cache.invalidateTag("a")).isEqualTo(there);
        });
    }

    /** Python takes the time before it waits for the lock, and so may store at the very time at which we have. */
    @Test
    void overwrite_atTheVerySameTime_isSeen() {
        for (Policy policy : List.of(Policy.FIFO, Policy.LRU, Policy.LFU)) {
            with(builder -> builder.policy(policy), builder -> {
                Cache<String, String> cache =
                        builder.types(String.class, String.class).build();
                cache.put("k", "of Java");
                Python.run(OPEN + """
                        import diskcache.core
                        ((stored,),) = c._sql('SELECT store_time FROM Cache').fetchall()
                        time = diskcache.core.time.time
                        diskcache.core.time.time = lambda: stored
                        c['k'] = 'of Python'
                        diskcache.core.time.time = time
                        c.get('k')
                        """, directory());
                assertThat(cache.getIfPresent("k")).isEqualTo("of Python");
            });
        }
    }

    /** Calls share the directory too: under keys that Python sees and that mean nothing to it. */
    @Test
    void memoize_survives_andDisturbsNobody() {
        AtomicInteger calls = new AtomicInteger();
        for (boolean json : new boolean[] {false, true}) {
            Path shared = temporary.resolve("calls-" + json);
            calls.set(0);
            for (int round = 0; round < 2; round++) {
                try (TwatCache twat = Own.instance(temporary)) {
                    var square = twat.disk("squares")
                            .with(DiskSettings.diskcache(shared))
                            .set(DiskSettings.JSON_DISK, json)
                            .memoize((Integer n) -> {
                                calls.incrementAndGet();
                                return n * n;
                            });
                    assertThat(square.apply(12)).isEqualTo(144);
                    assertThat(square.apply(13)).isEqualTo(169);
                }
            }
            assertThat(calls).hasValue(2);
            assertThat(Python.run(
                            "c = diskcache.Cache(sys.argv[1], disk=diskcache." + (json ? "JSONDisk" : "Disk") + ")\n"
                                    + "c['own'] = 'x'\nprint(len(list(c)), [str(w.message) for w in c.check()])",
                            shared))
                    .containsExactly("3 []");
        }
    }
}
