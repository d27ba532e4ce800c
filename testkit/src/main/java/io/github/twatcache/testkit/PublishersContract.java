package io.github.twatcache.testkit;

import static io.github.twatcache.testkit.Face.failure;
import static io.github.twatcache.testkit.Face.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Lookup;
import io.github.twatcache.Published1;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.testkit.FlowFace.Asked;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What publishers bring, element by element, at each subscriber's own pace. */
@Contract("4.5 publishers")
public abstract class PublishersContract extends EngineContract {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final LinkedBlockingQueue<Tap> taps = new LinkedBlockingQueue<>();
    private final AtomicInteger asked = new AtomicInteger();

    /** Makes a contract. */
    protected PublishersContract() {}

    /** One run of the source, which brings what the test tells it to. */
    private static final class Tap implements Flow.Subscription {
        final AtomicLong requested = new AtomicLong();
        final AtomicBoolean cancelled = new AtomicBoolean();
        final Flow.Subscriber<? super String> to;

        Tap(Flow.Subscriber<? super String> to) {
            this.to = to;
        }

        @Override
        public void request(long n) {
            requested.addAndGet(n);
        }

        @Override
        public void cancel() {
            cancelled.set(true);
        }

        Tap brings(String... elements) {
            for (String element : elements) {
                to.onNext(element);
            }
            return this;
        }

        void awaitRequested(long n) {
            Actor.until(n + " are wanted", () -> requested.get() == n);
        }
    }

    private Flow.Publisher<String> source(String key) {
        asked.incrementAndGet();
        return subscriber -> {
            Tap tap = new Tap(subscriber);
            subscriber.onSubscribe(tap);
            taps.add(tap);
        };
    }

    /** The next run of the source, in the order in which they begin; waits for it. */
    private Tap next() {
        try {
            Tap tap = taps.poll(Actor.PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
            if (tap == null) {
                throw new AssertionError("nobody subscribed to the source within " + Actor.PATIENCE);
            }
            return tap;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the test was interrupted", e);
        }
    }

    private Asked asked(FlowFace face, CacheBuilder builder) {
        return face.on(builder, this::source);
    }

    private static Hearer<String> subscribed(Asked cache) {
        return subscribed(cache.ask("k"));
    }

    private static Hearer<String> subscribed(Flow.Publisher<String> publisher) {
        Hearer<String> sink = new Hearer<>();
        publisher.subscribe(sink);
        return sink;
    }

    /** Subscribes while a load runs, and waits until it has joined. */
    private static Hearer<String> joined(Asked cache) {
        long before = cache.stats().waits();
        Hearer<String> sink = subscribed(cache);
        Actor.until("it has joined", () -> cache.stats().waits() > before);
        return sink;
    }

    private static void awaitHeld(Asked cache, String... elements) {
        Actor.until(
                "the list is stored", () -> cache.peek("k").orElse(List.of()).equals(List.of(elements)));
    }

    // misses and hits

    @ParameterizedTest
    @EnumSource(FlowFace.class)
    void miss_bringsElementsAsTheyCome_andHitReplaysThemAsTheyAreWanted(FlowFace face) {
        Asked cache = asked(face, cache());
        Flow.Publisher<String> publisher = cache.ask("k");
        assertThat(asked).as("nothing before somebody subscribes").hasValue(0);
        Hearer<String> first = subscribed(publisher).wants(2);
        Tap tap = next();
        tap.awaitRequested(2);
        tap.brings("a", "b");
        Actor.until("both have come", () -> first.got.size() == 2);
        first.wants(5);
        assertThat(tap.requested).hasValue(7);
        tap.brings("c").to.onComplete();
        first.awaitEnd();
        assertThat(first.got).containsExactly("a", "b", "c");
        awaitHeld(cache, "a", "b", "c");

        Hearer<String> second = subscribed(publisher).wants(1);
        Actor.until("one has come", () -> second.got.size() == 1);
        assertThat(second.got).containsExactly("a");
        second.wants(Long.MAX_VALUE).awaitEnd();
        assertThat(second.got).containsExactly("a", "b", "c");
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource(FlowFace.class)
    void joiner_getsAllFromTheFirstOn_sourceIsAskedForWhatTheGreediestWants(FlowFace face) {
        Asked cache = asked(face, cache());
        Hearer<String> first = subscribed(cache).wants(1);
        Tap tap = next().brings("a");
        Hearer<String> second = subscribed(cache).wants(3);
        tap.awaitRequested(3);
        tap.brings("b", "c");
        Actor.until("the second has all", () -> second.got.size() == 3);
        assertThat(first.got).as("no more than it asked for").containsExactly("a");
        tap.to.onComplete();
        second.awaitEnd();
        first.wants(9).awaitEnd();
        assertThat(first.got).containsExactly("a", "b", "c");
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource(FlowFace.class)
    void emptyPublisher_isAnEmptyListAndStored(FlowFace face) {
        Asked cache = asked(face, cache());
        Hearer<String> first = subscribed(cache);
        next().to.onComplete();
        assertThat(first.awaitEnd().got).isEmpty();
        awaitHeld(cache);
        assertThat(cache.holds("k")).isTrue();
        assertThat(subscribed(cache).awaitEnd().failure).isNull();
        assertThat(asked).hasValue(1);
    }

    /** Who asks after the removal must not read along with what was begun before it. */
    @ParameterizedTest
    @EnumSource(FlowFace.class)
    void subscriberAfterARemoval_readsItsOwnRun_notTheOneThatWasBegunBefore(FlowFace face) {
        Asked cache = asked(face, cache());
        Hearer<String> first = subscribed(cache).wants(9);
        Tap stale = next().brings("old");
        cache.remove("k");
        Hearer<String> second = subscribed(cache).wants(9);
        Tap fresh = next().brings("new");
        stale.to.onComplete();
        fresh.to.onComplete();
        assertThat(first.awaitEnd().got).containsExactly("old");
        assertThat(second.awaitEnd().got).containsExactly("new");
        awaitHeld(cache, "new");
    }

    // failures

    @ParameterizedTest
    @EnumSource(FlowFace.class)
    void failure_reachesAllAndStoresNothing_nextSubscriberBeginsAnew(FlowFace face) {
        Asked cache = asked(face, cache());
        Hearer<String> first = subscribed(cache).wants(5);
        Tap tap = next().brings("a");
        Hearer<String> second = joined(cache).wants(5);
        IOException failure = new IOException("down");
        tap.to.onError(failure);
        assertThat(first.awaitEnd().failure).isSameAs(failure);
        assertThat(second.awaitEnd().failure).isSameAs(failure);
        assertThat(first.got).containsExactly("a");
        assertThat(cache.holds("k")).isFalse();
        Hearer<String> third = subscribed(cache).wants(5);
        next().brings("b").to.onComplete();
        assertThat(third.awaitEnd().got).containsExactly("b");
        assertThat(third.failure).isNull();
    }

    @ParameterizedTest
    @EnumSource(FlowFace.class)
    void source_thatThrowsOrReturnsNull_isAFailure(FlowFace face) {
        IOException failure = new IOException("down");
        Asked throwing = face.on(cache("throwing"), key -> {
            throw failure;
        });
        assertThat(subscribed(throwing).awaitEnd().failure).isSameAs(failure);
        Asked empty = face.on(cache("empty"), key -> nothing());
        assertThat(subscribed(empty).awaitEnd().failure)
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("'empty'")
                .hasMessageContaining("null in the place of a publisher");
        assertThat(empty.holds("k")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(FlowFace.class)
    void source_thatBringsNull_isAFailureAndCancelled(FlowFace face) {
        Asked cache = asked(face, cache());
        Hearer<String> sink = subscribed(cache).wants(5);
        Tap tap = next();
        assertThatThrownBy(() -> tap.to.onNext(nothing()))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("2.13");
        assertThat(sink.awaitEnd().failure).isInstanceOf(NullPointerException.class);
        assertThat(tap.cancelled).isTrue();
        assertThat(cache.holds("k")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(FlowFace.class)
    void request_ofNothing_isRefusedAsTheStandardSays(FlowFace face) {
        Hearer<String> sink = subscribed(asked(face, cache()));
        next();
        assertThat(sink.wants(0).awaitEnd().failure)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3.9");
    }

    /** Who was given an element of the run that failed cannot begin anew; who was given none goes over to the next. */
    @ParameterizedTest
    @EnumSource(FlowFace.class)
    void retry_bringsTheNextRun_toWhomNothingWasGivenYet(FlowFace face) {
        Asked cache = asked(face, cache().loadRetry(2, Duration.ofNanos(1)));
        Hearer<String> eager = subscribed(cache).wants(1);
        Tap tap = next().brings("a");
        Actor.until("the first has come", () -> eager.got.size() == 1);
        Hearer<String> patient = joined(cache);
        IOException failure = new IOException("down");
        tap.to.onError(failure);
        Actor.until("it is tried again", () -> {
            ticker.advance(Duration.ofNanos(1));
            return !taps.isEmpty();
        });
        Tap again = next();
        patient.wants(2);
        again.awaitRequested(2);
        again.brings("b", "c").to.onComplete();
        assertThat(patient.awaitEnd().got).containsExactly("b", "c");
        assertThat(eager.awaitEnd().failure).isSameAs(failure);
        assertThat(eager.got).containsExactly("a");
        awaitHeld(cache, "b", "c");
    }

    /** What one subscriber throws is his own affair: the others, and the list, go on. */
    @ParameterizedTest
    @EnumSource(FlowFace.class)
    void subscriberThatThrows_isGivenNoMore_theOthersAreLeftAlone(FlowFace face) {
        Asked cache = asked(face, cache());
        Hearer<String> thrower = new Hearer<>() {
            @Override
            public void onNext(String element) {
                super.onNext(element);
                throw new IllegalStateException("the subscriber's own");
            }
        };
        cache.ask("k").subscribe(thrower);
        thrower.wants(9);
        Tap tap = next();
        Hearer<String> other = joined(cache).wants(9);
        tap.brings("a", "b").to.onComplete();
        assertThat(other.awaitEnd().got).containsExactly("a", "b");
        assertThat(other.failure).isNull();
        assertThat(thrower.got).containsExactly("a");
        awaitHeld(cache, "a", "b");
        assertThat(asked).hasValue(1);
    }

    // cancelling

    @ParameterizedTest
    @EnumSource(FlowFace.class)
    void cancel_ofAll_cancelsTheSource_ofOneDoesNot(FlowFace face) {
        Asked cache = asked(face, cache());
        Hearer<String> first = subscribed(cache).wants(1);
        Tap tap = next();
        Hearer<String> second = joined(cache).wants(1);
        first.cancel();
        assertThat(tap.cancelled).isFalse();
        second.cancel();
        Actor.until("the source is cancelled", tap.cancelled::get);
        tap.to.onComplete();
        assertThat(cache.holds("k")).isFalse();
        Hearer<String> third = subscribed(cache).wants(1);
        next().brings("anew").to.onComplete();
        assertThat(third.awaitEnd().got).containsExactly("anew");
    }

    @ParameterizedTest
    @EnumSource(FlowFace.class)
    void cancel_ofOne_leavesTheOthersTheirElements(FlowFace face) {
        Asked cache = asked(face, cache());
        Hearer<String> first = subscribed(cache).wants(9);
        Tap tap = next().brings("a");
        Hearer<String> second = joined(cache).wants(9);
        first.cancel();
        tap.brings("b").to.onComplete();
        assertThat(second.awaitEnd().got).containsExactly("a", "b");
        assertThat(first.got).doesNotContain("b");
        assertThat(first.over.getCount()).as("is told of no end").isEqualTo(1);
        awaitHeld(cache, "a", "b");
    }

    @ParameterizedTest
    @EnumSource(FlowFace.class)
    void cancel_ofAll_whereLoadsAreNotGivenUp_allIsAskedForAndStored(FlowFace face) {
        Asked cache = asked(face, cache().cancelAbandoned(false));
        Hearer<String> first = subscribed(cache).wants(1);
        Tap tap = next();
        tap.awaitRequested(1);
        first.cancel();
        tap.awaitRequested(Long.MAX_VALUE);
        tap.brings("a", "b").to.onComplete();
        awaitHeld(cache, "a", "b");
        assertThat(tap.cancelled).isFalse();
    }

    /** A source that brings elements without end to the thread that asks, of which one takes some. */
    @ParameterizedTest
    @EnumSource(FlowFace.class)
    void cancel_underWay_ofASourceThatBringsItsElementsAtOnce_endsIt(FlowFace face) {
        int end = 1_000_000;
        AtomicInteger brought = new AtomicInteger();
        AtomicBoolean cancelled = new AtomicBoolean();
        Asked cache = face.on(
                cache(),
                key -> subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
                    @Override
                    public void request(long n) {
                        while (!cancelled.get() && brought.incrementAndGet() < end) {
                            subscriber.onNext("again");
                        }
                    }

                    @Override
                    public void cancel() {
                        cancelled.set(true);
                    }
                }));
        Hearer<String> sink = new Hearer<>() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                super.onSubscribe(given);
                wants(Long.MAX_VALUE);
            }

            @Override
            public void onNext(String element) {
                super.onNext(element);
                if (got.size() == 3) {
                    cancel();
                }
            }
        };
        cache.ask("k").subscribe(sink);
        Actor.until("the source is cancelled", cancelled::get);
        assertThat(sink.got).hasSize(3);
        assertThat(brought).hasValue(3);
        assertThat(cache.holds("k")).isFalse();
    }

    // what is kept

    @ParameterizedTest
    @EnumSource(FlowFace.class)
    void due_replayedAtOnce_computedAnewInTheBackgroundThoughNobodyReads(FlowFace face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        Asked cache = asked(face, cache().refreshAfterWrite(MINUTE));
        cache.put("k", List.of("old"));
        ticker.advance(MINUTE);
        Hearer<String> first = subscribed(cache).wants(1);
        assertThat(first.awaitEnd().got).containsExactly("old");
        Tap tap = next();
        tap.awaitRequested(Long.MAX_VALUE);
        tap.brings("new", "too").to.onComplete();
        awaitHeld(cache, "new", "too");
    }

    @ParameterizedTest
    @EnumSource(FlowFace.class)
    void failSafe_keptListIsReplayed_toWhomNothingWasGivenYet(FlowFace face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        Asked cache = asked(face, cache().expireAfterWrite(MINUTE).failSafe(MINUTE));
        cache.put("k", List.of("kept"));
        ticker.advance(MINUTE);
        Hearer<String> patient = subscribed(cache);
        Tap tap = next().brings("a");
        Hearer<String> eager = joined(cache).wants(1);
        Actor.until("the first has come", () -> eager.got.size() == 1);
        IOException failure = new IOException("down");
        tap.to.onError(failure);
        assertThat(eager.awaitEnd().failure).isSameAs(failure);
        assertThat(patient.wants(2).awaitEnd().got).containsExactly("kept");
        assertThat(patient.failure).isNull();
    }

    // the memoized function alone

    private Published1<String, String> memoized() {
        return cache().memoizePublisher((String key) -> source(key));
    }

    @Test
    void memoized_otherOperations_areThoseOfTheList() throws Exception {
        Published1<String, String> function = memoized();
        assertThat(result(function.isCached("k"))).isFalse();
        assertThat(result(function.peek("k")).present()).isFalse();
        List<String> mine = new ArrayList<>(List.of("put"));
        result(function.put("k", mine));
        mine.add("changed");
        assertThat(result(function.peek("k"))).isEqualTo(Lookup.found(List.of("put")));
        assertThat(subscribed(function.apply("k")).wants(9).awaitEnd().got).containsExactly("put");
        assertThat(asked).hasValue(0);
        assertThat(function.size()).isEqualTo(1);
        assertThat(result(function.invalidate("k"))).isTrue();
        assertThat(result(function.invalidate("k"))).isFalse();
        assertThat(function.key("k").argument(0)).isEqualTo("k");
        Hearer<String> past = subscribed(function.bypass("k"));
        next().to.onComplete();
        past.awaitEnd();
        assertThat(result(function.isCached("k"))).isFalse();
        assertThatThrownBy(() -> function.put("k", Arrays.asList("a", null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("index 1");
    }

    @Test
    void memoized_refresh_asksForAll_othersGetTheOldListMeanwhile() {
        Published1<String, String> function = memoized();
        result(function.put("k", List.of("old")));
        CompletableFuture<List<String>> refreshed = function.refresh("k");
        Tap tap = next();
        tap.awaitRequested(Long.MAX_VALUE);
        assertThat(subscribed(function.apply("k")).wants(9).awaitEnd().got).containsExactly("old");
        tap.brings("new").to.onComplete();
        assertThat(result(refreshed)).containsExactly("new");
        assertThat(subscribed(function.apply("k")).wants(9).awaitEnd().got).containsExactly("new");
        CompletableFuture<List<String>> failing = function.refresh("k");
        IOException failure = new IOException("down");
        next().to.onError(failure);
        assertThat(failure(failing)).isSameAs(failure);
        assertThat(result(function.isCached("k"))).isTrue();
    }

    @Test
    void memoized_again_subscribersJoinEachOther() {
        Hearer<String> first = subscribed(memoized().apply("k")).wants(9);
        Tap tap = next().brings("a");
        Hearer<String> second = subscribed(memoized().apply("k")).wants(9);
        Actor.until("it reads along", () -> second.got.size() == 1);
        tap.to.onComplete();
        first.awaitEnd();
        assertThat(second.awaitEnd().got).containsExactly("a");
        assertThat(asked).hasValue(1);
    }

    @Test
    void memoize_ofAFunctionWithAPublisher_namesMemoizePublisher() {
        assertThatThrownBy(() -> cache().memoize((String key) -> source(key)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("memoizePublisher");
        assertThatThrownBy(() -> cache().memoizeAsync(PublishersContract::staged))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("memoizePublisher");
    }

    private static CompletableFuture<Flow.Publisher<String>> staged(String key) {
        return CompletableFuture.failedFuture(new IllegalStateException(key));
    }
}
