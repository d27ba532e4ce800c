package io.github.twatcache.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.Cache;
import io.github.twatcache.Published1;
import io.github.twatcache.TwatCache;
import io.github.twatcache.error.ConfigurationException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** The same on both engines of the heap. */
@ParameterizedClass
@ValueSource(strings = {"heap", "caffeine"})
class FluxCacheTest {
    private final TwatCache twat = TwatCache.open();
    private final Cache<String, List<Integer>> lists;
    private final FluxCache<String, Integer> cache;
    private final AtomicInteger runs = new AtomicInteger();

    FluxCacheTest(String engine) {
        lists = twat.cache("lists").engine(engine).build();
        cache = FluxCache.of(lists);
    }

    @AfterEach
    void close() {
        twat.close();
    }

    private Flux<Integer> counted(int upTo) {
        return Flux.defer(() -> {
            runs.incrementAndGet();
            return Flux.range(1, upTo);
        });
    }

    @Test
    void get_cold_computedByTheFirstSubscriber_replayed() {
        Flux<Integer> numbers = cache.get("k", key -> counted(3));
        assertThat(runs).hasValue(0);
        StepVerifier.create(numbers).expectNext(1, 2, 3).verifyComplete();
        StepVerifier.create(numbers).expectNext(1, 2, 3).verifyComplete();
        assertThat(runs).hasValue(1);
        assertThat(lists.getIfPresent("k")).containsExactly(1, 2, 3);
    }

    @Test
    void calls_ofAMemoizedFunction_coldAndReplayed() {
        Published1<Integer, Integer> memoized = twat.cache("numbers")
                .engine(lists.explain().engine())
                .memoizePublisher((Integer upTo) -> JdkFlowAdapter.publisherToFlowPublisher(counted(upTo)));
        Flux<Integer> numbers = FluxCache.calls(memoized).apply(3);
        assertThat(runs).hasValue(0);
        StepVerifier.create(numbers).expectNext(1, 2, 3).verifyComplete();
        StepVerifier.create(numbers).expectNext(1, 2, 3).verifyComplete();
        assertThat(runs).hasValue(1);
        assertThat(memoized.isCached(3).join()).isTrue();
    }

    @Test
    void entries_asAFlux() {
        lists.put("a", List.of(1));
        lists.put("b", List.of(2));
        Flux<String> keys =
                JdkFlowAdapter.flowPublisherToFlux(lists.async().entries()).map(Map.Entry::getKey);
        StepVerifier.create(keys.sort()).expectNext("a", "b").verifyComplete();
        StepVerifier.create(keys.take(1)).expectNextCount(1).verifyComplete();
    }

    @Test
    void memoize_ofAFlux_refusedWithWhatToUse() {
        assertThatThrownBy(() -> twat.memory("recipes").memoize((Integer upTo) -> counted(upTo)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("twat-cache-reactor");
    }

    @Test
    void subscriber_asksForSome_sourceIsAskedForNoMore() {
        List<Long> requested = new ArrayList<>();
        Flux<Integer> numbers = cache.get("k", key -> counted(10).doOnRequest(requested::add));
        StepVerifier.create(numbers, 0)
                .expectSubscription()
                .then(() -> assertThat(requested).isEmpty())
                .thenRequest(2)
                .expectNext(1, 2)
                .then(() -> assertThat(requested).containsExactly(2L))
                .thenRequest(8)
                .expectNextCount(8)
                .verifyComplete();
        StepVerifier.create(numbers, 1)
                .expectNext(1)
                .thenRequest(9)
                .expectNextCount(9)
                .verifyComplete();
        assertThat(runs).hasValue(1);
    }

    @Test
    void subscribers_atTheSameTime_shareOneSubscription() {
        TestPublisher<Integer> source = TestPublisher.create();
        Flux<Integer> numbers = cache.get("k", key -> source);
        List<Integer> first = new ArrayList<>();
        List<Integer> second = new ArrayList<>();
        numbers.subscribe(first::add);
        source.next(1);
        Disposable leaves = numbers.subscribe(second::add);
        source.next(2);
        leaves.dispose();
        source.assertNotCancelled();
        source.next(3).complete();
        assertThat(first).containsExactly(1, 2, 3);
        assertThat(second).containsExactly(1, 2);
        assertThat(lists.getIfPresent("k")).containsExactly(1, 2, 3);
    }

    @Test
    void allCancel_sourceIsCancelled_nothingIsStored() {
        TestPublisher<Integer> source = TestPublisher.create();
        StepVerifier.create(cache.get("k", key -> source).take(1))
                .then(() -> source.next(1))
                .expectNext(1)
                .verifyComplete();
        source.assertCancelled();
        assertThat(lists.contains("k")).isFalse();
    }

    @Test
    void empty_isAnEmptyList_stored() {
        Flux<Integer> none = cache.get("k", key -> counted(0));
        StepVerifier.create(none).verifyComplete();
        StepVerifier.create(none).verifyComplete();
        assertThat(runs).hasValue(1);
        assertThat(lists.getIfPresent("k")).isEmpty();
    }

    @Test
    void error_isTheSourcesOwn_andNothingIsStored() {
        IOException down = new IOException("down");
        StepVerifier.create(cache.get("k", key -> counted(2).concatWith(Flux.error(down))))
                .expectNext(1, 2)
                .verifyErrorSatisfies(thrown -> assertThat(thrown).isSameAs(down));
        assertThat(lists.contains("k")).isFalse();
        StepVerifier.create(cache.get("k", key -> null))
                .verifyErrorSatisfies(thrown -> assertThat(thrown).hasMessageContaining("Flux.empty()"));
    }

    @Test
    void context_ofTheSubscriberThatBegins_reachesTheSource() {
        Flux<Integer> limited = cache.get("k", key -> Flux.deferContextual(context -> counted(context.get("limit"))));
        StepVerifier.create(limited.contextWrite(context -> context.put("limit", 2)))
                .expectNext(1, 2)
                .verifyComplete();
    }

    @Test
    void memoize_oneListForEachArgument() {
        Function<String, Flux<Integer>> function = cache.memoize(key -> counted(key.length()));
        StepVerifier.create(
                        function.apply("ab").concatWith(function.apply("ab")).concatWith(function.apply("a")))
                .expectNext(1, 2, 1, 2, 1)
                .verifyComplete();
        assertThat(runs).hasValue(2);
    }
}
