package io.github.twatcache.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The same on both engines of the heap. Nothing here takes real time: where time passes it is a virtual scheduler's. */
@ParameterizedClass
@ValueSource(strings = {"heap", "caffeine"})
class MonoCacheTest {
    private final String engine;
    private final TwatCache twat = TwatCache.open();
    private final AtomicInteger runs = new AtomicInteger();

    MonoCacheTest(String engine) {
        this.engine = engine;
    }

    @AfterEach
    void close() {
        twat.close();
    }

    private CacheBuilder builder() {
        return twat.cache("values").engine(engine);
    }

    private static Cache<String, String> strings(CacheBuilder builder) {
        return builder.types(String.class, String.class).build();
    }

    private Mono<String> counted(String value) {
        return Mono.fromSupplier(() -> value + runs.incrementAndGet());
    }

    @Test
    void get_cold_computedByTheFirstSubscriber_replayed() {
        List<String> asked = new ArrayList<>();
        Mono<String> value = MonoCache.of(strings(builder())).get("k", key -> {
            asked.add(key);
            return counted("v");
        });
        assertThat(asked).isEmpty();
        StepVerifier.create(value).expectNext("v1").verifyComplete();
        StepVerifier.create(value).expectNext("v1").verifyComplete();
        assertThat(asked).containsExactly("k");
    }

    @Test
    void memoize_oneValueForEachArgument() {
        Function<String, Mono<String>> function =
                MonoCache.of(strings(builder())).memoize(key -> counted(key + "-"));
        StepVerifier.create(function.apply("a").concatWith(function.apply("b")).concatWith(function.apply("a")))
                .expectNext("a-1", "b-2", "a-1")
                .verifyComplete();
    }

    @Test
    void calls_memoizedFunctionOfFutures_isCold() {
        AtomicInteger ran = runs;
        Function<String, Mono<String>> function = MonoCache.calls(builder()
                .memoizeAsync((String key) ->
                        Mono.fromSupplier(() -> key + ran.incrementAndGet()).toFuture()));
        Mono<String> value = function.apply("a");
        assertThat(ran).hasValue(0);
        StepVerifier.create(value.concatWith(value)).expectNext("a1", "a1").verifyComplete();
    }

    @Test
    void empty_isNull_storedAndReplayed() {
        Cache<String, String> cache = strings(builder());
        Mono<String> value = MonoCache.of(cache).get("k", key -> {
            runs.incrementAndGet();
            return Mono.empty();
        });
        StepVerifier.create(value).verifyComplete();
        StepVerifier.create(value).verifyComplete();
        assertThat(runs).hasValue(1);
        assertThat(cache.peek("k").present()).isTrue();
        assertThat(cache.peek("k").value()).isNull();
    }

    @Test
    void empty_notToBeStored_computedEachTime() {
        MonoCache<String, String> cache = MonoCache.of(builder()
                .types(String.class, String.class)
                .storeIf((key, value) -> value != null)
                .build());
        Mono<String> value = cache.get("k", key -> {
            runs.incrementAndGet();
            return Mono.empty();
        });
        StepVerifier.create(value).verifyComplete();
        StepVerifier.create(value).verifyComplete();
        assertThat(runs).hasValue(2);
    }

    @Test
    void error_isTheSourcesOwn_andNotStored() {
        IOException down = new IOException("down");
        MonoCache<String, String> cache = MonoCache.of(strings(builder()));
        StepVerifier.create(cache.get("k", key -> Mono.error(down)))
                .verifyErrorSatisfies(thrown -> assertThat(thrown).isSameAs(down));
        StepVerifier.create(cache.get("k", key -> {
                    throw down;
                }))
                .verifyErrorSatisfies(thrown -> assertThat(thrown).isSameAs(down));
        StepVerifier.create(cache.get("k", key -> counted("v")))
                .expectNext("v1")
                .verifyComplete();
    }

    @Test
    void sourceReturnsNull_isToldSo() {
        StepVerifier.create(MonoCache.of(strings(builder())).get("k", key -> null))
                .verifyErrorSatisfies(thrown -> assertThat(thrown)
                        .isInstanceOf(NullPointerException.class)
                        .hasMessageContaining("Mono.empty()"));
    }

    @Test
    void subscribers_atTheSameTime_shareOneLoad_oneMayCancel() {
        TestPublisher<String> source = TestPublisher.create();
        MonoCache<String, String> cache = MonoCache.of(strings(builder()));
        Mono<String> value = cache.get("k", key -> {
            runs.incrementAndGet();
            return source.mono();
        });
        List<String> seen = new ArrayList<>();
        Disposable first = value.subscribe(seen::add);
        Disposable second = value.subscribe(seen::add);
        first.dispose();
        source.assertNotCancelled();
        source.emit("v");
        assertThat(seen).containsExactly("v");
        assertThat(second.isDisposed()).isTrue();
        assertThat(runs).hasValue(1);
        StepVerifier.create(cache.getIfPresent("k")).expectNext("v").verifyComplete();
    }

    @Test
    void lastSubscriberCancels_sourceIsCancelled_nothingIsStored() {
        TestPublisher<String> source = TestPublisher.create();
        Cache<String, String> cache = strings(builder());
        Mono<String> value = MonoCache.of(cache).get("k", key -> source.mono());
        Disposable first = value.subscribe();
        Disposable second = value.subscribe();
        first.dispose();
        second.dispose();
        source.assertCancelled();
        assertThat(cache.contains("k")).isFalse();
    }

    @Test
    void cancelAbandonedOff_loadGoesOnAndIsStored() {
        TestPublisher<String> source = TestPublisher.create();
        Cache<String, String> cache = strings(builder().cancelAbandoned(false));
        MonoCache.of(cache).get("k", key -> source.mono()).subscribe().dispose();
        source.assertNotCancelled();
        source.emit("v");
        assertThat(cache.getIfPresent("k")).isEqualTo("v");
    }

    @Test
    void context_ofTheSubscriberThatBegins_reachesTheSource() {
        Mono<String> value = MonoCache.of(strings(builder()))
                .get("k", key -> Mono.deferContextual(context -> Mono.just(context.<String>get("tenant"))));
        StepVerifier.create(value.contextWrite(context -> context.put("tenant", "blue")))
                .expectNext("blue")
                .verifyComplete();
        StepVerifier.create(value.contextWrite(context -> context.put("tenant", "red")))
                .expectNext("blue")
                .verifyComplete();
    }

    @Test
    void callersThatWait_andThatSubscribe_shareEntries() throws Exception {
        Cache<String, String> cache = strings(builder());
        MonoCache<String, String> monos = MonoCache.of(cache);
        assertThat(cache.get("k", key -> "waited")).isEqualTo("waited");
        StepVerifier.create(monos.get("k", key -> Mono.just("other")))
                .expectNext("waited")
                .verifyComplete();
        StepVerifier.create(monos.refresh("k", key -> Mono.just("new")))
                .expectNext("new")
                .verifyComplete();
        StepVerifier.create(monos.put("k", "put").then(monos.getIfPresent("k")))
                .expectNext("put")
                .verifyComplete();
        StepVerifier.create(monos.remove("k").concatWith(monos.remove("k")))
                .expectNext(true, false)
                .verifyComplete();
        StepVerifier.create(monos.getIfPresent("k")).verifyComplete();
    }

    @Test
    void lifetime_byAVirtualClock_endsAndIsComputedAnew() {
        VirtualTimeScheduler clock = VirtualTimeScheduler.create();
        try (TwatCache virtual = TwatCache.builder()
                .ticker(() -> clock.now(TimeUnit.NANOSECONDS))
                .open()) {
            Mono<String> value = MonoCache.of(
                            strings(virtual.cache("values").engine(engine).expireAfterWrite(Duration.ofMinutes(1))))
                    .get("k", key -> counted("v").delayElement(Duration.ofSeconds(5), clock));
            StepVerifier.create(value)
                    .then(() -> clock.advanceTimeBy(Duration.ofSeconds(5)))
                    .expectNext("v1")
                    .verifyComplete();
            clock.advanceTimeBy(Duration.ofSeconds(59));
            StepVerifier.create(value).expectNext("v1").verifyComplete();
            clock.advanceTimeBy(Duration.ofSeconds(1));
            StepVerifier.create(value)
                    .then(() -> clock.advanceTimeBy(Duration.ofSeconds(5)))
                    .expectNext("v2")
                    .verifyComplete();
        } finally {
            clock.dispose();
        }
    }
}
