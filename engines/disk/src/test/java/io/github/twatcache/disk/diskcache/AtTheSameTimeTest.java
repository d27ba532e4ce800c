package io.github.twatcache.disk.diskcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.Counters;
import io.github.twatcache.TwatCache;
import io.github.twatcache.disk.DiskSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Two threads here and two processes of Python's write to one directory at the same time, 100,000 operations in all: each to
 * keys of its own, to keys that all write, to a counter that all count with, and it reads both. Both languages draw the same
 * numbers, so what each writer has left is known.
 */
final class AtTheSameTimeTest {
    private static final int OPERATIONS = 25_000;
    private static final int KINDS = 10;
    private static final int OWN = 100;
    private static final int SHARED = 50;
    private static final String OPEN = "c = diskcache.Cache(sys.argv[1], timeout=60)\n";

    private static final String WRITER = OPEN + """
            w, n = sys.argv[2], int(sys.argv[3])
            x, own = int(w), {}
            print('r', flush=True)
            sys.stdin.readline()
            for i in range(n):
                x = (x * 1103515245 + 12345) & 0x7fffffff
                kind, k = (x >> 16) % 10, (x >> 8) % 100
                mine, all = 'own-%s-%d' % (w, k), 'shared-%d' % (k % 50)
                if kind < 4:
                    own[mine] = '%s:%s:%d%s' % (mine, w, i, '+' * 40000 if i % 100 == 0 else '')
                    c.set(mine, own[mine], retry=True)
                elif kind == 4:
                    assert c.delete(mine, retry=True) == (own.pop(mine, None) is not None)
                elif kind == 5:
                    c.set(all, '%s:%s:%d' % (all, w, i), retry=True)
                elif kind == 6:
                    c.incr('count', retry=True)
                elif kind == 7:
                    value = c.get(all, retry=True)
                    assert value is None or value.startswith(all + ':'), value
                else:
                    assert c.get(mine, retry=True) == own.get(mine), mine
            """;

    private static final String READER = OPEN + """
            for k in sorted(c): print(k, c[k])
            """;

    /** What a writer does, as the script above does it. */
    private static final class Draw {
        private int state;

        Draw(int seed) {
            state = seed;
        }

        void next() {
            state = (int) ((state * 1_103_515_245L + 12_345) & 0x7FFF_FFFF);
        }

        int kind() {
            return (state >> 16) % KINDS;
        }

        int key() {
            return (state >> 8) % OWN;
        }
    }

    private static String value(String key, int writer, int i) {
        return key + ':' + writer + ':' + i + (i % 100 == 0 && key.startsWith("own") ? "+".repeat(40_000) : "");
    }

    /** What a writer has left: its own keys, the last that it has written to each shared key, and its part of the count. */
    private static Map<String, String> left(int writer, Map<String, List<String>> shared) {
        Map<String, String> own = new HashMap<>();
        Map<String, String> last = new HashMap<>();
        Draw draw = new Draw(writer);
        for (int i = 0; i < OPERATIONS; i++) {
            draw.next();
            String mine = "own-" + writer + '-' + draw.key();
            String all = "shared-" + draw.key() % SHARED;
            if (draw.kind() < 4) {
                own.put(mine, value(mine, writer, i));
            } else if (draw.kind() == 4) {
                own.remove(mine);
            } else if (draw.kind() == 5) {
                last.put(all, value(all, writer, i));
            }
        }
        last.forEach((key, value) ->
                shared.computeIfAbsent(key, unused -> new ArrayList<>()).add(value));
        return own;
    }

    private static long counted(int writer) {
        Draw draw = new Draw(writer);
        long count = 0;
        for (int i = 0; i < OPERATIONS; i++) {
            draw.next();
            count += draw.kind() == 6 ? 1 : 0;
        }
        return count;
    }

    private static void write(Cache<String, String> cache, Cache<String, Long> counts, int writer) {
        Map<String, String> own = new HashMap<>();
        Counters<String> counters = Counters.of(counts);
        Draw draw = new Draw(writer);
        for (int i = 0; i < OPERATIONS; i++) {
            draw.next();
            String mine = "own-" + writer + '-' + draw.key();
            String all = "shared-" + draw.key() % SHARED;
            switch (draw.kind()) {
                case 0, 1, 2, 3 -> {
                    String value = value(mine, writer, i);
                    own.put(mine, value);
                    cache.put(mine, value);
                }
                case 4 -> assertThat(cache.remove(mine)).isEqualTo(own.remove(mine) != null);
                case 5 -> cache.put(all, value(all, writer, i));
                case 6 -> counters.add("count", 1);
                case 7 -> {
                    String value = cache.getIfPresent(all);
                    assertThat(value == null || value.startsWith(all + ':')).isTrue();
                }
                default -> {
                    @Nullable String value = cache.getIfPresent(mine);
                    assertThat(Objects.equals(value, own.get(mine))).isTrue();
                }
            }
        }
    }

    @Test
    void writers_ofBothLanguages_loseNothing(@TempDir(factory = TempDirFactory.Standard.class) Path temporary)
            throws Exception {
        Path directory = temporary.resolve("shared");
        Map<String, String> here = new TreeMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Process> pythons =
                List.of(Python.start(WRITER, directory, 1, OPERATIONS), Python.start(WRITER, directory, 2, OPERATIONS));
        try (TwatCache twat = Own.instance(temporary)) {
            Cache<String, String> cache = twat.disk("texts")
                    .with(DiskSettings.diskcache(directory))
                    .types(String.class, String.class)
                    .build();
            Cache<String, Long> counts = twat.disk("counts")
                    .with(DiskSettings.diskcache(directory))
                    .types(String.class, Long.class)
                    .build();
            for (Process python : pythons) {
                assertThat(python.getInputStream().read()).isEqualTo('r');
            }
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (Process python : pythons) {
                python.getOutputStream().write('\n');
                python.getOutputStream().flush();
            }
            for (int writer : new int[] {3, 4}) {
                writers.add(CompletableFuture.runAsync(() -> write(cache, counts, writer), threads));
            }
            for (CompletableFuture<Void> writer : writers) {
                writer.get();
            }
            for (Process python : pythons) {
                assertThat(Python.printed(python)).isEqualTo(List.of(""));
            }
            here.put("count", String.valueOf(counts.getIfPresent("count")));
            for (String key : cache.asMap().keySet()) {
                here.put(key, String.valueOf(cache.getIfPresent(key)));
            }
        } finally {
            threads.shutdownNow();
            pythons.forEach(Process::destroyForcibly);
        }
        compare(here, directory);
    }

    private static void compare(Map<String, String> here, Path directory) {
        Map<String, List<String>> shared = new HashMap<>();
        Map<String, String> expected = new TreeMap<>();
        long count = 0;
        for (int writer = 1; writer <= 4; writer++) {
            expected.putAll(left(writer, shared));
            count += counted(writer);
        }
        expected.put("count", Long.toString(count));
        shared.forEach((key, values) -> assertThat(values).contains(here.get(key)));
        shared.keySet().forEach(key -> expected.put(key, String.valueOf(here.get(key))));
        assertThat(here).isEqualTo(expected);
        List<String> pythons = Python.run(READER, directory);
        assertThat(pythons)
                .containsExactlyInAnyOrderElementsOf(here.entrySet().stream()
                        .map(entry -> entry.getKey() + ' ' + entry.getValue())
                        .toList());
        assertThat(Python.run(OPEN + "print([str(w.message) for w in c.check()])", directory))
                .containsExactly("[]");
    }
}
