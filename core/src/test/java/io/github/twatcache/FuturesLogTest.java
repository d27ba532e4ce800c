package io.github.twatcache;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.error.LoadTimeoutException;
import io.github.twatcache.logging.CapturingProvider;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What futures have to do with the log: its diagnostic context goes along, and a wait that takes long is told in it. */
class FuturesLogTest {
    private static final String REQUEST = "request";

    @AfterEach
    void forget() {
        MDC.clear();
    }

    private static String here(String before) {
        return before + " of " + MDC.get(REQUEST);
    }

    private static <T> T in(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    /** With a time limit the engine may block, so that loads run on other threads, which later callers use again. */
    @Test
    void diagnosticContext_goesWithTheLoad_andNoFurther() throws Exception {
        try (TwatCache twat = TwatCache.open()) {
            CacheBuilder builder = twat.cache("told").engine("heap").operationTimeout(ofMinutes(1));
            AsyncCache<String, String> cache =
                    builder.types(String.class, String.class).build().async();
            AsyncCached1<String, String> function = builder.named("function")
                    .memoizeAsync((String key) -> CompletableFuture.completedFuture(here(key)));
            MDC.put(REQUEST, "4711");
            assertThat(in(cache.get("a", key -> CompletableFuture.completedFuture(here("get")))))
                    .isEqualTo("get of 4711");
            assertThat(in(function.apply("memoizeAsync"))).isEqualTo("memoizeAsync of 4711");
            assertThat(MDC.get(REQUEST)).isEqualTo("4711");
            MDC.clear();
            for (int i = 0; i < 20; i++) {
                String key = "b" + i;
                assertThat(in(cache.get(key, same -> CompletableFuture.completedFuture(here("later")))))
                        .isEqualTo("later of null");
            }
        }
    }

    /** A load that waits for a place at the source goes on when another's stage ends, on that one's thread or a third. */
    @Test
    void diagnosticContext_ofTheCaller_alsoAfterWaitingForAPlace() throws Exception {
        try (TwatCache twat = TwatCache.open()) {
            AsyncCache<String, String> cache = twat.cache("queued")
                    .engine("heap")
                    .maxConcurrentLoads(1)
                    .types(String.class, String.class)
                    .build()
                    .async();
            CompletableFuture<String> source = new CompletableFuture<>();
            MDC.put(REQUEST, "first");
            CompletableFuture<String> first = cache.get("a", key -> source);
            MDC.put(REQUEST, "second");
            CompletableFuture<String> second = cache.get("b", key -> CompletableFuture.completedFuture(here("queued")));
            MDC.put(REQUEST, "third");
            source.complete("a");
            assertThat(in(first)).isEqualTo("a");
            assertThat(in(second)).isEqualTo("queued of second");
        }
    }

    @Test
    void waitOfAFuture_longerThan10s_isToldOnce_byTheCachesClock() {
        AtomicLong clock = new AtomicLong();
        List<String> lines = CapturingProvider.heard(() -> {
            try (TwatCache twat = TwatCache.builder().ticker(clock::get).open()) {
                AsyncCache<String, String> cache = twat.cache("slow")
                        .engine("heap")
                        .loadTimeout(ofSeconds(11))
                        .types(String.class, String.class)
                        .build()
                        .async();
                CompletableFuture<String> never = new CompletableFuture<>();
                CompletableFuture<String> owner = cache.get("secret", key -> never);
                CompletableFuture<String> waits = cache.get("secret", key -> never);
                CompletableFuture<String> waitsToo = cache.get("secret", key -> never);
                clock.addAndGet(ofSeconds(11).toNanos());
                // Alarms ring in the order of their times: when these are late, the warning was written.
                for (CompletableFuture<String> late : List.of(owner, waits, waitsToo)) {
                    assertThatExceptionOfType(ExecutionException.class)
                            .isThrownBy(() -> in(late))
                            .withCauseInstanceOf(LoadTimeoutException.class);
                }
            }
        });
        assertThat(lines)
                .filteredOn(line -> line.startsWith("WARN"))
                .singleElement()
                .asString()
                .contains("waiting for more than 10 s", "slow", "has begun")
                .doesNotContain("secret");
    }
}
