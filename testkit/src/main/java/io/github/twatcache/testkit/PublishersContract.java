package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.PublisherCache;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What publishers bring, element by element, at each subscriber's own pace. */
@Contract("4.5 publishers")
public abstract class PublishersContract extends EngineContract {
    private final Tap tap = new Tap();
    private final AtomicInteger asked = new AtomicInteger();

    /** Makes a contract. */
    protected PublishersContract() {}

    /** A source that brings what the test tells it to. */
    private static final class Tap implements Flow.Publisher<String>, Flow.Subscription {
        final CountDownLatch subscribed = new CountDownLatch(1);
        final AtomicLong requested = new AtomicLong();
        final AtomicBoolean cancelled = new AtomicBoolean();
        private volatile Flow.@Nullable Subscriber<? super String> to;

        @Override
        public void subscribe(Flow.Subscriber<? super String> subscriber) {
            to = subscriber;
            subscriber.onSubscribe(this);
            subscribed.countDown();
        }

        @Override
        public void request(long n) {
            requested.addAndGet(n);
        }

        @Override
        public void cancel() {
            cancelled.set(true);
        }

        Flow.Subscriber<? super String> to() {
            Actor.await(subscribed);
            return there(to);
        }
    }

    /** Writes down what it is given. */
    private static final class Sink implements Flow.Subscriber<String> {
        final List<String> got = Collections.synchronizedList(new ArrayList<>());
        final CountDownLatch over = new CountDownLatch(1);
        volatile Flow.@Nullable Subscription subscription;
        volatile @Nullable Throwable failure;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(String element) {
            got.add(element);
        }

        @Override
        public void onError(Throwable thrown) {
            failure = thrown;
            over.countDown();
        }

        @Override
        public void onComplete() {
            over.countDown();
        }

        Sink wants(long n) {
            there(subscription).request(n);
            return this;
        }

        void awaitEnd() {
            Actor.await(over);
        }
    }

    private Cache<String, List<String>> lists() {
        Cache<String, Object> cache = cache().types(String.class, Object.class).build();
        return cast(cache);
    }

    @SuppressWarnings("unchecked") // nothing but lists of strings is stored
    private static Cache<String, List<String>> cast(Cache<?, ?> cache) {
        return (Cache<String, List<String>>) cache;
    }

    private Sink subscribed(PublisherCache<String, String> publishers) {
        Sink sink = new Sink();
        publishers
                .get("k", key -> {
                    asked.incrementAndGet();
                    return tap;
                })
                .subscribe(sink);
        return sink;
    }

    @Test
    void miss_bringsElementsAsTheyCome_andHitReplaysThemAsTheyAreWanted() {
        Cache<String, List<String>> cache = lists();
        PublisherCache<String, String> publishers = PublisherCache.of(cache);
        Sink first = subscribed(publishers).wants(2);
        Flow.Subscriber<? super String> source = tap.to();
        Actor.until("two are wanted", () -> tap.requested.get() == 2);
        source.onNext("a");
        source.onNext("b");
        Actor.until("both have come", () -> first.got.size() == 2);
        first.wants(5);
        assertThat(tap.requested).hasValue(7);
        source.onNext("c");
        source.onComplete();
        first.awaitEnd();
        assertThat(first.got).containsExactly("a", "b", "c");
        Actor.until("the list is stored", () -> cache.contains("k"));

        Sink second = subscribed(publishers).wants(1);
        Actor.until("one has come", () -> second.got.size() == 1);
        assertThat(second.got).containsExactly("a");
        second.wants(Long.MAX_VALUE).awaitEnd();
        assertThat(second.got).containsExactly("a", "b", "c");
        assertThat(asked).hasValue(1);
    }

    @Test
    void joiner_getsAllFromTheFirstOn_sourceIsAskedForWhatTheGreediestWants() {
        PublisherCache<String, String> publishers = PublisherCache.of(lists());
        Sink first = subscribed(publishers).wants(1);
        Flow.Subscriber<? super String> source = tap.to();
        source.onNext("a");
        Sink second = subscribed(publishers).wants(3);
        Actor.until("three are wanted", () -> tap.requested.get() == 3);
        source.onNext("b");
        source.onNext("c");
        Actor.until("the second has all", () -> second.got.size() == 3);
        assertThat(first.got).as("no more than it asked for").containsExactly("a");
        source.onComplete();
        second.awaitEnd();
        first.wants(9).awaitEnd();
        assertThat(first.got).containsExactly("a", "b", "c");
        assertThat(asked).hasValue(1);
    }

    @Test
    void failure_reachesAllAndStoresNothing() {
        Cache<String, List<String>> cache = lists();
        PublisherCache<String, String> publishers = PublisherCache.of(cache);
        Sink first = subscribed(publishers).wants(5);
        Flow.Subscriber<? super String> source = tap.to();
        source.onNext("a");
        IOException failure = new IOException("down");
        source.onError(failure);
        first.awaitEnd();
        assertThat(first.got).containsExactly("a");
        assertThat(first.failure).isSameAs(failure);
        assertThat(cache.contains("k")).isFalse();
    }

    @Test
    void cancel_ofAll_cancelsTheSource_ofOneDoesNot() {
        Cache<String, List<String>> cache = lists();
        PublisherCache<String, String> publishers = PublisherCache.of(cache);
        Sink first = subscribed(publishers).wants(1);
        tap.to();
        long before = cache.stats().waits();
        Sink second = subscribed(publishers).wants(1);
        Actor.until("it has joined", () -> cache.stats().waits() > before);
        there(first.subscription).cancel();
        assertThat(tap.cancelled).isFalse();
        there(second.subscription).cancel();
        Actor.until("the source is cancelled", tap.cancelled::get);
        tap.to().onComplete();
        assertThat(cache.contains("k")).isFalse();
    }

    @Test
    void source_thatThrowsOrReturnsNull_isAFailure() {
        PublisherCache<String, String> publishers = PublisherCache.of(lists());
        IOException failure = new IOException("down");
        Sink sink = new Sink();
        publishers
                .get("k", key -> {
                    throw failure;
                })
                .subscribe(sink);
        sink.awaitEnd();
        assertThat(sink.failure).isSameAs(failure);
        Sink other = new Sink();
        publishers.get("k", key -> nothing()).subscribe(other);
        other.awaitEnd();
        assertThat(other.failure).isInstanceOf(NullPointerException.class);
    }

    @Test
    void request_ofNothing_isRefusedAsTheStandardSays() {
        PublisherCache<String, String> publishers = PublisherCache.of(lists());
        Sink sink = subscribed(publishers);
        tap.to();
        sink.wants(0).awaitEnd();
        assertThat(sink.failure).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("3.9");
    }
}
