package io.github.twatcache.disk.together;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.disk.together.Workers.One;
import io.github.twatcache.testkit.Actor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What several JVMs miss is computed once; who dies is replaced, who is late is refused. */
final class OneComputationOverProcessesTest {
    private static final int KEYS = 200;

    @TempDir
    private Path directory;

    private Workers workers;

    @BeforeEach
    void prepare() throws IOException {
        workers = new Workers(directory);
    }

    @AfterEach
    void killAll() {
        workers.close();
    }

    private void eachKeyOnce(String command) throws IOException {
        List<One> four = workers.start(4);
        for (int i = 0; i < four.size(); i++) {
            four.get(i).tell(command + " " + KEYS + " " + i);
        }
        four.forEach(one -> one.expect("right " + KEYS));
        for (int i = 0; i < KEYS; i++) {
            assertThat(workers.count("key-" + i)).as("key-%s", i).isEqualTo(1);
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
    void get_ownerKilled_anotherComputesAtOnce() throws IOException {
        One owner = workers.start();
        owner.tell("compute k never").expect("computing");
        try (TwatCache twat = Worker.open(directory)) {
            Cache<String, String> cache = Worker.cache(twat);
            // An actor is given up after half of the time after which the owner would be given up.
            Actor<String> waiter = Actor.start(() -> cache.get("k", key -> "own"));
            waiter.awaitWaiting();
            assertThat(waiter.isDone()).isFalse();
            owner.kill();
            assertThat(waiter.result()).isEqualTo("own");
            assertThat(cache.getIfPresent("k")).isEqualTo("own");
        }
        assertThat(workers.count("k")).isEqualTo(1);
    }

    @Test
    void get_ownerKilledBeforeAnybodyAsks_computesAtOnce() {
        One owner = workers.start();
        owner.tell("compute k never").expect("computing");
        try (TwatCache twat = Worker.open(directory)) {
            Cache<String, String> cache = Worker.cache(twat);
            owner.kill();
            assertThat(Actor.start(() -> cache.get("k", key -> "own")).result()).isEqualTo("own");
        }
    }

    @Test
    void get_ownerComputes_theWaiterGetsItsValue() {
        One owner = workers.start();
        owner.tell("compute k done").expect("computing");
        try (TwatCache twat = Worker.open(directory)) {
            Cache<String, String> cache = Worker.cache(twat);
            Actor<String> waiter = Actor.start(() -> cache.get("k", key -> "own"));
            waiter.awaitWaiting();
            owner.tell("go on").expect("got done");
            assertThat(waiter.result()).isEqualTo("done");
        }
    }

    @Test
    void get_changedElsewhereMeanwhile_theLateValueIsRefused() {
        One owner = workers.start();
        try (TwatCache twat = Worker.open(directory)) {
            Cache<String, String> cache = Worker.cache(twat);
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
}
