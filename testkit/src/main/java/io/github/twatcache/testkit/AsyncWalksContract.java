package io.github.twatcache.testkit;

import static io.github.twatcache.testkit.Face.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Entries for subscribers that do not wait: each once, as many as were asked for, and no more once somebody has cancelled. */
@Contract("4.5 walks of subscribers")
public abstract class AsyncWalksContract extends EngineContract {
    private static final int ENTRIES = 7;

    /** Makes a contract. */
    protected AsyncWalksContract() {}

    private Cache<Integer, String> filled() {
        Cache<Integer, String> cache =
                cache().types(Integer.class, String.class).build();
        cache.putAll(expected());
        return cache;
    }

    private static Map<Integer, String> expected() {
        return IntStream.range(0, ENTRIES).boxed().collect(Collectors.toMap(i -> i, i -> "v" + i));
    }

    private static Hearer<Map.Entry<Integer, String>> taking(Cache<Integer, String> cache) {
        Hearer<Map.Entry<Integer, String>> taker = new Hearer<>();
        cache.async().entries().subscribe(taker);
        return taker;
    }

    @Test
    void entries_asManyAsWereAskedFor_eachOnce_thenTheEnd() {
        Cache<Integer, String> cache = filled();
        Hearer<Map.Entry<Integer, String>> taker = taking(cache);
        assertThat(taker.got).as("nothing was asked for").isEmpty();
        taker.wants(2).awaits(2);
        taker.wants(3).awaits(5);
        assertThat(taker.over.getCount()).as("it is not over").isEqualTo(1);
        taker.wants(Long.MAX_VALUE);
        taker.awaitEnd();
        assertThat(taker.failure).isNull();
        assertThat(taker.got).containsExactlyInAnyOrderElementsOf(expected().entrySet());
    }

    /** A subscriber that asks for just so many as there are need not ask once more to hear that this was all. */
    @Test
    void entries_allThatThereAre_endIsToldUnasked() {
        Hearer<Map.Entry<Integer, String>> taker = taking(filled()).wants(ENTRIES);
        taker.awaitEnd();
        assertThat(taker.failure).isNull();
        assertThat(taker.got).hasSize(ENTRIES);
    }

    @Test
    void entries_askedForOneByOneFromWithin_allCome() {
        Hearer<Map.Entry<Integer, String>> taker = new Hearer<>() {
            @Override
            public void onNext(Map.Entry<Integer, String> entry) {
                super.onNext(entry);
                subscription().request(1);
            }
        };
        filled().async().entries().subscribe(taker);
        taker.wants(1);
        taker.awaitEnd();
        assertThat(taker.got).hasSize(ENTRIES);
    }

    @Test
    void entries_ofNothing_endAtOnce() {
        Cache<Integer, String> cache =
                cache().types(Integer.class, String.class).build();
        Hearer<Map.Entry<Integer, String>> taker = taking(cache).wants(1);
        taker.awaitEnd();
        assertThat(taker.failure).isNull();
        assertThat(taker.got).isEmpty();
    }

    @Test
    void entries_twoSubscribers_eachHasAWalkOfHisOwn() {
        Flow.Publisher<Map.Entry<Integer, String>> entries = filled().async().entries();
        Hearer<Map.Entry<Integer, String>> first = new Hearer<>();
        Hearer<Map.Entry<Integer, String>> second = new Hearer<>();
        entries.subscribe(first);
        first.wants(1).awaits(1);
        entries.subscribe(second);
        second.wants(ENTRIES);
        second.awaitEnd();
        first.wants(ENTRIES);
        first.awaitEnd();
        assertThat(first.got).hasSize(ENTRIES).containsExactlyInAnyOrderElementsOf(second.got);
    }

    @Test
    void entries_cancelled_noneComesAfterThat_andTheCacheGoesOn() {
        Cache<Integer, String> cache = filled();
        Hearer<Map.Entry<Integer, String>> taker = new Hearer<>() {
            @Override
            public void onNext(Map.Entry<Integer, String> entry) {
                super.onNext(entry);
                subscription().cancel();
            }
        };
        cache.async().entries().subscribe(taker);
        taker.wants(ENTRIES).awaits(1);
        taker.wants(ENTRIES);
        assertThat(result(cache.async().size())).isEqualTo(ENTRIES);
        assertThat(taker.got).hasSize(1);
        assertThat(taker.over.getCount()).as("is told of no end").isEqualTo(1);
        cache.put(ENTRIES, "one more");
        cache.clear();
        assertThat(cache.size()).isZero();
    }

    @Test
    void entries_subscriberThrows_isGivenNoMore() {
        Cache<Integer, String> cache = filled();
        CountDownLatch thrown = new CountDownLatch(1);
        Hearer<Map.Entry<Integer, String>> taker = new Hearer<>() {
            @Override
            public void onNext(Map.Entry<Integer, String> entry) {
                super.onNext(entry);
                thrown.countDown();
                throw new IllegalStateException("the subscriber's own");
            }
        };
        cache.async().entries().subscribe(taker);
        taker.wants(ENTRIES);
        Actor.await(thrown);
        taker.wants(ENTRIES);
        assertThat(result(cache.async().size())).isEqualTo(ENTRIES);
        assertThat(taker.got).hasSize(1);
        assertThat(taker.failure).isNull();
    }

    @Test
    void request_ofNothing_isRefusedAsTheStandardSays() {
        Hearer<Map.Entry<Integer, String>> taker = taking(filled()).wants(0);
        taker.awaitEnd();
        assertThat(taker.failure).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("3.9");
    }

    @Test
    void entries_cacheIsClosed_subscriberIsTold() {
        Cache<Integer, String> cache = filled();
        Flow.Publisher<Map.Entry<Integer, String>> entries = cache.async().entries();
        cache.close();
        Hearer<Map.Entry<Integer, String>> taker = new Hearer<>();
        entries.subscribe(taker);
        taker.wants(1);
        taker.awaitEnd();
        assertThat(taker.failure).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }

    @Test
    void entries_executorTakesNoMore_subscriberIsToldWhereItIsNeeded() {
        Tasks tasks = new Tasks();
        tasks.full(true);
        try (TwatCache instance = builder().executor(tasks).open()) {
            Cache<Integer, String> cache = cacheIn(instance, "walked")
                    .types(Integer.class, String.class)
                    .build();
            cache.put(1, "v1");
            Hearer<Map.Entry<Integer, String>> taker = taking(cache).wants(2);
            taker.awaitEnd();
            assertThat(taker.got.isEmpty())
                    .as("either it is told of the refusal, or nobody was asked to run anything")
                    .isEqualTo(taker.failure != null);
        }
    }

    @Test
    void subscribe_nobody_refused() {
        Flow.Publisher<Map.Entry<Integer, String>> entries = filled().async().entries();
        assertThatNullPointerException().isThrownBy(() -> entries.subscribe(nothing()));
    }
}
