package io.github.twatcache.testkit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Cached1;
import io.github.twatcache.Keep;
import io.github.twatcache.Lookup;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.OnFailure;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.StoreCall;
import io.github.twatcache.spi.StoreCall.Operation;
import io.github.twatcache.spi.StoreInterceptor;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.CacheStats;
import io.github.twatcache.stats.MissReason;
import io.github.twatcache.stats.Unstored;
import io.github.twatcache.wrap.CacheInvalidate;
import java.io.IOError;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An engine that fails while it runs: what is computed is returned, what is changed is never changed back. */
@Contract("3 failure while running")
public abstract class FailureContract extends EngineContract {
    private static final int PATIENT = 1_000_000;

    /** By the test's clock, which only what hangs moves: by a minute. */
    private static final Duration LIMIT = ofMillis(200);

    private final Chaos chaos = new Chaos(Seed.value());
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger version = new AtomicInteger();
    private TwatCache broken;

    /** Makes a contract. */
    @SuppressWarnings("NullAway.Init") // set before each test
    protected FailureContract() {}

    @BeforeEach
    final void open() {
        chaos.whenHanging(() -> ticker.advance(ofMinutes(1)));
        broken = builder(chaotic()).open();
    }

    @AfterEach
    final void end() {
        chaos.end();
        broken.close();
    }

    private Engine chaotic() {
        return ChaosEngine.around(reliable(), chaos);
    }

    private Engine reliable() {
        return engine() instanceof ChaosEngine other ? other.inner() : engine();
    }

    private CacheBuilder onChaos() {
        return broken.cache("chaos").engine(chaotic().name()).statistics();
    }

    /** A cache of a function that returns a number and the version at the time. */
    private Cached1<Integer, String, RuntimeException> versioned(CacheBuilder builder) {
        return builder.memoize((Integer n) -> {
            runs.incrementAndGet();
            return n + " v" + version;
        });
    }

    private static void assertFails(String operation, Runnable change) {
        assertThatExceptionOfType(EngineException.class)
                .as(operation)
                .isThrownBy(change::run)
                .withMessageContaining("cache 'chaos'")
                .withMessageContaining(operation);
    }

    /** Lets the engine answer again, and the breaker probe it. */
    private void recover() {
        chaos.end();
        ticker.advance(ofMinutes(1));
    }

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

    @Test
    void missingClass_ofAnInterceptor_beforeIsAFailure_afterIsNone() {
        AtomicBoolean before = new AtomicBoolean();
        AtomicBoolean after = new AtomicBoolean();
        List<String> told = new CopyOnWriteArrayList<>();
        StoreInterceptor outer = new StoreInterceptor() {
            @Override
            public void after(StoreCall call, @Nullable RuntimeException failure) {
                told.add(failure == null ? "done" : String.valueOf(failure.getCause()));
            }
        };
        StoreInterceptor inner = new StoreInterceptor() {
            @Override
            public void before(StoreCall call) {
                if (before.get()) {
                    throw new NoClassDefFoundError("com/example/Tracer");
                }
            }

            @Override
            public void after(StoreCall call, @Nullable RuntimeException failure) {
                if (after.get()) {
                    throw new NoClassDefFoundError("com/example/Tracer");
                }
            }
        };
        Cache<Integer, String> cache = onChaos()
                .breaker(PATIENT, ofMinutes(1))
                .intercept(outer, inner)
                .types(Integer.class, String.class)
                .build();
        cache.put(1, "one");
        after.set(true);
        assertThat(cache.get(1, key -> "computed"))
                .as("the engine has answered")
                .isEqualTo("one");
        cache.put(2, "two");
        assertThat(cache.getIfPresent(2)).as("and taken the change").isEqualTo("two");
        assertThat(cache.stats().engineFailures()).isZero();
        assertThat(told).containsOnly("done");
        after.set(false);
        before.set(true);
        told.clear();
        assertThat(cache.getIfPresent(1)).as("as though the engine had failed").isNull();
        assertThat(cache.get(3, key -> "computed")).isEqualTo("computed");
        assertThat(cache.stats().engineFailures()).isEqualTo(told.size()).isPositive();
        assertThat(told).containsOnly("java.lang.NoClassDefFoundError: com/example/Tracer");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> cache.remove(1))
                .withCauseInstanceOf(NoClassDefFoundError.class);
        before.set(false);
        assertThat(cache.getIfPresent(1)).isEqualTo("one");
    }

    @Test
    void missingClass_ofAListenerOrARule_isNoFailureOfTheEngine() {
        if (!claims(Trait.REMOVALS)) {
            return;
        }
        Cache<Integer, String> cache = onChaos()
                .breaker(1, ofMinutes(1))
                .types(Integer.class, String.class)
                .onRemoval((key, value, cause) -> {
                    throw new NoClassDefFoundError("com/example/Audit");
                })
                .build();
        cache.put(1, "one");
        cache.put(1, "two");
        assertThat(cache.getIfPresent(1)).isEqualTo("two");
        assertThat(cache.remove(1)).isTrue();
        assertThat(cache.get(1, key -> "three")).isEqualTo("three");
        cache.clear();
        assertThat(cache.stats().engineFailures()).isZero();
        Cached1<Integer, Integer, RuntimeException> ruled = onChaos()
                .named("ruled")
                .breaker(1, ofMinutes(1))
                .memoize(
                        (Integer n) -> n,
                        options -> options.storeIf((n, result) -> {
                            throw new NoClassDefFoundError("com/example/Rule");
                        }));
        assertThat(ruled.apply(1))
                .as("computed and returned, whatever the rule does")
                .isEqualTo(1);
        assertThat(ruled.stats().unstored()).isEqualTo(Map.of(Unstored.FUNCTION_FAILED, 1L));
        assertThat(ruled.stats().engineFailures()).isZero();
    }

    /** What an engine may throw beside what the compiler knows of: each is its failure. */
    private static List<Supplier<Throwable>> surprises() {
        return List.of(
                () -> new AssertionError("of the engine's"),
                () -> new IOError(new IOException("disk")),
                () -> new ServiceConfigurationError("driver"),
                () -> new IOException("thrown past the compiler"),
                () -> new TimeoutException("thrown past the compiler"),
                () -> new NoClassDefFoundError("com/example/Driver"));
    }

    /** An interceptor that throws at every operation but the closing while it is told to. */
    private static final class Trouble implements StoreInterceptor {
        private volatile @Nullable Supplier<Throwable> thrown;

        @Override
        public void before(StoreCall call) {
            Supplier<Throwable> now = thrown;
            if (now != null && call.operation() != Operation.CLOSE) {
                throw FailureContract.<RuntimeException>past(now.get());
            }
        }
    }

    @SuppressWarnings("unchecked") // never executed: X is erased
    private static <X extends Throwable> RuntimeException past(Throwable thrown) throws X {
        throw (X) thrown;
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
    void anything_thatTheFunctionThrows_passesAsItIs() {
        for (CacheBuilder builder : withAndWithoutATimeLimit()) {
            Cache<Integer, String> cache =
                    builder.types(Integer.class, String.class).build();
            for (Supplier<Throwable> surprise : surprises()) {
                Throwable its = surprise.get();
                assertThatThrownBy(() -> cache.get(1, key -> {
                            throw FailureContract.<RuntimeException>past(its);
                        }))
                        .isSameAs(its);
            }
            assertThat(cache.stats().engineFailures()).isZero();
        }
    }

    @Test
    void anything_thatOneCacheThrows_reachesAllOthers() {
        for (Supplier<Throwable> surprise : surprises()) {
            List<Cache<Integer, String>> all = List.of(
                    onChaos().named("a").types(Integer.class, String.class).build(),
                    troubled("b", Operation.CLEAR, surprise),
                    troubled("c", Operation.CLOSE, surprise),
                    onChaos().named("d").types(Integer.class, String.class).build());
            all.forEach(cache -> cache.put(1, "one"));
            assertThatExceptionOfType(EngineException.class)
                    .as("%s", surprise.get())
                    .isThrownBy(broken::clear)
                    .withMessageContaining("cache 'b'");
            assertThat(all.stream().map(cache -> cache.getIfPresent(1))).containsExactly(null, "one", null, null);
            assertThatExceptionOfType(EngineException.class)
                    .as("%s", surprise.get())
                    .isThrownBy(broken::close)
                    .withMessageContaining("cache 'c'");
            assertThat(chaos.stores()).isZero();
            broken = builder(chaotic()).open();
        }
    }

    @Test
    void rules_thatThrowAnything_leaveTheValueUnstored() {
        List<Supplier<Throwable>> all = surprises();
        Cached1<Integer, Integer, RuntimeException> ruled = onChaos()
                .memoize(
                        (Integer n) -> n,
                        options -> options.storeIf((n, result) -> {
                            throw FailureContract.<RuntimeException>past(
                                    all.get(n).get());
                        }));
        for (int i = 0; i < all.size(); i++) {
            assertThat(ruled.apply(i)).isEqualTo(i);
        }
        assertThat(ruled.stats().unstored()).isEqualTo(Map.of(Unstored.FUNCTION_FAILED, (long) all.size()));
        assertThat(ruled.stats().engineFailures()).isZero();
    }

    /** An interceptor that throws at one operation of one cache. */
    private static StoreInterceptor at(Operation operation, Supplier<Throwable> trouble) {
        return new StoreInterceptor() {
            @Override
            public void before(StoreCall call) {
                if (call.operation() == operation) {
                    Throwable thrown = trouble.get();
                    throw FailureContract.<RuntimeException>past(thrown);
                }
            }
        };
    }

    private Cache<Integer, String> troubled(String name, Operation operation, Supplier<Throwable> trouble) {
        return onChaos()
                .named(name)
                .intercept(at(operation, trouble))
                .types(Integer.class, String.class)
                .build();
    }

    @Test
    void clear_ofTheInstance_whereSomeFail_clearsAllOthers() {
        Cache<Integer, String> a = troubled("a", Operation.CLEAR, () -> new EngineException("a is gone"));
        Cache<Integer, String> b = troubled("b", Operation.SIZE, () -> new EngineException("never"));
        Cache<Integer, String> c = troubled("c", Operation.CLEAR, () -> new NoClassDefFoundError("c"));
        Cache<Integer, String> d =
                onChaos().named("d").types(Integer.class, String.class).build();
        List<Cache<Integer, String>> all = List.of(a, b, c, d);
        all.forEach(cache -> cache.put(1, "one"));
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(broken::clear)
                .withMessageContaining("cache 'a'")
                .satisfies(thrown -> assertThat(thrown.getSuppressed())
                        .singleElement()
                        .isInstanceOfSatisfying(
                                EngineException.class,
                                other -> assertThat(other).hasMessageContaining("cache 'c'")));
        assertThat(all.stream().map(cache -> cache.getIfPresent(1))).containsExactly("one", null, "one", null);
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> broken.clear("c"))
                .withMessageContaining("cache 'c'");
    }

    /** Forgets in every cache that has tags. */
    public interface Forgetful {
        /** Changes something that results depend on. */
        @CacheInvalidate(tags = "t")
        void forget();
    }

    @Test
    void invalidation_byAnnotation_whereOneFails_reachesAllOthers() {
        if (refuses(Trait.TAGS)) {
            return;
        }
        List<Cache<Integer, String>> all = Stream.of("a", "b", "c")
                .map(name -> onChaos()
                        .named(name)
                        .tags()
                        .intercept(at(
                                name.equals("b") ? Operation.SIZE : Operation.REMOVE_TAGGED,
                                () -> new EngineException("no")))
                        .types(Integer.class, String.class)
                        .build())
                .toList();
        all.forEach(cache -> cache.put(1, "one", Keep.under("t")));
        Forgetful wrapped = broken.wrap(Forgetful.class, () -> {});
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(wrapped::forget)
                .withMessageContaining("cache 'a'")
                .satisfies(thrown -> assertThat(thrown.getSuppressed())
                        .singleElement()
                        .asString()
                        .contains("cache 'c'"));
        assertThat(all.stream().map(cache -> cache.getIfPresent(1))).containsExactly("one", null, "one");
    }

    @Test
    void close_interceptorThrows_reachesTheStoreAllTheSame() {
        List<Supplier<Throwable>> troubles = List.of(
                () -> new IllegalStateException("no"),
                () -> new NoClassDefFoundError("com/example/Tracer"),
                StackOverflowError::new);
        for (Supplier<Throwable> trouble : troubles) {
            Cache<Integer, String> cache = troubled("closing", Operation.CLOSE, trouble);
            cache.put(1, "one");
            assertThat(chaos.stores()).isEqualTo(1);
            Class<?> told =
                    trouble.get() instanceof StackOverflowError ? StackOverflowError.class : EngineException.class;
            assertThatThrownBy(cache::close).isInstanceOf(told);
            assertThat(chaos.stores()).isZero();
            assertThat(broken.caches()).isEmpty();
            cache.close();
            assertThatIllegalStateException().isThrownBy(() -> cache.put(1, "two"));
        }
    }

    @Test
    void close_ofTheInstance_whereSomeFail_closesAllOthers() {
        List<Cache<Integer, String>> all = List.of(
                troubled("a", Operation.CLOSE, () -> new NoClassDefFoundError("a")),
                onChaos().named("b").types(Integer.class, String.class).build(),
                troubled("c", Operation.CLOSE, () -> new IllegalStateException("c")),
                onChaos().named("d").types(Integer.class, String.class).build());
        assertThat(chaos.stores()).isEqualTo(4);
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(broken::close)
                .withMessageContaining("cache 'c'")
                .satisfies(thrown -> assertThat(thrown.getSuppressed())
                        .singleElement()
                        .isInstanceOfSatisfying(
                                EngineException.class,
                                other -> assertThat(other).hasMessageContaining("cache 'a'")));
        assertThat(chaos.stores()).isZero();
        all.forEach(cache -> assertThatIllegalStateException().isThrownBy(() -> cache.getIfPresent(1)));
    }

    @Test
    void close_ofTheInstance_whereOneEndsInAnError_closesAllOthers() {
        onChaos().named("a").types(Integer.class, String.class).build();
        troubled("b", Operation.CLOSE, StackOverflowError::new);
        troubled("c", Operation.CLOSE, () -> new IllegalStateException("c"));
        assertThatThrownBy(broken::close)
                .isInstanceOf(StackOverflowError.class)
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1));
        assertThat(chaos.stores()).isZero();
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

    @Test
    void close_thatHangs_costsATimeLimitForEachCache() {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger closing = new AtomicInteger();
        StoreInterceptor hangs = new StoreInterceptor() {
            @Override
            public void before(StoreCall call) {
                if (call.operation() == Operation.CLOSE) {
                    closing.incrementAndGet();
                    ticker.advance(LIMIT);
                    Actor.await(gate);
                }
            }
        };
        List<Cache<Integer, String>> all = Stream.of("a", "b")
                .map(name -> onChaos()
                        .named(name)
                        .operationTimeout(LIMIT)
                        .intercept(hangs)
                        .types(Integer.class, String.class)
                        .build())
                .toList();
        all.forEach(cache -> cache.put(1, "one"));
        long start = ticker.read();
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(broken::close)
                .withMessageContaining("cache 'b'")
                .havingCause()
                .withMessageContaining("CLOSE")
                .withMessageContaining("within 200ms (operation-timeout)");
        assertThat(ticker.read() - start).as("one limit for each").isEqualTo(2 * LIMIT.toNanos());
        assertThat(closing.get()).isEqualTo(2);
        all.forEach(cache -> assertThatIllegalStateException().isThrownBy(() -> cache.getIfPresent(1)));
        gate.countDown();
        Actor.until("the engine has closed after all", () -> chaos.stores() == 0);
    }

    @Test
    void interceptors_beforeAndAfterEachOperation() {
        List<String> heard = new CopyOnWriteArrayList<>();
        AtomicBoolean refuses = new AtomicBoolean();
        StoreInterceptor inner = new StoreInterceptor() {
            @Override
            public void before(StoreCall call) {
                heard.add("before " + call.operation() + " of " + call.key());
                if (refuses.get()) {
                    throw new IllegalStateException("refused");
                }
            }

            @Override
            public void after(StoreCall call, @Nullable RuntimeException failure) {
                heard.add("after " + call.operation() + (failure == null ? "" : ", failed"));
                throw new IllegalStateException("goes no further");
            }
        };
        StoreInterceptor outer = new StoreInterceptor() {
            @Override
            public void after(StoreCall call, @Nullable RuntimeException failure) {
                heard.add("outer " + call);
            }
        };
        Cache<String, String> cache = broken.cache("heard")
                .engine(chaotic().name())
                .intercept(outer, inner)
                .types(String.class, String.class)
                .build();
        cache.put("k", "v");
        assertThat(heard).containsExactly("before PUT of k", "after PUT", "outer PUT in cache 'heard'");
        heard.clear();
        assertThat(cache.getIfPresent("k")).isEqualTo("v");
        assertThat(heard).containsExactly("before GET of k", "after GET", "outer GET in cache 'heard'");
        heard.clear();
        refuses.set(true);
        assertThat(cache.getIfPresent("k"))
                .as("as though the engine had failed")
                .isNull();
        assertThat(heard).containsExactly("before GET of k", "outer GET in cache 'heard'");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> cache.remove("k"))
                .withMessageContaining("java.lang.IllegalStateException")
                .withMessageNotContaining("refused");
        refuses.set(false);
        assertThat(cache.getIfPresent("k")).isEqualTo("v");
    }

    /** Hears of each operation on a key, and refuses those that it is told to. */
    private static final class Guarding implements StoreInterceptor {
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private volatile @Nullable Operation refused;
        private volatile @Nullable Object refusedKey;

        @Override
        public void before(StoreCall call) {
            Object key = refusedKey;
            if (call.operation() == refused && (key == null || key.equals(call.key()))) {
                throw new IllegalStateException("refused");
            }
        }

        @Override
        public void after(StoreCall call, @Nullable RuntimeException failure) {
            heard.add(call.operation() + " " + call.key() + (failure == null ? "" : " failed"));
        }

        List<String> heard() {
            List<String> all = heard.stream().distinct().sorted().toList();
            heard.clear();
            return all;
        }
    }

    @Test
    void interceptors_seeEachKey_howeverTheEngineDoesIt() {
        Guarding guarding = new Guarding();
        Cache<String, String> cache = onChaos()
                .breaker(PATIENT, ofMinutes(1))
                .intercept(guarding)
                .types(String.class, String.class)
                .build();
        assertThat(cache.get("a", key -> "computed")).isEqualTo("computed");
        assertThat(guarding.heard()).containsExactly("GET a", "PUT a");
        cache.putAll(Map.of("b", "1", "c", "2"));
        assertThat(guarding.heard()).containsExactly("PUT b", "PUT c");
        assertThat(cache.getAllPresent(List.of("a", "b", "d"))).isEqualTo(Map.of("a", "computed", "b", "1"));
        assertThat(guarding.heard()).containsExactly("GET a", "GET b", "GET d");
        assertThat(cache.getAll(List.of("c", "e", "f"), keys -> Map.of("e", "3", "f", "4")))
                .hasSize(3);
        assertThat(guarding.heard()).containsExactly("GET c", "GET e", "GET f", "PUT e", "PUT f");
    }

    @Test
    void interceptors_refuse_howeverTheEngineDoesIt() {
        Guarding guarding = new Guarding();
        Cache<String, String> cache = onChaos()
                .breaker(PATIENT, ofMinutes(1))
                .intercept(guarding)
                .types(String.class, String.class)
                .build();
        guarding.refused = Operation.PUT;
        assertThat(cache.get("a", key -> "computed")).isEqualTo("computed");
        assertThat(cache.getAll(List.of("b", "c"), keys -> Map.of("b", "1", "c", "2")))
                .hasSize(2);
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> cache.putAll(Map.of("d", "1", "e", "2")))
                .withMessageContaining("PUT");
        assertThat(cache.stats().unstored()).isEqualTo(Map.of(Unstored.ENGINE_FAILED, 3L));
        guarding.refused = null;
        assertThat(cache.size()).as("nothing was stored").isZero();
        cache.putAll(Map.of("a", "1", "b", "2"));
        guarding.refused = Operation.GET;
        guarding.refusedKey = "a";
        assertThat(cache.get("a", key -> "computed"))
                .as("another's value that is found with the lease is refused too")
                .isEqualTo("computed");
        assertThat(cache.getAllPresent(List.of("a", "b")))
                .as("the others are asked for one at a time")
                .isEqualTo(Map.of("b", "2"));
    }
}
