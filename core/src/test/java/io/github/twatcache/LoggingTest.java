package io.github.twatcache;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.twatcache.config.OnFailure;
import io.github.twatcache.error.CacheException;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.error.ValueException;
import io.github.twatcache.heap.HeapEngine;
import io.github.twatcache.logging.CapturingProvider;
import io.github.twatcache.spi.StoreCall;
import io.github.twatcache.spi.StoreCall.Operation;
import io.github.twatcache.spi.StoreInterceptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is logged, how often, and that it never shows an argument or a value. */
class LoggingTest {
    private static final String SECRET = "s3cr3t-4711";

    private final AtomicLong clock = new AtomicLong();
    private boolean down;

    /** An engine that fails with all that it knows in its message. */
    private final StoreInterceptor indiscreet = new StoreInterceptor() {
        @Override
        public void before(StoreCall call) {
            if (down && call.operation() != Operation.CLOSE) {
                throw new IllegalStateException("cannot reach " + call.key());
            }
        }

        @Override
        public void after(StoreCall call, RuntimeException failure) {
            throw new IllegalStateException("cannot note " + call.key());
        }
    };

    private List<String> heard(Consumer<TwatCache> use) {
        return CapturingProvider.heard(() -> {
            try (TwatCache twat = TwatCache.builder().ticker(clock::get).open()) {
                use.accept(twat);
            }
        });
    }

    private static List<String> of(String level, List<String> lines) {
        return lines.stream().filter(line -> line.startsWith(level)).toList();
    }

    private static List<String> made(List<String> lines) {
        return of("INFO", lines).stream()
                .filter(line -> line.contains("' is on engine '"))
                .toList();
    }

    private static String fail(String argument) {
        throw new IllegalArgumentException("bad " + argument);
    }

    @Test
    void log_ofEverythingThatGoesWrong_showsNoArgumentAndNoValue() {
        List<Throwable> ours = new ArrayList<>();
        String captured = String.valueOf(SECRET);
        List<String> lines = heard(twat -> {
            Cached1<String, String, RuntimeException> function = twat.memory("f")
                    .intercept(indiscreet)
                    .onFailure(OnFailure.SERVE)
                    .operationTimeout(ofSeconds(30))
                    .breaker(2, ofSeconds(10))
                    .statistics()
                    .tags()
                    .memoize((String argument) -> argument + captured);
            use(function);
            down = true;
            use(function);
            down = false;
            clock.addAndGet(ofSeconds(10).toNanos());
            use(function);

            Cache<String, String> cache = twat.cache("d")
                    .engine(HeapEngine.NAME)
                    .maximumWeight(100)
                    .types(String.class, String.class)
                    .weigher((key, value) -> value.equals("heavy") ? 200 : 1)
                    .onRemoval((key, value, cause) -> fail(key + value))
                    .build();
            cache.put(SECRET, SECRET);
            cache.remove(SECRET);
            cache.get(SECRET, key -> "heavy");
            ours.add(catchThrowable(() -> cache.put(SECRET, "heavy")));
            ours.add(catchThrowable(() -> cache.getAll(List.of(SECRET), keys -> Map.of(fail(SECRET), ""))));
            ours.add(catchThrowable(() -> cache.get(SECRET, key -> cache.get(SECRET, same -> same))));

            Cached1<String, String, RuntimeException> ruled = twat.memory("r")
                    .memoize((String argument) -> argument, o -> o.storeIf((argument, result) -> fail(result) == null));
            ruled.apply(SECRET);

            Cached1<String, String, RuntimeException> told =
                    twat.memory("t").intercept(indiscreet).memoize((String argument) -> argument);
            down = true;
            ours.add(catchThrowable(() -> told.invalidate(SECRET)));
            ours.add(catchThrowable(() -> told.put(SECRET, SECRET)));
            down = false;
        });
        assertThat(of("DEBUG", lines)).hasSizeGreaterThan(20);
        assertThat(made(lines)).hasSize(4);
        assertThat(of("WARN", lines)).hasSizeGreaterThan(5);
        assertThat(lines).noneMatch(line -> line.contains(SECRET));
        assertThat(ours)
                .filteredOn(CacheException.class::isInstance)
                .hasSize(4)
                .allSatisfy(thrown -> assertThat(thrown).hasMessageNotContaining(SECRET));
    }

    private static void use(Cached1<String, String, RuntimeException> function) {
        for (int i = 0; i < 5; i++) {
            function.apply(SECRET + i);
        }
        function.refresh(SECRET);
        function.put(SECRET, SECRET);
        function.peek(SECRET);
        function.invalidate(SECRET + 1);
        function.invalidateTag(SECRET);
        function.clear();
    }

    @Test
    void warnings_ofBreakerAndFallback_onceForEachChange() {
        List<String> lines = heard(twat -> {
            Cached1<Integer, Integer, RuntimeException> function = twat.cache("f")
                    .engine(HeapEngine.NAME)
                    .intercept(new StoreInterceptor() {
                        @Override
                        public void before(StoreCall call) {
                            if (down) {
                                throw new EngineException("the server is gone");
                            }
                        }
                    })
                    .breaker(2, ofSeconds(10))
                    .fallback("null")
                    .memoize((Integer n) -> n);
            down = true;
            for (int i = 0; i < 50; i++) {
                function.apply(i);
                clock.addAndGet(ofSeconds(1).toNanos());
            }
            down = false;
            clock.addAndGet(ofSeconds(10).toNanos());
            function.apply(1);
            function.apply(1);
        });
        assertThat(of("WARN", lines)).hasSize(4);
        assertThat(of("WARN", lines).get(0)).contains("'heap' of cache 'f' has failed 2 times in a row", "10s");
        assertThat(of("WARN", lines).get(1)).contains("'null' takes over cache 'f'");
        assertThat(of("WARN", lines).get(2)).contains("'null' has handed cache 'f' back");
        assertThat(of("WARN", lines).get(3)).contains("'heap' of cache 'f' answers again");
    }

    @Test
    void warnings_ofAnInterceptorThatFailsAfterwards_onceForEachOperationAndClass() {
        List<String> lines = heard(twat -> {
            Cache<Integer, Integer> cache = twat.memory("c")
                    .intercept(new StoreInterceptor() {
                        @Override
                        public void after(StoreCall call, RuntimeException failure) {
                            if (call.operation() == Operation.GET) {
                                throw down ? new IllegalStateException("one") : new IllegalArgumentException("two");
                            }
                        }
                    })
                    .types(Integer.class, Integer.class)
                    .build();
            for (int i = 0; i < 20; i++) {
                down = i % 2 == 0;
                cache.getIfPresent(i);
            }
            assertThat(cache.explain().toString())
                    .contains("interceptors have failed after 20 operations that stand all the same");
        });
        assertThat(of("WARN", lines)).hasSize(2).allMatch(line -> line.contains("said once"));
    }

    @Test
    void info_onACache_saysEngineSettingsAndSources() {
        List<String> lines = heard(
                twat -> twat.memory("f").maximumSize(7).loadTimeout(ofMillis(5)).memoize((Integer n) -> n));
        assertThat(made(lines)).hasSize(1);
        assertThat(made(lines).get(0))
                .contains("cache 'f' is on engine 'heap'", "maximum-size = 7 (from code)", "load-timeout = 5ms");
    }

    @Test
    void refusals_ofAValue_areNoFailureOfTheEngine() {
        try (TwatCache twat = TwatCache.open()) {
            Cache<Integer, Integer> cache = twat.memory("c")
                    .breaker(1, ofSeconds(10))
                    .intercept(new StoreInterceptor() {
                        @Override
                        public void before(StoreCall call) {
                            if (down && call.operation() == Operation.PUT) {
                                throw new ValueException("a value that cannot be written");
                            }
                        }
                    })
                    .types(Integer.class, Integer.class)
                    .build();
            down = true;
            assertThatExceptionOfType(ValueException.class)
                    .isThrownBy(() -> cache.put(1, 1))
                    .withMessage("a value that cannot be written");
            assertThat(cache.get(1, key -> 5)).isEqualTo(5);
            down = false;
            cache.put(1, 1);
            assertThat(cache.getIfPresent(1)).isEqualTo(1);
            assertThat(cache.stats().engineFailures()).isZero();
        }
    }

    @Test
    void log_ofAFunctionThatThrows_isSilent() {
        List<String> lines = heard(twat -> {
            Cached1<String, String, IOException> function = twat.memory("f").memoize((String argument) -> {
                throw new IOException(argument);
            });
            assertThat(catchThrowable(() -> function.apply(SECRET))).hasMessage(SECRET);
        });
        assertThat(of("WARN", lines)).isEmpty();
        assertThat(lines).noneMatch(line -> line.contains(SECRET));
    }
}
