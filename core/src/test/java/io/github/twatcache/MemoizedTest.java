package io.github.twatcache;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.config.Policy;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.LoadRejectedException;
import io.github.twatcache.error.ValueException;
import io.github.twatcache.key.CallKey;
import io.github.twatcache.stats.MissReason;
import io.github.twatcache.stats.RemovalCause;
import io.github.twatcache.stats.Unstored;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a memoized function offers, on the built-in engine. */
class MemoizedTest {
    private final AtomicLong nanos = new AtomicLong();
    private final TwatCache twat = TwatCache.builder().ticker(nanos::get).open();
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void close() {
        twat.close();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void refreshAsync_executorThatTakesNoMore_failsTheStageAndKeepsWhatIsStored() {
        Executor full = task -> {
            throw new RejectedExecutionException("no more");
        };
        try (TwatCache twat = TwatCache.builder().executor(full).open()) {
            AtomicInteger runs = new AtomicInteger();
            Cached1<String, Integer, RuntimeException> length = twat.memory("length")
                    .memoize((String text) -> {
                        runs.incrementAndGet();
                        return text.length();
                    });
            assertThat(length.apply("secret")).isEqualTo(6);
            assertThat(length.refreshAsync("secret"))
                    .isCompletedExceptionally()
                    .failsWithin(Duration.ZERO)
                    .withThrowableOfType(ExecutionException.class)
                    .havingCause()
                    .isInstanceOf(LoadRejectedException.class)
                    .withMessageContaining("'length'")
                    .withMessageNotContaining("secret")
                    .withCauseInstanceOf(RejectedExecutionException.class);
            assertThat(length.apply("secret")).isEqualTo(6);
            assertThat(runs).hasValue(1);
        }
    }

    @Test
    void handles_ofOneArgument_doWhatTheySay() throws Exception {
        Cached1<Integer, Integer, IOException> f = twat.memory("f").memoize((Integer n) -> {
            if (n < 0) {
                throw new IOException("negative");
            }
            return n * 10 + calls.incrementAndGet();
        });
        assertThat(f.peek(1).present()).isFalse();
        assertThat(f.apply(1)).isEqualTo(11);
        assertThat(f.peek(1)).isEqualTo(Lookup.found(11));
        assertThat(f.refresh(1)).isEqualTo(12);
        assertThat(f.apply(1)).isEqualTo(12);
        assertThat(f.refreshAsync(1).get(20, TimeUnit.SECONDS)).isEqualTo(13);
        assertThat(f.bypass(1)).isEqualTo(14);
        assertThat(f.apply(1)).isEqualTo(13);
        f.put(2, 99);
        assertThat(f.apply(2)).isEqualTo(99);
        assertThat(f.size()).isEqualTo(2);
        assertThat(f.invalidate(2)).isTrue();
        assertThat(f.invalidate(2)).isFalse();
        assertThat(f.isCached(2)).isFalse();
        assertThatThrownBy(() -> f.apply(-1)).isInstanceOf(IOException.class).hasMessage("negative");
        assertThatThrownBy(() -> f.refreshAsync(-1).get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
        assertThat(Stream.of(1, 1).map(f.asFunction()).toList()).containsExactly(13, 13);
        assertThatThrownBy(() -> f.asFunction().apply(-1)).isInstanceOf(IOException.class);
        assertThat(f.warm(List.of(1, 5, 6))).isEqualTo(2);
        CallKey key = f.key(1);
        assertThat(key.arity()).isEqualTo(1);
        assertThat(key.argument(0)).isEqualTo(1);
        assertThat(key.digest())
                .isEqualTo(f.key(1).digest())
                .isNotEqualTo(f.key(2).digest());
        assertThat(key.toString()).doesNotContain("argument");
        assertThat(f.name()).isEqualTo("f");
        assertThat(f.explain().engine()).isEqualTo("heap");
        f.clear();
        assertThat(f.size()).isZero();
        assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(f))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("'f'");
    }

    @Test
    void arities_fromNoneToFive_areMemoized() {
        Cached0<Integer, RuntimeException> f0 = twat.memory("0").memoize(() -> calls.incrementAndGet());
        assertThat(f0.apply()).isEqualTo(f0.apply()).isEqualTo(f0.asFunction().get());
        assertThat(f0.invalidate()).isTrue();
        assertThat(f0.apply()).isEqualTo(2);
        Cached2<Integer, String, String, RuntimeException> f2 =
                twat.memory("2").memoize((Integer a, String b) -> a + b + calls.incrementAndGet());
        assertThat(f2.apply(1, "x"))
                .isEqualTo(f2.apply(1, "x"))
                .isEqualTo(f2.asFunction().apply(1, "x"));
        Cached3<Integer, String, Long, String, RuntimeException> f3 =
                twat.memory("3").memoize((Integer a, String b, Long c) -> a + b + c + calls.incrementAndGet());
        assertThat(f3.apply(1, "x", 2L)).isEqualTo(f3.apply(1, "x", 2L)).isNotEqualTo(f3.apply(1, "x", 3L));
        Cached4<Integer, Integer, Integer, Integer, Integer, RuntimeException> f4 =
                twat.memory("4").memoize((Integer a, Integer b, Integer c, Integer d) -> calls.incrementAndGet());
        assertThat(f4.apply(1, 2, 3, 4)).isEqualTo(f4.apply(1, 2, 3, 4)).isNotEqualTo(f4.apply(1, 2, 4, 3));
        Cached5<Integer, Integer, Integer, Integer, Integer, Integer, RuntimeException> f5 = twat.memory("5")
                .memoize((Integer a, Integer b, Integer c, Integer d, Integer e) -> calls.incrementAndGet());
        assertThat(f5.apply(1, 2, 3, 4, 5)).isEqualTo(f5.apply(1, 2, 3, 4, 5));
        assertThat(f5.peek(1, 2, 3, 4, 5).present()).isTrue();
    }

    @Test
    void memoizedAgain_sameFunctionAndSettings_sharesResults() {
        Cached2<Integer, Integer, Integer, RuntimeException> one =
                twat.memory("a").memoize(MemoizedTest::add);
        Cached2<Integer, Integer, Integer, RuntimeException> two =
                twat.memory("a").memoize(MemoizedTest::add);
        one.put(1, 2, 33);
        assertThat(two.apply(1, 2)).isEqualTo(33);
        Cached2<Integer, Integer, Integer, RuntimeException> unnamed =
                twat.memory().memoize(MemoizedTest::add);
        assertThat(unnamed.name()).endsWith("MemoizedTest.add");
        assertThat(unnamed.apply(1, 2)).isEqualTo(3);
        assertThat(twat.caches()).contains("a", unnamed.name());
    }

    private static int add(int a, int b) {
        return a + b;
    }

    @Test
    void options_perResult_decideLifetimeStoringAndTags() {
        Cached1<Integer, Integer, RuntimeException> f = twat.memory("f")
                .expireAfterWrite(ofMinutes(10))
                .memoize(
                        (Integer n) -> n * 10 + calls.incrementAndGet(),
                        o -> o.expireAfter((n, r) -> n == 1 ? ofSeconds(1) : n == 2 ? Duration.ZERO : null)
                                .storeIf((n, r) -> n != 3)
                                .tags((n, r) -> n % 2 == 0 ? Set.of("even") : Set.of()));
        f.apply(1);
        f.apply(2);
        f.apply(3);
        f.apply(4);
        f.apply(5);
        assertThat(f.isCached(2)).isFalse();
        assertThat(f.isCached(3)).isFalse();
        assertThat(f.size()).isEqualTo(3);
        pass(ofSeconds(1).minusNanos(1));
        assertThat(f.isCached(1)).isTrue();
        pass(Duration.ofNanos(1));
        assertThat(f.isCached(1)).isFalse();
        assertThat(f.invalidateTag("even")).isEqualTo(1);
        assertThat(f.isCached(4)).isFalse();
        pass(ofMinutes(10).minusSeconds(1));
        assertThat(f.isCached(5)).isFalse();
        assertThat(f.stats().unstored()).containsEntry(Unstored.CONDITION, 1L).containsEntry(Unstored.EXPIRED, 1L);
    }

    @Test
    void options_thatThrow_returnTheValueUnstored() {
        Cached1<Integer, Integer, RuntimeException> f = twat.memory("f")
                .maximumWeight(10)
                .memoize(
                        (Integer n) -> n,
                        o -> o.weigher((k, r) -> {
                            throw new IllegalStateException("weigher");
                        }));
        assertThat(f.apply(1)).isEqualTo(1);
        assertThat(f.size()).isZero();
        assertThat(f.stats().unstored()).containsEntry(Unstored.FUNCTION_FAILED, 1L);
        assertThatThrownBy(() -> f.put(1, 1)).hasMessage("weigher");
    }

    @Test
    void listener_thatThrows_changesNothing() {
        List<String> told = new ArrayList<>();
        Cached1<Integer, Integer, RuntimeException> f = twat.memory("f")
                .maximumSize(1)
                .memoize(
                        (Integer n) -> n,
                        o -> o.onRemoval((key, value, cause) -> {
                            told.add(key.argument(0) + "=" + value + " " + cause);
                            throw new IllegalStateException("listener");
                        }));
        f.apply(1);
        f.apply(2);
        f.put(2, 22);
        f.invalidate(2);
        assertThat(told).containsExactly("1=1 SIZE", "2=2 REPLACED", "2=22 EXPLICIT");
    }

    @Test
    void listener_thatUsesTheCache_isOutsideAllLocks() {
        List<Cached1<Integer, Integer, RuntimeException>> self = new ArrayList<>();
        Cached1<Integer, Integer, RuntimeException> f = twat.memory("f")
                .maximumSize(2)
                .memoize(
                        (Integer n) -> n,
                        o -> o.onRemoval((key, value, cause) -> {
                            if (calls.incrementAndGet() == 1) {
                                self.get(0).invalidate(3);
                                self.get(0).apply(7);
                            }
                        }));
        self.add(f);
        f.apply(1);
        f.apply(2);
        f.apply(3);
        assertThat(f.isCached(3)).isFalse();
        assertThat(f.isCached(7)).isTrue();
    }

    @Test
    void full_withPolicyNone_memoizeReturnsAndPutThrows() {
        Cached1<Integer, Integer, RuntimeException> f =
                twat.memory("f").maximumSize(1).policy(Policy.NONE).memoize((Integer n) -> n);
        assertThat(f.explain().engine()).isEqualTo("heap");
        f.apply(1);
        assertThat(f.apply(2)).isEqualTo(2);
        assertThat(f.isCached(2)).isFalse();
        assertThat(f.stats().unstored()).containsEntry(Unstored.FULL, 1L);
        assertThatThrownBy(() -> f.put(2, 2))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining("maximum-size = 1");
    }

    @Test
    void tooHeavy_returnedNotStoredAndNeverStale() {
        AtomicInteger size = new AtomicInteger(10);
        Cached1<String, byte[], RuntimeException> f =
                twat.memory("f").maximumBytes(1000).memoize((String s) -> new byte[size.get()]);
        assertThat(f.apply("a")).hasSize(10);
        size.set(5000);
        assertThat(f.apply("a")).hasSize(10);
        assertThat(f.refresh("a")).hasSize(5000);
        assertThat(f.isCached("a")).isFalse();
        assertThat(f.apply("b")).hasSize(5000);
        assertThat(f.isCached("b")).isFalse();
        assertThat(f.stats().unstored()).containsEntry(Unstored.TOO_HEAVY, 2L);
        assertThatThrownBy(() -> f.put("c", new byte[5000])).isInstanceOf(ValueException.class);
    }

    @Test
    void failures_keptByTypeAndTime_answerWithTheSame() {
        Cached1<Integer, Integer, Exception> f = twat.memory("f")
                .cacheFailures(IOException.class, ofSeconds(5))
                .memoize((Integer n) -> {
                    calls.incrementAndGet();
                    if (n == 1) {
                        throw new IOException("io");
                    }
                    throw new IllegalStateException("other");
                });
        Throwable first = null;
        for (int i = 0; i < 3; i++) {
            try {
                f.apply(1);
            } catch (Exception e) {
                assertThat(first == null || first == e).isTrue();
                first = e;
            }
        }
        assertThat(calls).hasValue(1);
        pass(ofSeconds(5));
        assertThatThrownBy(() -> f.apply(1)).isNotSameAs(first);
        assertThat(calls).hasValue(2);
        f.invalidate(1);
        assertThatThrownBy(() -> f.apply(1)).isInstanceOf(IOException.class);
        assertThat(calls).hasValue(3);
        assertThatThrownBy(() -> f.apply(2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> f.apply(2)).isInstanceOf(IllegalStateException.class);
        assertThat(calls).hasValue(5);
    }

    @Test
    void copyOnRead_callersCannotChangeWhatIsKept() {
        Cached1<Integer, List<int[]>, RuntimeException> f =
                twat.memory("f").copyOnRead().memoize((Integer n) -> new ArrayList<>(List.of(new int[] {n})));
        f.apply(1).get(0)[0] = 99;
        f.apply(1).clear();
        assertThat(f.apply(1)).hasSize(1);
        assertThat(f.apply(1).get(0)).containsExactly(1);
        assertThat(f.peek(1).value().get(0)).containsExactly(1);
    }

    @Test
    void copyOnRead_functionsCannotChangeWhatIsKept() {
        List<Integer> held = new ArrayList<>(List.of(1));
        Cached1<Integer, List<Integer>, RuntimeException> f =
                twat.memory("f").copyOnRead().memoize((Integer n) -> held);
        assertThat(f.apply(1)).containsExactly(1);
        held.add(2);
        assertThat(f.apply(1)).containsExactly(1);
    }

    @Test
    void keys_ignoreToleranceAndKeyBy_shapeThem() {
        Cached2<Integer, String, Integer, RuntimeException> ignoring =
                twat.memory("i").ignore(1).memoize((Integer n, String s) -> calls.incrementAndGet());
        assertThat(twat.memory("u").ignore(1).memoize(MemoizedTest::add).name()).isEqualTo("u");
        assertThat(twat.memory("u").ignore(1).memoize(MemoizedTest::add).name()).isEqualTo("u");
        assertThatThrownBy(() -> twat.memory("u").memoize(MemoizedTest::add)).hasMessageContaining("[ignore 1]");
        assertThat(ignoring.apply(1, "a")).isEqualTo(ignoring.apply(1, "b")).isNotEqualTo(ignoring.apply(2, "a"));
        Cached2<Integer, String, Integer, RuntimeException> named =
                twat.memory("n").ignore("text").memoize((Integer n, String text) -> calls.incrementAndGet());
        assertThat(named.apply(1, "a")).isEqualTo(named.apply(1, "b"));
        assertThatThrownBy(() -> twat.memory("x").ignore("nobody").memoize((Integer n, String text) -> 1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("text");
        Cached1<Double, Integer, RuntimeException> rounded =
                twat.memory("t").tolerance(2).memoize((Double d) -> calls.incrementAndGet());
        assertThat(rounded.apply(3.14159)).isEqualTo(rounded.apply(3.14)).isNotEqualTo(rounded.apply(3.15));
        Cached2<String, Integer, Integer, RuntimeException> keyed = twat.memory("k")
                .memoize(
                        (String s, Integer n) -> calls.incrementAndGet(),
                        o -> o.keyBy((s, n) -> s.toLowerCase(java.util.Locale.ROOT)));
        assertThat(keyed.apply("A", 1)).isEqualTo(keyed.apply("a", 2)).isNotEqualTo(keyed.apply("b", 1));
        assertThat(keyed.invalidate("A", 9)).isTrue();
    }

    @Test
    void statistics_addUp() {
        Cached1<Integer, Integer, RuntimeException> f = twat.memory("f")
                .maximumSize(2)
                .expireAfterWrite(ofSeconds(10))
                .statistics()
                .memoize((Integer n) -> n);
        f.apply(1);
        f.apply(1);
        f.apply(2);
        f.apply(3);
        f.apply(1);
        f.invalidate(3);
        f.apply(3);
        pass(ofSeconds(10));
        f.apply(3);
        var stats = f.stats();
        assertThat(stats.hits()).isEqualTo(1);
        assertThat(stats.misses())
                .containsEntry(MissReason.ABSENT, 3L)
                .containsEntry(MissReason.EVICTED, 1L)
                .containsEntry(MissReason.INVALIDATED, 1L)
                .containsEntry(MissReason.EXPIRED, 1L);
        assertThat(stats.lookups()).isEqualTo(7);
        assertThat(stats.loads()).isEqualTo(6);
        assertThat(stats.puts() - stats.removalCount()).isEqualTo(f.size());
        assertThat(stats.removals()).containsEntry(RemovalCause.SIZE, 2L);
        assertThat(twat.stats()).containsKey("f");
    }

    @Test
    void jitter_shortensLifetimesOnly() {
        Cached1<Integer, Integer, RuntimeException> f = twat.memory("f")
                .expireAfterWrite(ofSeconds(100))
                .expiryJitter(0.5)
                .memoize((Integer n) -> n);
        for (int n = 0; n < 1000; n++) {
            f.apply(n);
        }
        pass(ofSeconds(50).minusNanos(1));
        assertThat(f.size()).isEqualTo(1000);
        pass(ofSeconds(25));
        assertThat(f.size()).isBetween(350L, 650L);
        pass(ofSeconds(26));
        assertThat(f.size()).isZero();
    }

    @Test
    void memoizedFunctions_compose() {
        Cached1<Integer, Integer, RuntimeException> inner =
                twat.memory("inner").memoize((Integer n) -> n + calls.incrementAndGet());
        Cached1<Integer, Integer, RuntimeException> outer =
                twat.memory("outer").memoize((Integer n) -> inner.apply(n) * 10);
        assertThat(outer.apply(1)).isEqualTo(20);
        assertThat(outer.apply(1)).isEqualTo(20);
        assertThat(calls).hasValue(1);
        assertThat(inner.isCached(1)).isTrue();
    }
}
