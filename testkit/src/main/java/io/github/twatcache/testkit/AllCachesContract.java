package io.github.twatcache.testkit;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.Cache;
import io.github.twatcache.Keep;
import io.github.twatcache.TwatCache;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.spi.StoreCall;
import io.github.twatcache.spi.StoreCall.Operation;
import io.github.twatcache.spi.StoreInterceptor;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.wrap.CacheInvalidate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is done to all caches at once, clearing and closing, reaches each of them whatever another throws. */
@Contract("3 all caches")
public abstract class AllCachesContract extends ChaoticContract {
    /** Makes a contract. */
    protected AllCachesContract() {}

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
    void close_thatHangs_costsItsTimeForEachCache() {
        Duration least = ofSeconds(10);
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger closing = new AtomicInteger();
        StoreInterceptor hangs = new StoreInterceptor() {
            @Override
            public void before(StoreCall call) {
                if (call.operation() == Operation.CLOSE) {
                    closing.incrementAndGet();
                    ticker.advance(least);
                    Actor.await(gate);
                }
            }
        };
        List<Cache<Integer, String>> all = Stream.of("a", "b")
                .map(name -> onChaos()
                        .named(name)
                        .operationTimeout(name.equals("a") ? LIMIT : least)
                        .intercept(hangs)
                        .types(Integer.class, String.class)
                        .build())
                .toList();
        all.forEach(cache -> cache.put(1, "one"));
        long start = ticker.read();
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(broken::close)
                .withMessageContaining("cache 'b'")
                .satisfies(thrown -> {
                    assertThat(thrown.getCause())
                            .hasMessageContaining("CLOSE")
                            .hasMessageContaining("within 10s (operation-timeout)");
                    assertThat(thrown.getSuppressed()[0].getCause())
                            .hasMessageContaining("within 10s, the least that closing is given (operation-timeout)");
                });
        assertThat(ticker.read() - start).as("once for each").isEqualTo(2 * least.toNanos());
        assertThat(closing.get()).isEqualTo(2);
        all.forEach(cache -> assertThatIllegalStateException().isThrownBy(() -> cache.getIfPresent(1)));
        gate.countDown();
        Actor.until("the engine has closed after all", () -> chaos.stores() == 0);
    }

    /** An engine in good order may need longer for its last operation than for a look-up. */
    @Test
    void close_slowerThanTheTimeLimit_isWaitedForAllTheSame() {
        AtomicInteger looks = new AtomicInteger();
        StoreInterceptor slow = new StoreInterceptor() {
            @Override
            public void before(StoreCall call) {
                if (call.operation() == Operation.CLOSE) {
                    ticker.advance(ofSeconds(9));
                    int seen = looks.get();
                    Actor.until("whoever closes has looked at the clock", () -> looks.get() > seen + 3);
                }
            }
        };
        try (TwatCache watched = builder(chaotic())
                .ticker(() -> {
                    looks.incrementAndGet();
                    return ticker.read();
                })
                .open()) {
            watched.cache("slow")
                    .engine(chaotic().name())
                    .operationTimeout(LIMIT)
                    .intercept(slow)
                    .types(Integer.class, String.class)
                    .build()
                    .put(1, "one");
        }
        assertThat(chaos.stores()).isZero();
    }
}
