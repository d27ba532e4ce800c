package io.github.twatcache.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.spi.Ticker;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the engine blocks values are stored by an executor; who waits for one is answered, whatever becomes of that. */
class StoringTest {
    private final Queue<Runnable> background = new ArrayDeque<>();

    private AsyncLoads loads(Executor storing, Runnable begins) {
        InFlight inFlight = LoadTableTest.home();
        return new AsyncLoads(
                new Loads(inFlight, new NoStore(), null),
                new AsyncSettings(
                        true,
                        background::add,
                        storing,
                        true,
                        new Alarms(Ticker.system(), true),
                        () -> null,
                        begins,
                        UnaryOperator.identity(),
                        UnaryOperator.identity()));
    }

    private @Nullable Object result(CompletableFuture<@Nullable Object> future) throws Exception {
        for (Runnable task = background.poll(); task != null; task = background.poll()) {
            task.run();
        }
        return future.get(5, TimeUnit.SECONDS);
    }

    private static Throwable thrown(String name) {
        return List.of(
                        new OutOfMemoryError("unable to create native thread"),
                        new RejectedExecutionException("full"),
                        new IllegalStateException("closed"),
                        new UnsupportedOperationException("an executor's own"))
                .stream()
                .filter(one -> one.getClass().getSimpleName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OutOfMemoryError",
                "RejectedExecutionException",
                "IllegalStateException",
                "UnsupportedOperationException"
            })
    void executorThrows_storedAndAnsweredAllTheSame_andTheKeyIsFree(String name) throws Exception {
        AsyncLoads loads = loads(
                task -> {
                    throw Loads.<RuntimeException>same(thrown(name));
                },
                () -> {});
        for (int i = 0; i < 2; i++) {
            String value = "v" + i;
            assertThat(result(loads.load("k", () -> CompletableFuture.completedFuture(value), Judge.PLAIN)))
                    .isEqualTo(value);
        }
    }

    @Test
    void whatIsSaidFirstThrows_answeredAllTheSame() throws Exception {
        int[] said = new int[1];
        AsyncLoads loads = loads(Runnable::run, () -> {
            // The first is for the look-up.
            if (++said[0] == 2) {
                throw new AssertionError("an engine's own");
            }
        });
        assertThat(result(loads.load("k", () -> CompletableFuture.completedFuture("v"), Judge.PLAIN)))
                .isEqualTo("v");
    }
}
