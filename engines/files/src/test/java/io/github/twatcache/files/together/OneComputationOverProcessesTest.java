package io.github.twatcache.files.together;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.files.Leasing;
import io.github.twatcache.testkit.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What several JVMs miss is computed once; who dies is replaced, who is late is refused. */
final class OneComputationOverProcessesTest {
    private static final int KEYS = 200;

    @TempDir
    private Path directory;

    private Sharers sharers;

    @BeforeEach
    void prepare() throws IOException {
        sharers = new Sharers(directory);
    }

    @AfterEach
    void killAll() {
        sharers.close();
    }

    private void eachKeyOnce(String command) throws IOException {
        List<Sharers.One> four = sharers.start(4);
        for (int i = 0; i < four.size(); i++) {
            four.get(i).tell(command + " " + KEYS + " " + i);
        }
        four.forEach(one -> one.expect("right " + KEYS));
        for (int i = 0; i < KEYS; i++) {
            assertThat(sharers.count("key-" + i)).as("key-%s", i).isEqualTo(1);
        }
        assertThat(turns()).as("leases that are left").isEmpty();
    }

    private List<Path> turns() throws IOException {
        Path folder = directory.resolve("cache/.twat-cache/turns");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void get_fourProcesses_eachKeyIsComputedOnce() throws IOException {
        eachKeyOnce("miss");
    }

    @Test
    void getAll_fourProcesses_eachKeyIsComputedOnce() throws IOException {
        eachKeyOnce("misses");
    }

    @Test
    void get_ownerComputes_othersWaitAndGetIt() throws IOException {
        Sharers.One owner = sharers.start();
        owner.tell("compute k once").expect("computing");
        try (TwatCache twat = Sharer.open(directory)) {
            Cache<String, String> cache = Sharer.cache(twat);
            Actor<String> waiter = Actor.start(() -> cache.get("k", key -> "twice"));
            waiter.awaitWaiting();
            owner.tell("go on").expect("got once");
            assertThat(waiter.result()).isEqualTo("once");
        }
    }

    @Test
    void get_ownerKilled_anotherComputesAtOnce() throws IOException {
        Sharers.One owner = sharers.start();
        owner.tell("compute k never").expect("computing");
        try (TwatCache twat = Sharer.open(directory)) {
            Cache<String, String> cache = Sharer.cache(twat);
            // An actor is given up after half of the time after which the owner would be given up.
            Actor<String> waiter = Actor.start(() -> cache.get("k", key -> "own"));
            waiter.awaitWaiting();
            owner.kill();
            assertThat(waiter.result()).isEqualTo("own");
            assertThat(cache.getIfPresent("k")).isEqualTo("own");
        }
        assertThat(turns()).isEmpty();
    }

    @Test
    void get_ownerKilled_nobodyWaits_theNextOpeningSweeps() throws IOException {
        Sharers.One owner = sharers.start();
        owner.tell("compute k never").expect("computing");
        assertThat(turns()).hasSize(1);
        owner.kill();
        try (TwatCache twat = Sharer.open(directory)) {
            assertThat(Sharer.cache(twat).size()).isZero();
            assertThat(turns()).isEmpty();
        }
    }

    @Test
    void get_waitedForTooLong_theLateOwnerIsRefused() {
        Sharers.One owner = sharers.start();
        owner.tell("compute k late").expect("computing");
        try (TwatCache twat = Sharer.open(directory)) {
            Cache<String, String> cache = twat.files("shared")
                    .tags()
                    .loadTimeout(Duration.ofMillis(50))
                    .types(String.class, String.class)
                    .build();
            assertThat(cache.get("k", key -> "own")).isEqualTo("own");
            owner.tell("go on").expect("got late");
            assertThat(cache.getIfPresent("k")).isEqualTo("own");
        }
    }

    @ParameterizedTest
    @CsvSource({"ON, ON", "OFF, OFF", "OFF, ON", "ON, OFF"})
    void get_changedByAnotherMeanwhile_theLateValueIsRefused(Leasing loading, Leasing changing) {
        Sharers.One owner = sharers.start(loading);
        try (TwatCache twat = Sharer.open(directory)) {
            Cache<String, String> cache = Sharer.cache(twat, changing);
            List<Consumer<String>> changes = List.of(
                    key -> cache.put(key, "put"),
                    cache::remove,
                    key -> cache.clear(),
                    key -> cache.invalidateTag("any"),
                    key -> cache.putIfAbsent(key, "put"),
                    key -> {
                        cache.put(key, "put");
                        cache.remove(key, "put");
                    });
            Set<Integer> there = Set.of(0, 4);
            for (int i = 0; i < changes.size(); i++) {
                String key = "k" + i;
                owner.tell("compute " + key + " late").expect("computing");
                changes.get(i).accept(key);
                owner.tell("go on").expect("got late");
                assertThat(cache.getIfPresent(key)).as("change %s", i).isEqualTo(there.contains(i) ? "put" : null);
                // There, too, what was changed counts.
                owner.tell("compute " + key + " anew");
                if (there.contains(i)) {
                    owner.expect("got put");
                } else {
                    owner.expect("computing").tell("go on").expect("got anew");
                }
            }
        }
    }

    @Test
    void get_changedByAnotherMeanwhile_whoAsksNowDoesNotWait() {
        Sharers.One owner = sharers.start();
        owner.tell("compute k older").expect("computing");
        try (TwatCache twat = Sharer.open(directory)) {
            Cache<String, String> cache = Sharer.cache(twat);
            cache.remove("k");
            assertThat(cache.get("k", key -> "newer")).isEqualTo("newer");
            cache.remove("k");
            assertThat(cache.getAll(List.of("k"), keys -> Map.of("k", "newest")))
                    .isEqualTo(Map.of("k", "newest"));
            owner.tell("go on").expect("got older");
            assertThat(cache.getIfPresent("k")).isEqualTo("newest");
        }
    }

    @Test
    void get_twoInstancesInOneJvm_oneComputes() {
        CountDownLatch computing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (TwatCache one = Sharer.open(directory);
                TwatCache two = Sharer.open(directory)) {
            Cache<String, String> here = Sharer.cache(one);
            Cache<String, String> there = Sharer.cache(two);
            Actor<String> owner = Actor.start(() -> here.get("k", key -> {
                computing.countDown();
                Actor.await(goOn);
                return "once";
            }));
            Actor.await(computing);
            Actor<String> waiter = Actor.start(() -> there.get("k", key -> "twice"));
            waiter.awaitWaiting();
            goOn.countDown();
            assertThat(owner.result()).isEqualTo("once");
            assertThat(waiter.result()).isEqualTo("once");
        }
    }

    @Test
    void close_ofTheOwnersInstance_letsOthersCompute() throws IOException {
        CountDownLatch computing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (TwatCache two = Sharer.open(directory)) {
            Cache<String, String> there = Sharer.cache(two);
            Actor<String> owner;
            try (TwatCache one = Sharer.open(directory)) {
                Cache<String, String> here = Sharer.cache(one);
                owner = Actor.start(() -> here.get("k", key -> {
                    computing.countDown();
                    Actor.await(goOn);
                    return "late";
                }));
                Actor.await(computing);
            }
            assertThat(there.get("k", key -> "own")).isEqualTo("own");
            goOn.countDown();
            assertThat(owner.result()).isEqualTo("late");
            assertThat(there.getIfPresent("k")).isEqualTo("own");
        }
        assertThat(turns()).isEmpty();
    }

    @Test
    void damaged_whileLeased_isReplacedAllTheSame() throws IOException {
        try (TwatCache twat = Sharer.open(directory)) {
            Cache<String, String> cache = Sharer.cache(twat);
            assertThat(cache.get("k", key -> "first")).isEqualTo("first");
            try (Stream<Path> files = Files.walk(directory.resolve("cache/caches"))) {
                for (Path file :
                        files.filter(one -> one.toString().endsWith(".txt")).toList()) {
                    Files.writeString(file, "other");
                }
            }
            assertThat(cache.get("k", key -> "second")).isEqualTo("second");
            assertThat(cache.get("k", key -> "third")).isEqualTo("second");
        }
        assertThat(turns()).isEmpty();
    }

    @Test
    void leases_off_eachComputes() {
        Sharers.One owner = sharers.start();
        owner.tell("compute k theirs").expect("computing");
        try (TwatCache twat = Sharer.open(directory)) {
            Cache<String, String> cache = Sharer.cache(twat, Leasing.OFF);
            assertThat(cache.get("k", key -> "own")).isEqualTo("own");
            owner.tell("go on").expect("got theirs");
            assertThat(cache.getIfPresent("k")).as("the first one stays").isEqualTo("own");
        }
    }
}
