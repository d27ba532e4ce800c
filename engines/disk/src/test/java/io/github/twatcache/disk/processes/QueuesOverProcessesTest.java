package io.github.twatcache.disk.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.Counters;
import io.github.twatcache.Queues;
import io.github.twatcache.TwatCache;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JVMs give to one queue and take from it: each item goes to one taker, whoever is killed meanwhile. */
final class QueuesOverProcessesTest {
    private static final int ITEMS = 600;

    @Test
    void poll_byThreeProcesses_eachItemOnceInTheOrderOfItsGiver(@TempDir Path directory) throws Exception {
        List<String> taken = new ArrayList<>();
        try (Workers workers = new Workers(directory)) {
            List<Workers.One> givers = List.of(workers.start("give", 0, ITEMS), workers.start("give", 1, ITEMS));
            List<CompletableFuture<List<String>>> reports = new ArrayList<>();
            List<Workers.One> takers = new ArrayList<>();
            for (int number = 0; number < 3; number++) {
                takers.add(workers.start("take", number, givers.size()));
            }
            workers.go();
            takers.forEach(taker -> reports.add(CompletableFuture.supplyAsync(taker::rest)));
            for (Workers.One giver : givers) {
                assertThat(giver.rest()).hasSize(ITEMS);
            }
            for (CompletableFuture<List<String>> report : reports) {
                for (int giver = 0; giver < givers.size(); giver++) {
                    assertThat(numbers(report.get(), giver)).isSorted();
                }
                taken.addAll(report.get());
            }
        }
        assertThat(taken).hasSize(2 * ITEMS).doesNotHaveDuplicates();
    }

    private static List<Integer> numbers(List<String> items, int giver) {
        return items.stream()
                .filter(item -> item.startsWith(giver + " "))
                .map(item -> Integer.valueOf(item.substring(2)))
                .toList();
    }

    @Test
    void move_aGiverAndATakerAreKilled_nothingIsLostAndNothingTwice(@TempDir Path directory) throws Exception {
        int given;
        int victimTook;
        try (Workers workers = new Workers(directory)) {
            Workers.One killedGiver = workers.start("give", 0, Integer.MAX_VALUE);
            Workers.One giver = workers.start("give", 1, ITEMS);
            Workers.One killedTaker = workers.start("move", 2, 2);
            Workers.One taker = workers.start("move", 3, 2);
            workers.go();
            CompletableFuture<List<String>> report = CompletableFuture.supplyAsync(taker::rest);
            for (int i = 0; i < 100; i++) {
                killedGiver.next();
                killedTaker.next();
            }
            killedTaker.kill();
            victimTook = 100 + killedTaker.rest().size();
            killedGiver.kill();
            given = 100 + killedGiver.rest().size();
            assertThat(giver.rest()).hasSize(ITEMS);
            try (TwatCache twat = TwatCache.builder().directory(directory).open()) {
                Counters.of(Worker.numbers(twat)).increment("givers that have ended");
            }
            report.get();
            assertThat(taker.exit()).isZero();
        }
        try (TwatCache twat = TwatCache.builder().directory(directory).open()) {
            Cache<String, String> texts = Worker.texts(twat);
            assertThat(Queues.of(texts).queue("work")).isEmpty();
            List<String> byVictim = new ArrayList<>(Queues.of(texts).queue("done by 2"));
            List<String> all = new ArrayList<>(byVictim);
            all.addAll(Queues.of(texts).queue("done by 3"));
            assertThat(byVictim).hasSizeBetween(victimTook, victimTook + 1);
            assertThat(all).doesNotHaveDuplicates();
            List<Integer> ofGiver = numbers(all, 1).stream().sorted().toList();
            assertThat(ofGiver).isEqualTo(IntStream.range(0, ITEMS).boxed().toList());
            List<Integer> ofKilled = numbers(all, 0).stream().sorted().toList();
            assertThat(ofKilled)
                    .isEqualTo(IntStream.range(0, ofKilled.size()).boxed().toList());
            assertThat(ofKilled).hasSizeBetween(given, given + 1);
        }
    }
}
