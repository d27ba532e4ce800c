package io.github.twatcache.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.AsyncCache;
import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.stats.Unstored;
import io.github.twatcache.testkit.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What another program changes while a value is computed: that value is returned and not stored, with leases or without. */
final class LateLoadsTest {
    @TempDir
    Path directory;

    private Opened one;
    private Opened two;

    @BeforeEach
    void open() {
        one = Opened.timed(directory.resolve("cache"));
        two = Opened.timed(directory.resolve("cache"));
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    private static Cache<String, String> cache(Opened opened, Leasing leasing, UnaryOperator<CacheBuilder> settings) {
        return opened.cache("data")
                .set(FilesSettings.LEASES, leasing)
                .with(settings)
                .types(String.class, String.class)
                .build();
    }

    /** A load that has begun, and goes on when it is told to. */
    private static final class Load {
        private final Cache<String, String> cache;
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final Actor<String> caller;

        Load(Cache<String, String> cache, String key) {
            this.cache = cache;
            this.caller = Actor.start(() -> cache.get(key, missing -> {
                begun.countDown();
                Actor.await(goOn);
                return "late";
            }));
            Actor.await(begun);
        }

        /** Its caller gets its value, whatever becomes of that. */
        Cache<String, String> ends() {
            goOn.countDown();
            assertThat(caller.result()).isEqualTo("late");
            return cache;
        }
    }

    @ParameterizedTest
    @CsvSource({"OFF, OFF", "OFF, ON", "ON, OFF", "ON, ON"})
    void get_changedByAnotherMeanwhile_isNotStored(Leasing loading, Leasing changing) {
        Cache<String, String> here = cache(one, loading, CacheBuilder::tags);
        Cache<String, String> there = cache(two, changing, CacheBuilder::tags);
        List<Consumer<String>> changes = List.of(
                there::remove,
                key -> there.put(key, "put"),
                key -> there.clear(),
                key -> there.invalidateTag("any"),
                key -> there.putIfAbsent(key, "put"),
                key -> {
                    there.put(key, "put");
                    there.remove(key, "put");
                });
        Set<Integer> puts = Set.of(1, 4);
        for (int i = 0; i < changes.size(); i++) {
            String key = "k" + i;
            Load load = new Load(here, key);
            changes.get(i).accept(key);
            assertThat(load.ends().getIfPresent(key)).as("change %s", i).isEqualTo(puts.contains(i) ? "put" : null);
            assertThat(here.get(key, missing -> "anew")).isEqualTo(puts.contains(i) ? "put" : "anew");
            assertThat(there.getIfPresent(key)).isEqualTo(puts.contains(i) ? "put" : "anew");
        }
    }

    @ParameterizedTest
    @CsvSource({"OFF, OFF", "OFF, ON", "ON, OFF"})
    void get_madeStaleByAnotherMeanwhile_isNotStored(Leasing loading, Leasing changing) {
        Cache<String, String> here =
                cache(one, loading, builder -> builder.tags().keepStale());
        Cache<String, String> there =
                cache(two, changing, builder -> builder.tags().keepStale());
        List<Consumer<String>> changes = List.of(
                there::invalidateSoftly, key -> there.invalidateTagSoftly("any"), key -> there.invalidateAllSoftly());
        for (int i = 0; i < changes.size(); i++) {
            String key = "k" + i;
            Load load = new Load(here, key);
            changes.get(i).accept(key);
            assertThat(load.ends().getIfPresent(key)).as("change %s", i).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"OFF, OFF", "OFF, ON", "ON, OFF", "ON, ON"})
    void refresh_removedByAnotherMeanwhile_isNotStored(Leasing loading, Leasing changing) {
        Cache<String, String> here = cache(one, loading, builder -> builder);
        here.put("k", "old");
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<String> run = new CompletableFuture<>();
        CompletableFuture<String> refreshed = here.async().refresh("k", key -> {
            begun.countDown();
            return run;
        });
        Actor.await(begun);
        assertThat(cache(two, changing, builder -> builder).remove("k")).isTrue();
        run.complete("late");
        assertThat(refreshed.join()).isEqualTo("late");
        assertThat(here.getIfPresent("k")).isNull();
    }

    @Test
    void get_changedByAnotherMeanwhile_whoAsksThenComputesAnew() {
        Cache<String, String> here = cache(one, Leasing.OFF, builder -> builder);
        Load load = new Load(here, "k");
        cache(two, Leasing.OFF, builder -> builder).remove("k");
        assertThat(here.get("k", missing -> "newer")).isEqualTo("newer");
        assertThat(load.ends().getIfPresent("k")).isEqualTo("newer");
    }

    @Test
    void getAll_oneChangedByAnotherMeanwhile_theOthersAreStored() {
        Cache<String, String> here = cache(one, Leasing.OFF, builder -> builder);
        Cache<String, String> there = cache(two, Leasing.OFF, builder -> builder);
        Map<String, String> computed = Map.of("a", "1", "b", "2", "c", "3");
        assertThat(here.getAll(computed.keySet(), missing -> {
                    there.remove("b");
                    return computed;
                }))
                .isEqualTo(computed);
        assertThat(here.getAllPresent(computed.keySet())).isEqualTo(Map.of("a", "1", "c", "3"));
        assertThat(here.stats().unstored().get(Unstored.LATE)).isEqualTo(1);
    }

    @Test
    void async_changedByAnotherMeanwhile_isNotStored() {
        AsyncCache<String, String> here =
                cache(one, Leasing.OFF, builder -> builder).async();
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletableFuture<String> answer = here.get("k", missing -> {
            begun.countDown();
            return source;
        });
        Actor.await(begun);
        cache(two, Leasing.OFF, builder -> builder).remove("k");
        source.complete("late");
        assertThat(answer.join()).isEqualTo("late");
        assertThat(here.sync().getIfPresent("k")).isNull();
    }

    @Test
    void get_anotherKeyChangedMeanwhile_isStored() {
        Load load = new Load(cache(one, Leasing.OFF, builder -> builder), "k");
        Cache<String, String> there = cache(two, Leasing.OFF, builder -> builder);
        there.put("other", "put");
        there.remove("other");
        assertThat(load.ends().getIfPresent("k")).isEqualTo("late");
    }

    @Test
    void get_computedByAnotherMeanwhile_theFirstStays() {
        Load load = new Load(cache(one, Leasing.OFF, builder -> builder), "k");
        assertThat(cache(two, Leasing.OFF, builder -> builder).get("k", missing -> "first"))
                .isEqualTo("first");
        assertThat(load.ends().getIfPresent("k")).isEqualTo("first");
    }

    @Test
    void get_computedAndEvictedByAnotherMeanwhile_isStored() {
        Load load = new Load(cache(one, Leasing.OFF, builder -> builder.maximumSize(1)), "k");
        Cache<String, String> there = cache(two, Leasing.OFF, builder -> builder.maximumSize(1));
        there.get("k", missing -> "first");
        there.get("other", missing -> "second");
        assertThat(there.getIfPresent("k")).as("it was evicted").isNull();
        assertThat(load.ends().getIfPresent("k"))
                .as("nobody has invalidated it")
                .isEqualTo("late");
    }

    @Test
    void get_expiredAndSweptByAnotherMeanwhile_isStored() {
        UnaryOperator<CacheBuilder> mortal = builder -> builder.expireAfterWrite(Duration.ofMinutes(1));
        Cache<String, String> here = cache(one, Leasing.OFF, mortal);
        here.put("k", "old");
        Functions.TIME.advance(Duration.ofMinutes(2));
        Load load = new Load(here, "k");
        assertThat(cache(two, Leasing.OFF, mortal).size()).isZero();
        assertThat(one.files("entry.json")).as("it was swept").isEmpty();
        assertThat(load.ends().getIfPresent("k")).isEqualTo("late");
    }

    @Test
    void leases_on_nothingIsNotedOfInvalidations() {
        Cache<String, String> here = cache(one, Leasing.ON, builder -> builder);
        here.get("k", missing -> "value");
        here.put("k", "put");
        here.remove("k");
        here.clear();
        assertThat(one.files("invalidated")).isEmpty();
        cache(two, Leasing.OFF, builder -> builder).get("k", missing -> "value");
        assertThat(one.files("invalidated")).hasSize(1);
    }
}
