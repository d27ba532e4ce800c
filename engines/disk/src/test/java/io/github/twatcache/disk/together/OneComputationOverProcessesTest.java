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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What several JVMs miss is computed once; who dies is replaced, who is late is refused. */
@TestInstance(Lifecycle.PER_CLASS)
final class OneComputationOverProcessesTest {
    private static final int KEYS = 200;

    private Path directory;
    private Workers workers;
    private List<One> four;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        directory = temporary;
        workers = new Workers(directory);
        four = workers.start(4);
    }

    @AfterAll
    void killAll() {
        workers.close();
    }

    private void eachKeyOnce(String command) throws IOException {
        for (int i = 0; i < four.size(); i++) {
            four.get(i).tell(command + " " + KEYS + " " + i);
        }
        four.forEach(one -> one.expect("right " + KEYS));
        for (int i = 0; i < KEYS; i++) {
            assertThat(workers.count(command + "-" + i)).as("%s-%s", command, i).isEqualTo(1);
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
        owner.tell("compute killed never").expect("computing");
        try (TwatCache twat = Worker.open(directory)) {
            Cache<String, String> cache = Worker.cache(twat);
            // An actor is given up after half of the time after which the owner would be given up.
            Actor<String> waiter = Actor.start(() -> cache.get("killed", key -> "own"));
            waiter.awaitWaiting();
            assertThat(waiter.isDone()).isFalse();
            owner.kill();
            assertThat(waiter.result()).isEqualTo("own");
            assertThat(cache.getIfPresent("killed")).isEqualTo("own");
        }
        assertThat(workers.count("killed")).isEqualTo(1);
    }

    @Test
    void get_ownerKilledBeforeAnybodyAsks_computesAtOnce() {
        One owner = workers.start();
        owner.tell("compute dead never").expect("computing");
        try (TwatCache twat = Worker.open(directory)) {
            Cache<String, String> cache = Worker.cache(twat);
            owner.kill();
            assertThat(Actor.start(() -> cache.get("dead", key -> "own")).result())
                    .isEqualTo("own");
        }
    }

    @Test
    void get_ownerComputes_theWaiterGetsItsValue() {
        One owner = four.get(0);
        owner.tell("compute shared done").expect("computing");
        try (TwatCache twat = Worker.open(directory)) {
            Cache<String, String> cache = Worker.cache(twat);
            Actor<String> waiter = Actor.start(() -> cache.get("shared", key -> "own"));
            waiter.awaitWaiting();
            owner.tell("go on").expect("got done");
            assertThat(waiter.result()).isEqualTo("done");
        }
    }

    @Test
    void get_changedElsewhereMeanwhile_theLateValueIsRefused() {
        One owner = four.get(1);
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
