package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.Cache;
import io.github.twatcache.LoadingCache;
import io.github.twatcache.Transactions;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.spi.BulkStore;
import io.github.twatcache.spi.BulkStore.Put;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.Trait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Many at once is as one after the other, on engines that do it in one step and on those that do not. */
@Contract("§3 many at once")
public abstract class BulkContract extends EngineContract {
    /** Makes a contract. */
    protected BulkContract() {}

    private Cache<String, String> strings() {
        return cache().types(String.class, String.class).build();
    }

    @SuppressWarnings("unchecked") // the keys of the store under test are Objects
    private Optional<BulkStore<Object>> bulk() {
        use(new RecordingContext<>(false), spec -> spec);
        return store().capability(BulkStore.class).map(bulk -> (BulkStore<Object>) bulk);
    }

    @Test
    void putAll_thenGetAllPresent_all() {
        Cache<String, String> cache = strings();
        Map<String, String> entries = new LinkedHashMap<>();
        for (int i = 0; i < 500; i++) {
            entries.put("k" + i, "v" + i);
        }
        cache.put("k7", "before");
        cache.putAll(entries);
        cache.putAll(Map.of());
        assertThat(cache.size()).isEqualTo(500);
        List<String> asked = new ArrayList<>(entries.keySet());
        asked.add("absent");
        asked.add("k3");
        Map<String, String> found = cache.getAllPresent(asked);
        assertThat(new ArrayList<>(found.entrySet())).isEqualTo(new ArrayList<>(entries.entrySet()));
        assertThat(cache.getAllPresent(List.of())).isEmpty();
    }

    @Test
    void putAll_nullKey_nothingOfItIsStored() {
        Cache<String, String> cache = strings();
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("a", "1");
        entries.put(nothing(), "2");
        assertThatNullPointerException().isThrownBy(() -> cache.putAll(entries));
        assertThat(cache.contains("a")).isFalse();
    }

    @Test
    void putAll_nullValue_isAValue() {
        Cache<String, String> cache = strings();
        Map<String, String> entries = new HashMap<>();
        entries.put("a", nothing());
        entries.put("b", "1");
        cache.putAll(entries);
        assertThat(cache.getAllPresent(List.of("a", "b"))).isEqualTo(entries);
    }

    @Test
    void loadingCache_getAllAndWarm_computeWhatIsMissing() {
        List<String> computed = new ArrayList<>();
        LoadingCache<String, String, RuntimeException> cache = cache().types(String.class, String.class)
                .build(key -> {
                    computed.add(key);
                    return key + "!";
                });
        cache.put("a", "there");
        assertThat(cache.getAll(List.of("b", "a", "c", "b")))
                .isEqualTo(Map.of("b", "b!", "a", "there", "c", "c!"))
                .containsKeys("b", "a", "c");
        assertThat(cache.warm(List.of("c", "d", "e"))).isEqualTo(2);
        assertThat(computed).containsExactly("b", "c", "d", "e");
        assertThat(cache.getIfPresent("e")).isEqualTo("e!");
    }

    @Test
    void getAll_someMissing_oneLoadForThose() {
        Cache<String, String> cache = strings();
        cache.put("a", "there");
        List<Set<String>> loads = new ArrayList<>();
        Map<String, String> all = cache.getAll(List.of("a", "b", "c", "b", "d"), keys -> {
            loads.add(Set.copyOf(keys));
            Map<String, String> values = new HashMap<>();
            values.put("b", "loaded");
            values.put("c", nothing());
            return values;
        });
        assertThat(loads).containsExactly(Set.of("b", "c", "d"));
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("a", "there");
        expected.put("b", "loaded");
        expected.put("c", nothing());
        assertThat(new ArrayList<>(all.entrySet())).isEqualTo(new ArrayList<>(expected.entrySet()));
        assertThat(cache.getAll(List.of("a", "b", "c"), keys -> {
                    throw new AssertionError("all are stored");
                }))
                .isEqualTo(expected);
        assertThat(cache.size()).isEqualTo(3);
    }

    /** A failure that is kept is that of its key; one of the bulk function is that of no key in particular. */
    @Test
    void getAll_failureOfAKeyIsKept_restIsLoaded_failureOfTheBulkIsNot() {
        Cache<String, String> cache = cache().cacheFailures(IllegalStateException.class, Duration.ofMinutes(1))
                .types(String.class, String.class)
                .build();
        IllegalStateException down = new IllegalStateException("down");
        assertThatThrownBy(() -> cache.get("bad", key -> {
                    throw down;
                }))
                .isSameAs(down);
        List<Set<String>> loads = new ArrayList<>();
        Fn1<Set<String>, Map<String, String>, RuntimeException> bulk = keys -> {
            loads.add(Set.copyOf(keys));
            return keys.stream().collect(Collectors.toMap(key -> key, key -> key + "!"));
        };
        assertThatThrownBy(() -> cache.getAll(List.of("bad", "a"), bulk)).isSameAs(down);
        assertThatThrownBy(() -> cache.getAll(List.of("bad"), bulk)).isSameAs(down);
        assertThat(loads).containsExactly(Set.of("a"));
        assertThat(cache.getIfPresent("a")).isEqualTo("a!");
        assertThatThrownBy(() -> cache.getAll(List.of("b", "c"), keys -> {
                    throw down;
                }))
                .isSameAs(down);
        assertThat(cache.get("b", key -> "b!")).isEqualTo("b!");
        ticker.advance(Duration.ofMinutes(1));
        assertThat(cache.getAll(List.of("bad", "a"), bulk)).isEqualTo(Map.of("bad", "bad!", "a", "a!"));
    }

    @Test
    void putAll_whileLoadsRun_theLoadsAreNotStored() {
        Cache<String, String> cache = strings();
        Gate gate = new Gate();
        Actor<Map<String, String>> owner = Actor.start(() -> cache.getAll(List.of("a", "b"), keys -> {
            gate.pass("");
            return Map.of("a", "loaded", "b", "loaded");
        }));
        gate.awaitLoader();
        cache.putAll(Map.of("a", "put", "c", "put"));
        gate.open();
        assertThat(owner.result()).isEqualTo(Map.of("a", "loaded", "b", "loaded"));
        assertThat(cache.getAllPresent(List.of("a", "b", "c")))
                .isEqualTo(Map.of("a", "put", "b", "loaded", "c", "put"));
    }

    @Test
    void getAllPresent_whileTransactionsRun_allOfOneInstant() {
        if (!claims(Trait.TRANSACTIONS) || bulk().isEmpty()) {
            return;
        }
        Cache<String, Long> cache =
                cache("instant").types(String.class, Long.class).build();
        List<String> keys = List.of("a", "b", "c", "d", "e", "f", "g", "h");
        keys.forEach(key -> cache.put(key, 0L));
        Actor<Void> writer = Actor.start(() -> {
            for (long round = 1; round <= 300; round++) {
                long value = round;
                Transactions.of(cache).run(() -> keys.forEach(key -> cache.put(key, value)));
            }
            return null;
        });
        List<Actor<Integer>> readers = new ArrayList<>();
        for (int t = 0; t < 2; t++) {
            readers.add(Actor.start(() -> {
                int torn = 0;
                boolean last;
                do {
                    last = writer.isDone();
                    Map<String, Long> seen = cache.getAllPresent(keys);
                    torn += seen.size() == keys.size()
                                    && Set.copyOf(seen.values()).size() == 1
                            ? 0
                            : 1;
                } while (!last);
                return torn;
            }));
        }
        writer.result();
        readers.forEach(reader -> assertThat(reader.result()).isZero());
    }

    @Test
    void store_putAll_guardsEachOnItsOwn() {
        BulkStore<Object> bulk = bulk().orElse(null);
        if (bulk == null) {
            return;
        }
        store().put("there", "old", Terms.PLAIN, Guard.ANY);
        store().put("seen", "old", Terms.PLAIN, Guard.ANY);
        Guard stale = Guard.seen(entry("there").mark());
        Guard seen = Guard.seen(entry("seen").mark());
        store().put("there", "newer", Terms.PLAIN, Guard.ANY);
        assertThat(bulk.putAll(List.of(
                        new Put<>("a", 1, Terms.PLAIN, Guard.ANY),
                        new Put<>("there", 2, Terms.PLAIN, Guard.ABSENT),
                        new Put<>("b", 3, Terms.PLAIN, Guard.ABSENT),
                        new Put<>("seen", 4, Terms.PLAIN, seen))))
                .containsExactly(Outcome.STORED, Outcome.REFUSED, Outcome.STORED, Outcome.STORED);
        assertThat(bulk.putAll(List.of(new Put<>("there", 5, Terms.PLAIN, stale))))
                .containsExactly(Outcome.REFUSED);
        assertThat(bulk.getAll(List.of("a", "b", "there", "seen", "absent")))
                .isEqualTo(Map.of("a", 1, "b", 3, "there", "newer", "seen", 4));
        assertThat(bulk.putAll(List.of())).isEmpty();
        assertThat(bulk.getAll(List.of())).isEmpty();
    }
}
