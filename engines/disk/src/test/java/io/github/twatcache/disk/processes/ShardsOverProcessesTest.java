package io.github.twatcache.disk.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.Maintenance;
import io.github.twatcache.TwatCache;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four JVMs write to one cache over four databases at the same time, and one of them is killed in the middle. */
final class ShardsOverProcessesTest {
    private static final int COUNT = 500;

    @Test
    void write_byFourProcesses_nothingAcknowledgedIsLost(@TempDir Path directory) throws Exception {
        List<List<String>> said = new ArrayList<>();
        try (Workers workers = new Workers(directory)) {
            List<Workers.One> all = new ArrayList<>();
            for (int number = 0; number < 4; number++) {
                all.add(workers.start("countInShards", number, number == 0 ? Integer.MAX_VALUE : COUNT));
            }
            workers.go();
            List<String> victims = new ArrayList<>();
            for (int i = 0; i < COUNT / 4; i++) {
                victims.add(all.get(0).next());
            }
            all.get(0).kill();
            victims.addAll(all.get(0).rest());
            said.add(victims);
            for (Workers.One one : all.subList(1, 4)) {
                said.add(one.rest());
                assertThat(one.exit()).isZero();
            }
        }
        try (TwatCache twat = TwatCache.builder().directory(directory).open()) {
            Cache<String, Long> sharded = Worker.sharded(twat);
            long written = 0;
            for (int number = 0; number < 4; number++) {
                for (String i : said.get(number)) {
                    assertThat(sharded.getIfPresent(number + " " + i)).isEqualTo(Long.valueOf(i));
                    written++;
                }
            }
            assertThat(written).isGreaterThanOrEqualTo(3L * COUNT + COUNT / 4);
            long counted = 0;
            for (int counter = 0; counter < Worker.COUNTERS; counter++) {
                counted += sharded.getIfPresent("counter " + counter);
            }
            // What was in flight when it was killed may have been counted, and written down, and not said.
            assertThat(counted).isBetween(written, written + 1);
            assertThat(sharded.size()).isBetween(written + Worker.COUNTERS, written + Worker.COUNTERS + 1);
            assertThat(Maintenance.of(sharded).check()).isEmpty();
        }
    }
}
