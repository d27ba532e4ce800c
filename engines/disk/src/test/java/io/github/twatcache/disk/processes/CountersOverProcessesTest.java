package io.github.twatcache.disk.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four JVMs count in the same entries, and one is killed in the middle. */
final class CountersOverProcessesTest {
    private static final int COUNT = 1_000;

    @Test
    void add_byFourProcesses_sumIsExact(@TempDir Path directory) throws Exception {
        try (Workers workers = new Workers(directory)) {
            List<Workers.One> all = new ArrayList<>();
            for (int number = 0; number < 4; number++) {
                all.add(workers.start("count", number, COUNT));
            }
            workers.go();
            for (Workers.One one : all) {
                assertThat(one.rest()).hasSize(COUNT);
                assertThat(one.exit()).isZero();
            }
        }
        try (TwatCache twat = TwatCache.builder().directory(directory).open()) {
            assertThat(Worker.numbers(twat).getIfPresent("n")).isEqualTo(COUNT * (1L + 2 + 3 + 4));
        }
    }

    @Test
    void add_oneIsKilled_whatItSaidCountsAndNothingTwice(@TempDir Path directory) throws Exception {
        long said;
        try (Workers workers = new Workers(directory)) {
            List<Workers.One> all = new ArrayList<>();
            for (int number = 0; number < 4; number++) {
                all.add(workers.start("countTwice", number, number == 0 ? Integer.MAX_VALUE : COUNT));
            }
            workers.go();
            Workers.One victim = all.get(0);
            for (int i = 0; i < 100; i++) {
                victim.next();
            }
            victim.kill();
            said = 100L + victim.rest().size();
            for (Workers.One one : all.subList(1, 4)) {
                assertThat(one.rest()).hasSize(COUNT);
                assertThat(one.exit()).isZero();
            }
        }
        try (TwatCache twat = TwatCache.builder().directory(directory).open()) {
            Cache<String, Long> numbers = Worker.numbers(twat);
            assertThat(numbers.getIfPresent("own 0")).isBetween(said, said + 1);
            long sum = 0;
            for (int number = 0; number < 4; number++) {
                sum += numbers.getIfPresent("own " + number);
            }
            assertThat(numbers.getIfPresent("n")).isEqualTo(sum);
            assertThat(sum).isBetween(3L * COUNT + said, 3L * COUNT + said + 1);
        }
    }
}
