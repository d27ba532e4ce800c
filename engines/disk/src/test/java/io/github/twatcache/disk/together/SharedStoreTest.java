package io.github.twatcache.disk.together;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.testkit.Actor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of one process on one directory stand to each other as two processes do, as far as leases go. */
final class SharedStoreTest {
    @TempDir
    private Path directory;

    /** A computation that says when it runs, and ends when it is told to. */
    private static final class Slow {
        final CountDownLatch runs = new CountDownLatch(1);
        final CountDownLatch ends = new CountDownLatch(1);

        String compute(String value) {
            runs.countDown();
            Actor.await(ends);
            return value;
        }
    }

    private static @Nullable String newer(Cache<String, String> cache, String key, boolean alone) {
        return alone
                ? cache.get(key, missing -> "newer")
                : cache.getAll(List.of(key, "other"), missing -> Map.of(key, "newer", "other", "any"))
                        .get(key);
    }

    @Test
    void get_afterAChangeElsewhere_doesNotJoinTheOlderComputation() {
        try (TwatCache one = Worker.open(directory);
                TwatCache two = Worker.open(directory)) {
            Cache<String, String> here = Worker.cache(one);
            Cache<String, String> there = Worker.cache(two);
            List<Consumer<String>> changes = List.of(
                    there::remove, key -> there.clear(), key -> there.invalidateTag("any"), there::remove, key -> {
                        there.put(key, "put");
                        there.remove(key);
                    });
            for (int i = 0; i < changes.size(); i++) {
                String key = "k" + i;
                Slow slow = new Slow();
                Actor<String> older = Actor.start(() -> here.get(key, missing -> slow.compute("older")));
                Actor.await(slow.runs);
                changes.get(i).accept(key);
                assertThat(newer(here, key, i % 2 == 0)).as("change %s", i).isEqualTo("newer");
                slow.ends.countDown();
                assertThat(older.result()).isEqualTo("older");
                assertThat(there.getIfPresent(key)).isEqualTo("newer");
            }
        }
    }

    @Test
    void get_noChange_joinsTheComputation() {
        try (TwatCache one = Worker.open(directory)) {
            Cache<String, String> here = Worker.cache(one);
            Slow slow = new Slow();
            Actor<String> first = Actor.start(() -> here.get("k", missing -> slow.compute("once")));
            Actor.await(slow.runs);
            Actor<String> second = Actor.start(() -> here.get("k", missing -> "twice"));
            second.awaitWaiting();
            slow.ends.countDown();
            assertThat(first.result()).isEqualTo("once");
            assertThat(second.result()).isEqualTo("once");
        }
    }

    @Test
    void refresh_removedByAnotherMeanwhile_isNotStored() {
        try (TwatCache one = Worker.open(directory);
                TwatCache two = Worker.open(directory)) {
            Cache<String, String> here = Worker.cache(one);
            Cache<String, String> there = Worker.cache(two);
            here.put("k", "old");
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<String> run = new CompletableFuture<>();
            CompletableFuture<String> refreshed = here.async().refresh("k", key -> {
                begun.countDown();
                return run;
            });
            Actor.await(begun);
            assertThat(there.remove("k")).isTrue();
            run.complete("late");
            assertThat(refreshed.join()).isEqualTo("late");
            assertThat(here.getIfPresent("k")).isNull();
        }
    }

    @Test
    void close_whileComputing_anotherComputesAtOnce() {
        try (TwatCache two = Worker.open(directory)) {
            Cache<String, String> there = Worker.cache(two);
            Slow slow = new Slow();
            Actor<String> older;
            try (TwatCache one = Worker.open(directory)) {
                Cache<String, String> here = Worker.cache(one);
                older = Actor.start(() -> here.get("k", missing -> slow.compute("unstored")));
                Actor.await(slow.runs);
            }
            // An actor is given up after half of the time after which the owner would be given up.
            assertThat(Actor.start(() -> there.get("k", missing -> "own")).result())
                    .isEqualTo("own");
            slow.ends.countDown();
            assertThat(older.result()).isEqualTo("unstored");
            assertThat(there.getIfPresent("k")).isEqualTo("own");
        }
    }
}
