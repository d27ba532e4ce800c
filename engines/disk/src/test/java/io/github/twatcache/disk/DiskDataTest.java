package io.github.twatcache.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.Cache;
import io.github.twatcache.Counters;
import io.github.twatcache.Ordered;
import io.github.twatcache.Queues;
import io.github.twatcache.SharedDeque;
import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Secret;
import io.github.twatcache.error.SerializationException;
import io.github.twatcache.error.ValueException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bulk look-ups, counters, order and queues in a real database, and between two who have it open. */
class DiskDataTest {
    @TempDir
    Path directory;

    @Test
    void getAllPresent_changedByAnother_theNewest() {
        try (Opened one = new Opened(directory);
                Opened other = new Opened(directory)) {
            Cache<String, String> here = one.cache(String.class);
            Cache<String, String> there = other.cache(String.class);
            List<String> keys = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                keys.add("k" + i);
                here.put("k" + i, "old");
            }
            assertThat(here.getAllPresent(keys).values()).hasSize(300).containsOnly("old");
            assertThat(here.getAllPresent(keys).values()).hasSize(300).containsOnly("old");
            there.putAll(Map.of("k7", "new", "k8", "new"));
            there.remove("k9");
            assertThat(here.getAllPresent(keys)).hasSize(299).containsEntry("k7", "new");
            assertThat(here.getAllPresent(List.of("k7", "k8", "k9"))).isEqualTo(Map.of("k7", "new", "k8", "new"));
            there.clear();
            assertThat(here.getAllPresent(keys)).isEmpty();
        }
    }

    @Test
    void getAllPresent_smallAndLarge_all() {
        try (Opened opened = new Opened(directory)) {
            Cache<String, byte[]> cache =
                    opened.cache(byte[].class, builder -> builder.expireAfterAccess(java.time.Duration.ofHours(1)));
            Map<String, byte[]> entries = new TreeMap<>();
            for (int i = 0; i < 40; i++) {
                entries.put("k" + i, new byte[i * 5_000]);
            }
            cache.putAll(entries);
            Map<String, byte[]> found = cache.getAllPresent(entries.keySet());
            assertThat(found).hasSize(40);
            found.forEach((key, value) -> assertThat(value).isEqualTo(entries.get(key)));
        }
    }

    @Test
    void putAll_oneCannotBeWritten_noneIsStored() {
        try (Opened opened = new Opened(directory)) {
            Cache<String, Object> cache = opened.cache(Object.class);
            Map<String, Object> entries = new TreeMap<>();
            entries.put("a", new byte[100_000]);
            entries.put("b", new Object());
            assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> cache.putAll(entries));
            assertThat(cache.size()).isZero();
            assertThat(opened.files()).isEmpty();
        }
    }

    @Test
    void add_fullOfWhatStays_refused() {
        try (Opened opened = new Opened(directory)) {
            Cache<String, Long> cache =
                    opened.cache(Long.class, builder -> builder.maximumSize(1).policy(Policy.NONE));
            Counters<String> counters = Counters.of(cache);
            assertThat(counters.increment("a")).isEqualTo(1);
            assertThatExceptionOfType(ValueException.class).isThrownBy(() -> counters.increment("b"));
            assertThat(counters.increment("a")).isEqualTo(2);
            assertThat(cache.contains("b")).isFalse();
        }
    }

    @Test
    void add_seenByAnotherAndAfterReopening() {
        try (Opened one = new Opened(directory);
                Opened other = new Opened(directory)) {
            Cache<String, Long> here = one.cache(Long.class);
            Cache<String, Long> there = other.cache(Long.class);
            for (long i = 1; i <= 50; i++) {
                assertThat(Counters.of(i % 2 == 0 ? here : there).increment("n"))
                        .isEqualTo(i);
                assertThat(here.getIfPresent("n")).isEqualTo(i);
                assertThat(there.getIfPresent("n")).isEqualTo(i);
            }
        }
        try (Opened again = new Opened(directory)) {
            assertThat(Counters.of(again.cache(Long.class)).addIfPresent("n", 0))
                    .hasValue(50);
        }
    }

    @Test
    void byKey_afterAnyHistory_asATreeMap() {
        try (Opened one = new Opened(directory);
                Opened other = new Opened(directory)) {
            Cache<String, Integer> here = one.cache(Integer.class);
            Cache<String, Integer> there = other.cache(Integer.class);
            TreeMap<String, Integer> model = new TreeMap<>();
            SplittableRandom random = new SplittableRandom(7);
            for (int i = 0; i < 1_500; i++) {
                Cache<String, Integer> cache = i % 2 == 0 ? here : there;
                String key = "k" + random.nextInt(700);
                if (random.nextInt(4) == 0) {
                    cache.remove(key);
                    model.remove(key);
                } else {
                    cache.put(key, i);
                    model.put(key, i);
                }
                if (i == 900) {
                    cache.clear();
                    model.clear();
                }
                if (i >= 700 && i % 100 == 0) {
                    assertThat(entries(Ordered.of(cache).byKey())).isEqualTo(List.copyOf(model.entrySet()));
                    assertThat(entries(Ordered.of(cache).byKeyDescending()))
                            .isEqualTo(List.copyOf(model.descendingMap().entrySet()));
                    assertThat(entries(Ordered.of(cache).byKeyAfter(key)))
                            .isEqualTo(List.copyOf(model.tailMap(key, false).entrySet()));
                }
            }
        }
    }

    private static List<Map.Entry<String, Integer>> entries(Stream<Map.Entry<String, Integer>> walk) {
        try (walk) {
            return walk.toList();
        }
    }

    @Test
    void queues_namesThatAreNoText_apart() {
        try (Opened opened = new Opened(directory)) {
            Cache<String, String> cache = opened.cache(String.class);
            Queues.of(cache).queue("\ud800").add("high");
            Queues.of(cache).queue("\udc00").add("low");
            Queues.of(cache).queue("?").add("asked");
            assertThat(Queues.of(cache).queue("\ud800")).containsExactly("high");
            assertThat(Queues.of(cache).queue("\udc00")).containsExactly("low");
            assertThat(Queues.of(cache).queue("?")).containsExactly("asked");
        }
    }

    @Test
    void item_ofAnotherKey_staysForThoseWhoCanReadIt() {
        Secret secret = Secret.of(new byte[32]);
        try (Opened opened = new Opened(directory)) {
            Queues.of(opened.cache(String.class, builder -> builder.hmacKey(secret)))
                    .queue("q")
                    .add("signed");
        }
        try (Opened opened = new Opened(directory)) {
            SharedDeque<String> queue = Queues.of(opened.cache(String.class)).queue("q");
            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(queue::pollFirst)
                    .withMessageContaining("'q'");
            assertThat(queue.size()).isEqualTo(1);
        }
        try (Opened opened = new Opened(directory)) {
            assertThat(Queues.of(opened.cache(String.class, builder -> builder.hmacKey(secret)))
                            .queue("q")
                            .pollFirst())
                    .isEqualTo("signed");
        }
    }

    @Test
    void item_itsFileDamaged_passedOver() throws Exception {
        Path file;
        try (Opened opened = new Opened(directory)) {
            SharedDeque<byte[]> queue = Queues.of(opened.cache(byte[].class)).queue("q");
            queue.add(new byte[100_000]);
            queue.add(new byte[3]);
            file = opened.files().get(0);
        }
        byte[] content = Files.readAllBytes(file);
        content[50_000] = 1;
        Files.write(file, content);
        try (Opened opened = new Opened(directory)) {
            SharedDeque<byte[]> queue = Queues.of(opened.cache(byte[].class)).queue("q");
            assertThat(queue.peekFirst()).hasSize(3);
            assertThat(queue.size()).isEqualTo(1);
            assertThat(queue.pollFirst()).hasSize(3);
            assertThat(queue.pollFirst()).isNull();
        }
    }

    @Test
    void items_taken_leaveNoFileAndNoRow() {
        try (Opened opened = new Opened(directory)) {
            Cache<String, byte[]> cache = opened.cache(byte[].class);
            SharedDeque<byte[]> queue = Queues.of(cache).queue("q", 5);
            for (int i = 0; i < 20; i++) {
                queue.addFirst(new byte[100_000 + i]);
            }
            assertThat(opened.files()).hasSize(5);
            assertThat(queue.pollLast()).hasSize(100_015);
            queue.clear();
            assertThat(opened.files()).isEmpty();
            assertThat(queue).isEmpty();
        }
    }
}
