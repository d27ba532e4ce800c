package io.github.twatcache.testkit;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Cached1;
import io.github.twatcache.Keep;
import io.github.twatcache.Lookup;
import io.github.twatcache.config.OnFailure;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.error.LockTimeoutException;
import io.github.twatcache.error.PathException;
import io.github.twatcache.error.ReadOnlyException;
import io.github.twatcache.spi.StoreCall;
import io.github.twatcache.spi.StoreCall.Operation;
import io.github.twatcache.spi.StoreInterceptor;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.CacheStats;
import io.github.twatcache.stats.MissReason;
import io.github.twatcache.stats.Unstored;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An engine that fails while it runs: what is computed is returned, what is changed is never changed back. */
@Contract("3 failure while running")
public abstract class FailureContract extends ChaoticContract {
    /** Makes a contract. */
    protected FailureContract() {}

    @Test
    void calls_engineDown_computedOnceEach() {
        Cached1<Integer, String, RuntimeException> function = versioned(onChaos());
        chaos.down(true);
        for (int call = 1; call <= 20; call++) {
            assertThat(function.apply(1)).isEqualTo("1 v0");
            assertThat(runs.get()).isEqualTo(call);
        }
        CacheStats stats = function.stats();
        assertThat(stats.misses()).isEqualTo(Map.of(MissReason.ERROR, 20L));
        assertThat(stats.engineFailures()).isPositive();
        assertThat(stats.unstored()).isEqualTo(Map.of(Unstored.ENGINE_FAILED, 20L));
        recover();
        assertThat(function.apply(1)).isEqualTo("1 v0");
        assertThat(function.apply(1)).isEqualTo("1 v0");
        assertThat(runs.get()).isEqualTo(21);
        assertThat(function.stats().hits()).isEqualTo(1);
    }

    @Test
    void lookups_engineDown_findNothingAndSayWhy() {
        Cache<Integer, String> cache =
                onChaos().types(Integer.class, String.class).build();
        cache.put(1, "one");
        chaos.down(true);
        assertThat(cache.getIfPresent(1)).isNull();
        assertThat(cache.getAllPresent(List.of(1))).isEmpty();
        assertThat(cache.peek(1)).isEqualTo(new Lookup.Absent<>(MissReason.ERROR));
        assertThat(cache.get(1, key -> "computed")).isEqualTo("computed");
        assertThat(cache.getAll(List.of(1, 2), keys -> Map.of(1, "a", 2, "b"))).isEqualTo(Map.of(1, "a", 2, "b"));
        assertThat(cache.stats().missCount(MissReason.ERROR)).isEqualTo(5);
        recover();
        assertThat(cache.getIfPresent(1)).isEqualTo("one");
    }

    @Test
    void lookups_ofDamage_sayWhy() {
        Cached1<Integer, String, RuntimeException> function = versioned(onChaos());
        function.apply(1);
        chaos.corruptReads(1);
        assertThat(function.apply(1)).isEqualTo("1 v0");
        chaos.end();
        assertThat(function.stats().missCount(MissReason.UNDECODABLE)).isEqualTo(1);
        assertThat(runs.get()).isEqualTo(2);
        assertThat(function.apply(1)).isEqualTo("1 v0");
        assertThat(runs.get()).isEqualTo(2);
    }

    @Test
    void changes_engineDown_throw() {
        Cache<Integer, String> cache =
                onChaos().types(Integer.class, String.class).build();
        cache.put(1, "one");
        chaos.down(true);
        assertFails("PUT", () -> cache.put(1, "two"));
        assertFails("PUT", () -> cache.putIfAbsent(1, "two"));
        assertFails("REMOVE", () -> cache.remove(1));
        assertFails("ENTRY", () -> cache.remove(1, "one"));
        assertFails("ENTRY", () -> cache.replace(1, "two"));
        assertFails("ENTRY", () -> cache.replace(1, "one", "two"));
        recover();
        chaos.down(true);
        assertFails("ENTRY", () -> cache.compute(1, (key, now) -> now));
        assertFails("CLEAR", cache::clear);
        assertFails("SIZE", cache::size);
        assertFails("ENTRIES", () -> cache.entries().close());
        assertFails("ENTRY", () -> cache.asMap().merge(1, "x", String::concat));
        recover();
        assertThat(cache.getIfPresent(1))
                .as("whoever changed it knows that it is not changed")
                .isEqualTo("one");
    }

    /** With and without a time limit, under which the engine runs on another thread. */
    private List<CacheBuilder> withAndWithoutATimeLimit() {
        return List.of(onChaos(), onChaos().named("limited").operationTimeout(LIMIT));
    }

    @Test
    void missingClass_isAFailureOfTheEngine() {
        for (CacheBuilder builder : withAndWithoutATimeLimit()) {
            Cached1<Integer, String, RuntimeException> function = versioned(builder);
            chaos.missingClass(true);
            for (int call = 1; call <= 20; call++) {
                assertThat(function.apply(1)).isEqualTo("1 v0");
                assertThat(runs.getAndSet(0)).isEqualTo(1);
            }
            CacheStats stats = function.stats();
            assertThat(stats.misses()).isEqualTo(Map.of(MissReason.ERROR, 20L));
            assertThat(stats.unstored()).isEqualTo(Map.of(Unstored.ENGINE_FAILED, 20L));
            assertThat(stats.engineFailures())
                    .as("then the breaker leaves it alone")
                    .isEqualTo(5);
            recover();
            assertThat(function.apply(1)).isEqualTo("1 v0");
            assertThat(function.apply(1)).isEqualTo("1 v0");
            assertThat(runs.getAndSet(0)).as("computed once more and kept").isEqualTo(1);
        }
    }

    @Test
    void missingClass_changesThrow_lookupsFindNothing() {
        for (CacheBuilder builder : withAndWithoutATimeLimit()) {
            Cache<Integer, String> cache = builder.breaker(PATIENT, ofMinutes(1))
                    .types(Integer.class, String.class)
                    .build();
            cache.put(1, "one");
            chaos.missingClass(true);
            assertThat(cache.getIfPresent(1)).isNull();
            assertThat(cache.getAllPresent(List.of(1, 2))).isEmpty();
            assertThat(cache.peek(1)).isEqualTo(new Lookup.Absent<>(MissReason.ERROR));
            assertThat(cache.get(1, key -> "computed")).isEqualTo("computed");
            assertThat(cache.getAll(List.of(1, 2), keys -> Map.of(1, "a", 2, "b")))
                    .isEqualTo(Map.of(1, "a", 2, "b"));
            List<Runnable> changes = List.of(
                    () -> cache.put(1, "two"),
                    () -> cache.putIfAbsent(1, "two"),
                    () -> cache.putAll(Map.of(1, "two", 2, "three")),
                    () -> cache.replace(1, "two"),
                    () -> cache.remove(1),
                    () -> cache.remove(1, "one"),
                    () -> cache.compute(1, (key, now) -> now),
                    cache::clear,
                    cache::size,
                    () -> cache.entries().close());
            for (int i = 0; i < changes.size(); i++) {
                assertThatExceptionOfType(EngineException.class)
                        .as("change %s", i)
                        .isThrownBy(changes.get(i)::run)
                        .withMessageContaining("cache '" + cache.name() + "'")
                        .withMessageContaining("java.lang.NoClassDefFoundError")
                        .withCauseInstanceOf(NoClassDefFoundError.class);
            }
            assertThat(cache.stats().toString()).isNotEmpty();
            recover();
            assertThat(cache.getIfPresent(1)).isEqualTo("one");
        }
    }

    @Test
    void missingClass_takenOverAndHandedBack() {
        Cached1<Integer, String, RuntimeException> function =
                versioned(onChaos().breaker(2, ofSeconds(10)).fallback("heap"));
        chaos.missingClass(true);
        for (int call = 0; call < 5; call++) {
            assertThat(function.apply(1)).isEqualTo("1 v0");
        }
        assertThat(runs.get()).as("two looks failed, then another serves").isEqualTo(1);
        assertThat(function.invalidate(1)).isTrue();
        recover();
        assertThat(function.apply(1)).isEqualTo("1 v0");
        assertThat(runs.get()).isEqualTo(2);
    }

    /** An interceptor that throws at every operation but the closing while it is told to. */
    private static final class Trouble implements StoreInterceptor {
        private volatile @Nullable Supplier<Throwable> thrown;

        @Override
        public void before(StoreCall call) {
            Supplier<Throwable> now = thrown;
            if (now != null && call.operation() != Operation.CLOSE) {
                throw ChaoticContract.<RuntimeException>past(now.get());
            }
        }
    }

    @Test
    void anything_thatAnEngineThrows_isAFailure() {
        int number = 0;
        for (Supplier<Throwable> surprise : surprises()) {
            for (Duration limit : List.of(Duration.ZERO, LIMIT)) {
                Trouble trouble = new Trouble();
                CacheBuilder builder = onChaos()
                        .named("surprised" + number++)
                        .breaker(PATIENT, ofMinutes(1))
                        .intercept(trouble);
                Cached1<Integer, String, RuntimeException> function =
                        versioned(limit.isZero() ? builder : builder.operationTimeout(limit));
                String what = surprise.get() + " within " + limit;
                assertThat(function.apply(1)).isEqualTo("1 v0");
                runs.set(0);
                trouble.thrown = surprise;
                assertThat(function.apply(1)).as(what).isEqualTo("1 v0");
                assertThat(runs.get()).as(what).isEqualTo(1);
                assertThat(function.stats().missCount(MissReason.ERROR))
                        .as(what)
                        .isEqualTo(1);
                assertThat(function.stats().engineFailures()).as(what).isPositive();
                assertThat(function.stats().unstored()).as(what).isEqualTo(Map.of(Unstored.ENGINE_FAILED, 1L));
                assertThatExceptionOfType(EngineException.class)
                        .as(what)
                        .isThrownBy(() -> function.invalidate(1))
                        .withMessageContaining("REMOVE")
                        .withMessageContaining(surprise.get().getClass().getName())
                        .withCauseInstanceOf(surprise.get().getClass());
                trouble.thrown = null;
                assertThat(function.apply(1)).as(what).isEqualTo("1 v0");
                assertThat(runs.get()).as(what + ": what was there is there").isEqualTo(1);
            }
        }
    }

    @Test
    void disksAndLocks_thatCannotBeHad_areFailures() {
        List<Supplier<Throwable>> troubles = List.of(
                () -> new PathException("the file system has no space left"),
                () -> new LockTimeoutException("the lock was held for too long"));
        for (int i = 0; i < troubles.size(); i++) {
            Supplier<Throwable> failing = troubles.get(i);
            Trouble trouble = new Trouble();
            Cached1<Integer, String, RuntimeException> function = versioned(onChaos()
                    .named("resources" + i)
                    .onFailure(OnFailure.SERVE)
                    .breaker(5, ofMinutes(1))
                    .intercept(trouble));
            function.apply(1);
            function.apply(2);
            trouble.thrown = failing;
            assertThat(function.invalidate(1)).as("a tombstone").isTrue();
            assertThat(function.stats().engineFailures()).isEqualTo(1);
            runs.set(0);
            for (int call = 0; call < 10; call++) {
                function.apply(2);
            }
            assertThat(runs.get()).isEqualTo(10);
            assertThat(function.stats().engineFailures())
                    .as("then it is left alone")
                    .isEqualTo(5);
            trouble.thrown = null;
            function.apply(2);
            assertThat(runs.getAndSet(0)).as("still").isEqualTo(11);
            recover();
            function.apply(1);
            assertThat(runs.getAndSet(0)).as("invalidated all the same").isEqualTo(1);
        }
    }

    @Test
    void refusals_areAnswers() {
        Trouble trouble = new Trouble();
        Cache<Integer, String> cache = onChaos()
                .onFailure(OnFailure.SERVE)
                .breaker(1, ofMinutes(1))
                .intercept(trouble)
                .types(Integer.class, String.class)
                .build();
        cache.put(1, "one");
        ReadOnlyException refusal = new ReadOnlyException("it can only be read");
        trouble.thrown = () -> refusal;
        assertThatThrownBy(() -> cache.put(1, "two")).isSameAs(refusal);
        assertThatThrownBy(() -> cache.remove(1)).isSameAs(refusal);
        trouble.thrown = null;
        assertThat(cache.getIfPresent(1)).as("nothing is wrong with it").isEqualTo("one");
        assertThat(cache.stats().engineFailures()).isZero();
    }

    /** An interceptor that refuses each change, as a store does that can only be read. */
    private static final class ReadOnly implements StoreInterceptor {
        private volatile boolean refuses;

        @Override
        public void before(StoreCall call) {
            switch (call.operation()) {
                case PUT, REMOVE, REMOVE_TAGGED, CLEAR, TOUCH -> {
                    if (refuses) {
                        throw new ReadOnlyException("it can only be read");
                    }
                }
                default -> {
                    // read on
                }
            }
        }
    }

    @Test
    void readOnly_refresh_oldValueDoesNotComeBack_andOthersAreFound() {
        ReadOnly readOnly = new ReadOnly();
        Cached1<Integer, String, RuntimeException> function =
                versioned(onChaos().intercept(readOnly));
        function.apply(1);
        function.apply(2);
        readOnly.refuses = true;
        version.set(1);
        assertThat(function.refresh(1)).isEqualTo("1 v1");
        version.set(2);
        runs.set(0);
        assertThat(function.apply(1)).as("computed each time").isEqualTo("1 v2");
        assertThat(function.apply(2)).as("a hit").isEqualTo("2 v0");
        assertThat(function.apply(1)).isEqualTo("1 v2");
        assertThat(runs.get()).isEqualTo(2);
        assertThat(function.size()).as("what is there").isEqualTo(2);
        assertThat(function.stats().engineFailures()).isZero();
        assertThat(function.stats().unstored()).containsOnlyKeys(Unstored.SWITCHED_OFF);
    }

    @Test
    void readOnly_afterAnOutage_nothingThrowsAndOthersAreFound() {
        ReadOnly readOnly = new ReadOnly();
        Cached1<Integer, String, RuntimeException> function =
                versioned(onChaos().breaker(2, ofSeconds(10)).fallback("heap").intercept(readOnly));
        function.apply(1);
        function.apply(2);
        readOnly.refuses = true;
        version.set(1);
        chaos.down(true);
        for (int call = 0; call < 5; call++) {
            assertThat(function.apply(1)).isEqualTo("1 v1");
        }
        recover();
        version.set(2);
        assertThat(function.apply(2)).as("nobody has seen another").isEqualTo("2 v0");
        assertThat(function.apply(1))
                .as("the stored one is older than what was seen")
                .isEqualTo("1 v2");
        assertThat(function.apply(1)).isEqualTo("1 v2");
        assertThat(function.apply(2)).isEqualTo("2 v0");
    }

    @Test
    void anything_thatTheFunctionThrows_passesAsItIs() {
        for (CacheBuilder builder : withAndWithoutATimeLimit()) {
            Cache<Integer, String> cache =
                    builder.types(Integer.class, String.class).build();
            for (Supplier<Throwable> surprise : surprises()) {
                Throwable its = surprise.get();
                assertThatThrownBy(() -> cache.get(1, key -> {
                            throw ChaoticContract.<RuntimeException>past(its);
                        }))
                        .isSameAs(its);
            }
            assertThat(cache.stats().engineFailures()).isZero();
        }
    }

    @Test
    void changes_engineDown_asked_leaveTombstones() {
        List<Consumer<Cache<Integer, String>>> changes = List.of(
                cache -> cache.put(1, "two"),
                cache -> assertThat(cache.remove(1)).isTrue(),
                cache -> assertThat(cache.remove(1, "one")).isFalse(),
                cache -> assertThat(cache.replace(1, "two")).isFalse(),
                cache -> assertThat(cache.replace(1, "one", "two")).isFalse(),
                Cache::clear);
        for (int i = 0; i < changes.size(); i++) {
            Cache<Integer, String> cache = onChaos()
                    .named("served" + i)
                    .onFailure(OnFailure.SERVE)
                    .types(Integer.class, String.class)
                    .build();
            cache.put(1, "one");
            chaos.down(true);
            Consumer<Cache<Integer, String>> change = changes.get(i);
            change.accept(cache);
            recover();
            assertThat(cache.getIfPresent(1)).as("change %s", i).isNull();
            assertThat(cache.size()).as("change %s", i).isZero();
            cache.put(1, "three");
            assertThat(cache.getIfPresent(1)).as("change %s, once is enough", i).isEqualTo("three");
        }
    }

    @Test
    void tags_engineDown_throwOrLeaveTombstones() {
        if (refuses(Trait.TAGS)) {
            return;
        }
        Cache<Integer, String> told =
                onChaos().tags().types(Integer.class, String.class).build();
        Cache<Integer, String> served = onChaos()
                .named("served")
                .tags()
                .onFailure(OnFailure.SERVE)
                .types(Integer.class, String.class)
                .build();
        List.of(told, served).forEach(cache -> {
            cache.put(1, "one", Keep.under("odd"));
            cache.put(2, "two", Keep.under("even"));
        });
        chaos.down(true);
        assertFails("REMOVE_TAGGED", () -> told.invalidateTag("odd"));
        served.invalidateTag("odd");
        recover();
        assertThat(told.getIfPresent(1)).isEqualTo("one");
        assertThat(served.getIfPresent(1)).isNull();
        assertThat(served.getIfPresent(2)).isEqualTo("two");
    }

    @Test
    void entries_withTombstones_passOverThem() {
        Cache<Integer, String> cache = onChaos()
                .onFailure(OnFailure.SERVE)
                .types(Integer.class, String.class)
                .build();
        IntStream.range(0, 10).forEach(i -> cache.put(i, "v" + i));
        chaos.down(true);
        cache.remove(3);
        recover();
        assertThat(cache.entries().map(Map.Entry::getKey)).hasSize(9).doesNotContain(3);
    }

    @Test
    void refresh_engineDown_oldValueDoesNotComeBack() {
        Cached1<Integer, String, RuntimeException> function = versioned(onChaos());
        assertThat(function.apply(1)).isEqualTo("1 v0");
        version.set(1);
        chaos.down(true);
        assertThat(function.refresh(1)).isEqualTo("1 v1");
        recover();
        assertThat(function.apply(1)).isEqualTo("1 v1");
    }

    @Test
    void transientFailures_triedAgain_notNoticed() {
        Cached1<Integer, String, RuntimeException> function =
                versioned(onChaos().retry(3, ofNanos(1), ofMinutes(1)));
        chaos.failNext(2);
        assertThat(function.apply(1)).isEqualTo("1 v0");
        chaos.failNext(2);
        assertThat(function.invalidate(1)).isTrue();
        assertThat(function.stats().retries()).isEqualTo(4);
        assertThat(function.stats().missCount(MissReason.ERROR)).isZero();
        chaos.failNext(3);
        assertFails("REMOVE", () -> function.invalidate(1));
        assertThat(function.stats().retries()).isEqualTo(6);
    }

    @Test
    void breaker_afterFailuresInARow_sparesTheEngineAndProbes() {
        Cached1<Integer, String, RuntimeException> function =
                versioned(onChaos().breaker(3, ofSeconds(10)));
        chaos.down(true);
        for (int i = 0; i < 10; i++) {
            function.apply(i);
        }
        assertThat(chaos.operations()).isEqualTo(3);
        ticker.advance(ofSeconds(10).minusNanos(1));
        function.apply(1);
        assertThat(chaos.operations()).as("not yet").isEqualTo(3);
        ticker.advance(1);
        function.apply(1);
        assertThat(chaos.operations()).as("one probe").isEqualTo(4);
        function.apply(1);
        assertThat(chaos.operations()).as("which failed").isEqualTo(4);
        assertThat(runs.get()).isEqualTo(13);
        chaos.down(false);
        ticker.advance(ofSeconds(10));
        function.apply(1);
        function.apply(1);
        assertThat(runs.get()).isEqualTo(14);
        assertThat(function.stats().hits()).isEqualTo(1);
    }

    @Test
    void breaker_failuresNotInARow_staysClosed() {
        Cached1<Integer, String, RuntimeException> function =
                versioned(onChaos().breaker(2, ofMinutes(1)));
        function.apply(1);
        for (int i = 0; i < 10; i++) {
            chaos.down(true);
            assertFails("REMOVE", () -> function.invalidate(2));
            chaos.down(false);
            function.apply(1);
        }
        assertThat(runs.get()).isEqualTo(1);
    }

    @Test
    void breaker_probeEndsInAnError_isProbedAgain() {
        AtomicBoolean dies = new AtomicBoolean();
        Cached1<Integer, String, RuntimeException> function =
                versioned(onChaos().breaker(1, ofSeconds(10)).intercept(new StoreInterceptor() {
                    @Override
                    public void before(StoreCall call) {
                        if (dies.get()) {
                            throw new StackOverflowError();
                        }
                    }
                }));
        dies.set(true);
        assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> function.apply(1));
        dies.set(false);
        assertThat(function.apply(1)).isEqualTo("1 v0");
        assertThat(function.stats().missCount(MissReason.ERROR))
                .as("an error of the JVM says nothing of the engine")
                .isZero();
        chaos.down(true);
        function.apply(2);
        recover();
        dies.set(true);
        assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> function.apply(2));
        dies.set(false);
        recover();
        assertThat(function.apply(1)).isEqualTo("1 v0");
        assertThat(runs.get()).as("1 and 2 were computed, and 1 is there").isEqualTo(2);
    }

    @Test
    void hangingEngine_costsACallOneTimeLimit() {
        Cached1<Integer, String, RuntimeException> function =
                versioned(onChaos().operationTimeout(LIMIT).breaker(PATIENT, ofMinutes(1)));
        assertThat(function.apply(1)).isEqualTo("1 v0");
        long before = chaos.operations();
        chaos.hangs(1);
        for (int i = 1; i <= 3; i++) {
            assertThat(function.apply(1)).isEqualTo("1 v0");
            assertThat(chaos.operations()).as("one attempt for each call").isEqualTo(before + i);
        }
        assertThat(chaos.hanging()).isEqualTo(3);
        assertThat(function.stats().missCount(MissReason.ERROR)).isEqualTo(3);
        assertFails("REMOVE", () -> function.invalidate(1));
        chaos.end();
        assertThat(function.apply(2)).isEqualTo("2 v0");
    }

    @Test
    void hangingEngine_manyKeys_costOneTimeLimit() {
        Cache<Integer, String> cache = onChaos()
                .operationTimeout(LIMIT)
                .breaker(PATIENT, ofMinutes(1))
                .onFailure(OnFailure.SERVE)
                .types(Integer.class, String.class)
                .build();
        Map<Integer, String> all = Map.of(1, "one", 2, "two", 3, "three");
        cache.putAll(all);
        List<Runnable> calls = List.of(
                () -> assertThat(cache.getAllPresent(all.keySet())).isEmpty(),
                () -> cache.putAll(Map.of(1, "a", 2, "b", 3, "c")),
                () -> assertThat(cache.getAll(all.keySet(), keys -> Map.of(1, "x", 2, "y", 3, "z")))
                        .hasSize(3));
        for (int i = 0; i < calls.size(); i++) {
            long before = chaos.operations();
            chaos.hangs(1);
            calls.get(i).run();
            assertThat(chaos.operations()).as("one attempt for call %s", i).isEqualTo(before + 1);
            chaos.end();
            Actor.until("what hung has ended", () -> chaos.hanging() == 0);
        }
        assertThat(cache.stats().unstored().get(Unstored.ENGINE_FAILED))
                .as("of putAll and getAll each three")
                .isEqualTo(6);
        cache.put(1, "after");
        assertThat(cache.getIfPresent(1)).as("the next call asks again").isEqualTo("after");
        assertThat(cache.getIfPresent(2)).as("tombstones of putAll").isNull();
    }

    /** Lets look-ups through, and holds removals for longer than they may take. */
    private final class Gate implements StoreInterceptor {
        private final CountDownLatch opened = new CountDownLatch(1);
        private final AtomicInteger came = new AtomicInteger();

        @Override
        public void before(StoreCall call) {
            if (call.operation() == Operation.REMOVE) {
                came.incrementAndGet();
                ticker.advance(LIMIT);
                Actor.await(opened);
            }
        }
    }

    @Test
    void hangingRemovals_manyKeysOfTheMapView_costOneTimeLimit() {
        List<List<Integer>> removed = List.of(List.of(1, 2, 3), List.of(4, 5, 6));
        for (int i = 0; i < removed.size(); i++) {
            Gate gate = new Gate();
            Cache<Integer, String> cache = onChaos()
                    .named("removals" + i)
                    .operationTimeout(LIMIT)
                    .breaker(PATIENT, ofMinutes(1))
                    .onFailure(OnFailure.SERVE)
                    .intercept(gate)
                    .types(Integer.class, String.class)
                    .build();
            cache.putAll(Map.of(1, "one", 2, "two", 3, "three"));
            List<Integer> keys = removed.get(i);
            try {
                assertThatExceptionOfType(EngineException.class)
                        .isThrownBy(() -> cache.asMap().keySet().removeAll(keys))
                        .withMessageContaining("ENTRY");
                assertThat(gate.came.get()).as("waits for %s", keys).isEqualTo(1);
            } finally {
                gate.opened.countDown();
            }
        }
    }

    @Test
    void hangingEngine_keyComparedByContent_costsOneTimeLimit() {
        Cache<int[], String> cache = onChaos()
                .operationTimeout(LIMIT)
                .breaker(PATIENT, ofMinutes(1))
                .types(int[].class, String.class)
                .build();
        cache.put(new int[] {1}, "one");
        long before = chaos.operations();
        chaos.hangs(1);
        assertThat(cache.getIfPresent(new int[] {1})).isNull();
        assertThat(chaos.operations()).as("looked up twice, waited for once").isEqualTo(before + 1);
        chaos.end();
        assertThat(cache.getIfPresent(new int[] {1})).isEqualTo("one");
    }

    @Test
    void hangingEngine_threadsAreBounded() {
        Cached1<Integer, String, RuntimeException> function =
                versioned(onChaos().operationTimeout(LIMIT).breaker(PATIENT, ofMinutes(1)));
        chaos.hangs(1);
        Actor<Integer> caller = Actor.start(() -> {
            for (int i = 0; i < 100; i++) {
                assertThat(function.apply(i)).isEqualTo(i + " v0");
            }
            return 100;
        });
        Actor.until("all calls have returned, also those whose operations never began", () -> {
            ticker.advance(LIMIT);
            return caller.isDone();
        });
        assertThat(caller.result()).isEqualTo(100);
        assertThat(chaos.hanging()).isBetween(1, 32);
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("twat-cache-engine-chaos-"))
                        .peek(thread -> assertThat(thread.isDaemon()).isTrue()))
                .hasSizeBetween(1, 32);
    }

    @Test
    void latePut_afterInvalidate_doesNotComeBack() {
        Cached1<Integer, String, RuntimeException> slow = broken.cache("slow")
                .engine(chaotic().name())
                .operationTimeout(LIMIT)
                .breaker(PATIENT, ofMinutes(1))
                .memoize((Integer n) -> {
                    String result = n + " v" + version;
                    chaos.hangs(1);
                    return result;
                });
        assertThat(slow.apply(1)).as("only its put hangs").isEqualTo("1 v0");
        chaos.hangs(0);
        version.set(1);
        slow.invalidate(1);
        chaos.release();
        Actor.until("the put has come through", () -> chaos.hanging() == 0);
        for (int i = 0; i < 10; i++) {
            assertThat(slow.apply(1)).isEqualTo("1 v1");
            chaos.end();
        }
    }

    @Test
    void close_whileTheEngineHangs_returns() {
        Cached1<Integer, String, RuntimeException> function =
                versioned(onChaos().operationTimeout(LIMIT).breaker(PATIENT, ofMinutes(1)));
        chaos.hangs(1);
        function.apply(1);
        broken.close();
        assertThat(chaos.hanging()).isEqualTo(1);
    }
}
