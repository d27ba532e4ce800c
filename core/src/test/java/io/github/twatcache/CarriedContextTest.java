package io.github.twatcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.spi.ContextCarrier;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Loads of callers that wait, where they run on another thread: the caller's context goes along, and no further. */
class CarriedContextTest {
    private static final String REQUEST = "request";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicLong clock = new AtomicLong();
    private final Queue<Runnable> background = new ArrayDeque<>();

    @AfterEach
    void forget() {
        MDC.clear();
    }

    private static String here(String before) {
        return before + " of " + MDC.get(REQUEST);
    }

    private TwatCache twat() {
        return TwatCache.builder().ticker(clock::get).executor(background::add).open();
    }

    /** Runs what waits for the background, as another caller's thread would. */
    private void run() throws Exception {
        CompletableFuture<Void> ran = CompletableFuture.runAsync(() -> {
            MDC.put(REQUEST, "another");
            for (Runnable next = background.poll(); next != null; next = background.poll()) {
                next.run();
            }
            assertThat(MDC.get(REQUEST)).isEqualTo("another");
            MDC.clear();
        });
        ran.get(30, TimeUnit.SECONDS);
    }

    @Test
    void hardTimeout_loadOnAnotherThread_inTheContextOfItsCaller() throws Exception {
        try (TwatCache twat = TwatCache.open()) {
            Cache<String, String> cache = twat.cache("limited")
                    .engine("heap")
                    .hardTimeout(Duration.ofDays(1))
                    .types(String.class, String.class)
                    .build();
            MDC.put(REQUEST, "4711");
            assertThat(cache.get("a", CarriedContextTest::here)).isEqualTo("a of 4711");
            MDC.clear();
            for (int i = 0; i < 20; i++) {
                assertThat(cache.get("b" + i, CarriedContextTest::here)).isEqualTo("b" + i + " of null");
            }
        }
    }

    @Test
    void valueThatIsDue_computedInTheContextOfWhoeverFoundItDue() throws Exception {
        try (TwatCache twat = twat()) {
            Cached1<String, String, RuntimeException> function =
                    twat.cache("due").engine("heap").refreshAfterWrite(MINUTE).memoize((String key) -> here(key));
            MDC.put(REQUEST, "first");
            assertThat(function.apply("a")).isEqualTo("a of first");
            clock.addAndGet(MINUTE.toNanos());
            MDC.put(REQUEST, "second");
            assertThat(function.apply("a")).isEqualTo("a of first");
            run();
            assertThat(function.apply("a")).isEqualTo("a of second");
        }
    }

    @Test
    void refreshAsync_inTheContextOfWhoeverHasAsked() throws Exception {
        try (TwatCache twat = twat()) {
            Cached1<String, String, RuntimeException> function =
                    twat.cache("asked").engine("heap").memoize((String key) -> here(key));
            MDC.put(REQUEST, "4711");
            CompletableFuture<String> refreshed = function.refreshAsync("a");
            run();
            assertThat(refreshed).isCompletedWithValue("a of 4711");
        }
    }

    @Test
    void carrierThatLeavesItsTaskOut_isTold() {
        try (TwatCache twat = TwatCache.builder().context(() -> task -> {}).open()) {
            Cache<String, String> cache = twat.cache("lost")
                    .engine("heap")
                    .hardTimeout(Duration.ofDays(1))
                    .types(String.class, String.class)
                    .build();
            assertThatIllegalStateException()
                    .isThrownBy(() -> cache.get("a", key -> "never"))
                    .withMessageContaining("ContextCarrier");
            assertThat(cache.peek("a").present()).isFalse();
        }
    }

    @Test
    void carrierThatThrows_beforeItsTaskOrAfterIt_callerIsAnsweredAllTheSame() {
        AssertionError thrown = new AssertionError("the carrier's own");
        for (boolean after : new boolean[] {true, false}) {
            try (TwatCache twat =
                    TwatCache.builder().context(() -> throwing(after, thrown)).open()) {
                Cache<String, String> cache = twat.cache("throws")
                        .engine("heap")
                        .hardTimeout(Duration.ofDays(1))
                        .types(String.class, String.class)
                        .build();
                if (after) {
                    assertThat(cache.get("a", key -> "v")).isEqualTo("v");
                } else {
                    assertThatThrownBy(() -> cache.get("a", key -> "never")).isSameAs(thrown);
                }
            }
        }
    }

    private static ContextCarrier.Carried throwing(boolean after, AssertionError thrown) {
        return task -> {
            if (after) {
                task.run();
            }
            throw thrown;
        };
    }
}
