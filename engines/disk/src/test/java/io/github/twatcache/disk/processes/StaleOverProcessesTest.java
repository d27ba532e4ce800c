package io.github.twatcache.disk.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one JVM makes stale, or has stored and is stale by now, is stale in another. */
final class StaleOverProcessesTest {
    private final Deque<Runnable> background = new ArrayDeque<>();
    private Duration ahead = Duration.ZERO;

    private static String down(String key) throws IOException {
        throw new IOException("no rate of " + key);
    }

    @Test
    void invalidateSoftly_elsewhere_staleHereAtOnce_expiredFromElsewhere_servedWhileTheSourceIsDown(
            @TempDir Path directory) throws Exception {
        try (Workers workers = new Workers(directory);
                TwatCache twat = TwatCache.builder()
                        .directory(directory)
                        .executor(background::add)
                        .clock(() -> Instant.now().plus(ahead))
                        .open()) {
            Cache<String, String> rates = Worker.rates(twat);
            rates.put("written there", "old");
            // Now it is on the heap, too.
            assertThat(rates.getIfPresent("written there")).isEqualTo("old");
            assertThat(rates.getIfPresent("written there")).isEqualTo("old");
            Workers.One worker = workers.start("age", 0, 0);
            workers.go();
            assertThat(worker.next()).isEqualTo("old true");
            assertThat(rates.getIfPresent("written there")).isNull();
            assertThat(rates.peek("written there").present()).isFalse();
            assertThat(rates.getIfPresent("written here")).isEqualTo("old");
            assertThat(rates.size()).isEqualTo(1);
            assertThat(rates.get("written there", key -> "new")).isEqualTo("old");
            background.remove().run();
            assertThat(rates.getIfPresent("written there")).isEqualTo("new");
            worker.goOn();
            assertThat(worker.next()).isEqualTo("new");
            assertThat(worker.exit()).isZero();
            ahead = Worker.LIFE.multipliedBy(2);
            assertThat(rates.getIfPresent("written here")).isNull();
            assertThat(rates.size()).isZero();
            assertThat(rates.get("written here", StaleOverProcessesTest::down)).isEqualTo("old");
            assertThat(background).isEmpty();
        }
    }
}
