package io.github.twatcache.disk.diskcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.disk.DiskSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Python's JSONDisk would give back as something else is kept as bytes, and comes back as what it was. */
final class SharedJsonTest {
    @TempDir
    Path temporary;

    private TwatCache twat;

    @BeforeEach
    void open() {
        twat = Own.instance(temporary);
    }

    @AfterEach
    void close() {
        twat.close();
    }

    private <V> Cache<String, V> cache(Class<V> values) {
        return twat.disk("json-" + values.getSimpleName())
                .with(DiskSettings.diskcache(temporary.resolve(values.getSimpleName())))
                .set(DiskSettings.JSON_DISK, true)
                .types(String.class, values)
                .build();
    }

    @Test
    void put_mapsThatCompareTheirKeys_areStored() {
        Cache<String, Object> cache = cache(Object.class);
        List<Object> values = List.of(
                new TreeMap<>(Map.of(1L, "a")),
                List.of(new TreeMap<>(Map.of(1L, "a"))),
                new ConcurrentSkipListMap<>(Map.of(1L, "a")),
                Map.of("in", new TreeMap<>(Map.of(2L, "b"))));
        for (int i = 0; i < values.size(); i++) {
            cache.put("k" + i, values.get(i));
            assertThat(cache.getIfPresent("k" + i)).isEqualTo(values.get(i));
        }
    }

    @Test
    @SuppressWarnings("JdkObsolete") // what was stored by somebody who uses them
    void put_classesOfTheirOwn_comeBackAsSuch() {
        Cache<String, Object> cache = cache(Object.class);
        TreeMap<String, Long> reversed = new TreeMap<>(Comparator.reverseOrder());
        reversed.putAll(Map.of("a", 1L, "b", 2L));
        List<Object> values = List.of(
                new TreeMap<>(Map.of("a", 1L)),
                reversed,
                new ConcurrentHashMap<>(Map.of("a", 1L)),
                new LinkedList<>(List.of("x")),
                new Vector<>(List.of("x")));
        for (int i = 0; i < values.size(); i++) {
            cache.put("k" + i, values.get(i));
            Object back = cache.getIfPresent("k" + i);
            assertThat(back).isEqualTo(values.get(i)).hasSameClassAs(values.get(i));
            cache.put("k" + i, List.of(values.get(i)));
            List<?> within = (List<?>) cache.getIfPresent("k" + i);
            assertThat(within.get(0)).isEqualTo(values.get(i)).hasSameClassAs(values.get(i));
        }
        cache.put("reversed", reversed);
        assertThat(((TreeMap<?, ?>) cache.getIfPresent("reversed")).firstKey()).isEqualTo("b");
    }

    @Test
    @SuppressWarnings("rawtypes") // the class is what a cache is told
    void typed_sortedMap_comesBack() {
        Cache<String, TreeMap> cache = cache(TreeMap.class);
        cache.put("k", new TreeMap<>(Map.of("a", "b")));
        assertThat((Object) cache.getIfPresent("k")).isEqualTo(new TreeMap<>(Map.of("a", "b")));
    }

    @Test
    void plainListsAndMaps_areJsonForPython() {
        Cache<String, Object> cache = cache(Object.class);
        Map<String, Object> ordered = new LinkedHashMap<>();
        ordered.put("b", 1L);
        ordered.put("a", null);
        List<Object> values = List.of(
                List.of(1L, "x"),
                new ArrayList<>(List.of(1L)),
                Arrays.asList(1L, null),
                Map.of("a", 1L),
                new HashMap<>(Map.of("a", 1L)),
                ordered);
        for (int i = 0; i < values.size(); i++) {
            cache.put("k" + i, values.get(i));
            assertThat(cache.getIfPresent("k" + i)).isEqualTo(values.get(i));
        }
        assertThat(Python.run(
                        "c = diskcache.Cache(sys.argv[1], disk=diskcache.JSONDisk)\n"
                                + "print([c['k%d' % i] for i in range(6)])",
                        temporary.resolve("Object")))
                .containsExactly("[[1, 'x'], [1], [1, None], {'a': 1}, {'a': 1}, {'b': 1, 'a': None}]");
    }
}
