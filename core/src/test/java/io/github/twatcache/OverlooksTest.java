package io.github.twatcache;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.error.ConfigurationException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a hostile reader of the promises has tried, and found. */
@Timeout(60)
class OverlooksTest {
    private final AtomicLong now = new AtomicLong();
    private final TwatCache twat = TwatCache.builder().ticker(now::get).open();

    @AfterEach
    void close() {
        twat.close();
    }

    @Test
    void mapView_removeDuringLoad_loadIsNotStored() throws Exception {
        Map<String, Consumer<Cache<String, String>>> removals = Map.of(
                "remove", cache -> cache.asMap().remove("key"),
                "keySet", cache -> cache.asMap().keySet().remove("key"),
                "removeAll", cache -> cache.asMap().keySet().removeAll(Set.of("key")));
        for (Map.Entry<String, Consumer<Cache<String, String>>> removal : removals.entrySet()) {
            Cache<String, String> cache = twat.memory(removal.getKey())
                    .types(String.class, String.class)
                    .build();
            CountDownLatch loading = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            FutureTask<String> old = new FutureTask<>(() -> cache.get("key", key -> {
                loading.countDown();
                go.await();
                return "old";
            }));
            Thread owner = new Thread(old);
            owner.start();
            loading.await();
            removal.getValue().accept(cache);
            FutureTask<String> later = new FutureTask<>(() -> cache.get("key", key -> "new"));
            new Thread(later).start();
            try {
                assertThat(later.get(10, SECONDS)).as(removal.getKey()).isEqualTo("new");
            } finally {
                go.countDown();
            }
            assertThat(old.get(10, SECONDS)).isEqualTo("old");
            assertThat(cache.getIfPresent("key")).as(removal.getKey()).isEqualTo("new");
        }
    }

    @Test
    void cacheFailures_refreshSucceeds_failureIsForgotten() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        Cached1<String, Integer, IOException> flaky = twat.memory("flaky")
                .cacheFailures(IOException.class, Duration.ofMinutes(1))
                .expireAfterWrite(Duration.ofSeconds(1))
                .memoize(key -> {
                    if (runs.incrementAndGet() == 1) {
                        throw new IOException("first");
                    }
                    return runs.get();
                });
        assertThatThrownBy(() -> flaky.apply("key")).isInstanceOf(IOException.class);
        assertThat(flaky.refresh("key")).isEqualTo(2);
        now.addAndGet(SECONDS.toNanos(2));
        assertThat(flaky.apply("key")).isEqualTo(3);
    }

    /** Of two failures in a row the second is kept for twice as long; with a value between them each is the first. */
    @Test
    void cacheFailures_getAllSucceeds_failureIsForgotten() throws Exception {
        Cache<String, String> cache = twat.memory("bulk")
                .cacheFailures(IOException.class, Duration.ofSeconds(1), Duration.ofMinutes(1))
                .expireAfterWrite(Duration.ofSeconds(1))
                .types(String.class, String.class)
                .build();
        assertThatThrownBy(() -> cache.get("key", OverlooksTest::fails)).isInstanceOf(IOException.class);
        now.addAndGet(SECONDS.toNanos(1));
        cache.getAll(List.of("key"), keys -> Map.of("key", "bulk"));
        now.addAndGet(SECONDS.toNanos(1));
        assertThatThrownBy(() -> cache.get("key", OverlooksTest::fails)).isInstanceOf(IOException.class);
        now.addAndGet(SECONDS.toNanos(1));
        assertThat(cache.get("key", key -> "single")).isEqualTo("single");
    }

    private static String fails(String key) throws IOException {
        throw new IOException(key);
    }

    private static CompletionStage<String> one(String key) {
        return CompletableFuture.completedFuture(key);
    }

    private static CompletionStage<String> another(String key) {
        return CompletableFuture.completedFuture(key + key);
    }

    @Test
    void name_isTaken_messageNamesBothPlacesInTheUsersCode_alsoOfFutures() {
        twat.memory("taken").memoizeAsync(OverlooksTest::one);
        assertThatThrownBy(() -> twat.memory("taken").memoizeAsync(OverlooksTest::another))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("OverlooksTest.java")
                .hasMessageNotContaining("MemoizingAsync");
    }

    @Test
    void use_ofNothingAfterClose_isRefusedToo() {
        Cache<String, String> cache =
                twat.memory("data").types(String.class, String.class).build();
        Cached1<String, String, RuntimeException> function =
                twat.memory("calls").memoize(key -> key);
        twat.close();
        assertThatIllegalStateException().isThrownBy(() -> cache.getAllPresent(List.of()));
        assertThatIllegalStateException().isThrownBy(() -> cache.putAll(Map.of()));
        assertThatIllegalStateException().isThrownBy(() -> cache.warm(List.of(), key -> key));
        assertThatIllegalStateException().isThrownBy(() -> function.warm(List.of()));
    }

    @Test
    void getAll_loaderReturnsNull_saysWhatToReturn() {
        Cache<String, String> cache =
                twat.memory("data").types(String.class, String.class).build();
        assertThatNullPointerException()
                .isThrownBy(() -> cache.getAll(List.of("key"), keys -> null))
                .withMessageContaining("empty");
        assertThat(cache.get("key", key -> "value")).isEqualTo("value");
    }

    @Test
    void memoizedAgain_withEqualKeyRules_isTheSameCache() {
        List<UnaryOperator<CacheBuilder>> rules = List.of(
                builder -> builder.ignore(1),
                builder -> builder.tolerance(2),
                builder -> builder.deepTolerance(2),
                builder -> builder.ignore(1).tolerance(1));
        for (int i = 0; i < rules.size(); i++) {
            String name = "rules" + i;
            List<Cached2<Double, String, Object, RuntimeException>> same = new ArrayList<>();
            for (int again = 0; again < 2; again++) {
                same.add(rules.get(i).apply(twat.memory(name)).memoize((Double a, String b) -> new Object()));
            }
            assertThat(same.get(0).apply(1.0, "b")).isSameAs(same.get(1).apply(1.0, "b"));
        }
    }

    @Test
    void memoizedAgain_withOtherKeyRules_namesBoth() {
        for (int digits = 1; digits < 3; digits++) {
            int decimals = digits;
            ThrowingCallable memoize =
                    () -> twat.memory("rules").tolerance(decimals).memoize(Math::sqrt);
            if (digits == 1) {
                assertThatCode(memoize).doesNotThrowAnyException();
            } else {
                assertThatThrownBy(memoize)
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining("tolerance 1")
                        .hasMessageContaining("tolerance 2");
            }
        }
    }

    @Test
    void loadTimeout_zero_isNotToldToStoreNothing() {
        assertThatThrownBy(() -> twat.memory("a").loadTimeout(Duration.ZERO))
                .hasMessageContaining("load-timeout")
                .hasMessageContaining("0s")
                .hasMessageNotContaining("store nothing");
        assertThatThrownBy(() -> twat.memory("a").maximumSize(0)).hasMessageContaining("to store nothing");
    }

    // Users return what they return.
    @SuppressWarnings("JdkObsolete")
    @Test
    void copyOnRead_classThatTheCallerKnows_isKept() {
        List<Object> collections = List.of(
                new LinkedList<>(List.of(1)),
                new Vector<>(List.of(1)),
                new PriorityQueue<>(List.of(3, 1, 2)),
                new ConcurrentLinkedQueue<>(List.of(1)),
                EnumSet.of(TimeUnit.DAYS),
                new EnumMap<>(Map.of(TimeUnit.DAYS, "day")),
                new ConcurrentHashMap<>(Map.of(1, "one")),
                new ConcurrentSkipListMap<>(Map.of(1, "one")),
                new TreeSet<>(List.of(1)));
        Cached1<Integer, Object, RuntimeException> nth =
                twat.memory("nth").copyOnRead().memoize(collections::get);
        for (int i = 0; i < collections.size(); i++) {
            Object first = nth.apply(i);
            assertThat(first).hasSameClassAs(collections.get(i)).isNotSameAs(collections.get(i));
            assertThat(first).hasToString(collections.get(i).toString());
            assertThat(nth.apply(i)).hasSameClassAs(collections.get(i)).isNotSameAs(first);
        }
    }
}
