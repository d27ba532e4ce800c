package io.github.twatcache.disk.together;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.Recipes;
import io.github.twatcache.TwatCache;
import io.github.twatcache.disk.together.Workers.One;
import io.github.twatcache.shared.SharedLock;
import io.github.twatcache.testkit.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What is agreed on over processes holds between four JVMs, the same for all tests, and when one is killed. */
@TestInstance(Lifecycle.PER_CLASS)
final class LocksOverProcessesTest {
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

    private List<String> answers(String command) {
        four.forEach(one -> one.tell(command));
        return four.stream().map(One::answer).toList();
    }

    @Test
    void lock_fourProcesses_aNumberInAFileEndsExact() throws IOException {
        Path number = workers.counts().resolve("number");
        Files.writeString(number, "0");
        assertThat(answers("increment 100")).containsOnly("done");
        assertThat(Files.readString(number)).isEqualTo("400");
    }

    @Test
    void lock_holderKilled_freeByItsLeaseAndTheTokenGrows() {
        One holder = workers.start();
        String answer = holder.tell("lock l PT0.5S").answer();
        assertThat(answer).startsWith("fence ");
        long before = Long.parseLong(answer.substring("fence ".length()));
        try (TwatCache twat = Worker.open(directory)) {
            Cache<String, String> cache = Worker.cache(twat);
            SharedLock lock = Recipes.of(cache).lock("l");
            cache.clear();
            // More than its lease, which the living holder renews.
            Actor<Boolean> inVain = Actor.start(() -> lock.tryLock(1_200, TimeUnit.MILLISECONDS));
            assertThat(inVain.result()).isFalse();
            holder.kill();
            Actor<Long> next = Actor.start(() -> lock.lock(Duration.ofMinutes(1)));
            assertThat(next.result()).isGreaterThan(before);
        }
    }

    @Test
    void semaphore_fourProcesses_neverMoreThanItsPermits() {
        List<String> answers = answers("permits 2 50");
        assertThat(answers).isSubsetOf("most 1", "most 2");
    }

    @Test
    void throttle_fourProcesses_soManyInAll() {
        int passed = answers("throttle 100 50").stream()
                .mapToInt(answer -> Integer.parseInt(answer.substring("passed ".length())))
                .sum();
        assertThat(passed).isEqualTo(100);
    }

    @Test
    void average_fourProcesses_exact() {
        assertThat(answers("average 50")).containsOnly("done");
        try (TwatCache twat = Worker.open(directory)) {
            assertThat(Recipes.of(Worker.cache(twat)).average("average").count())
                    .isEqualTo(200);
            assertThat(Recipes.of(Worker.cache(twat)).average("average").mean()).hasValue(24.5);
        }
    }
}
