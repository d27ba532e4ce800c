package io.github.twatcache;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.KeyException;
import io.github.twatcache.error.LoadTimeoutException;
import io.github.twatcache.function.PublisherFn1;
import io.github.twatcache.stats.Unstored;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What memoized functions that return publishers offer, whatever their arguments, on the built-in engine. */
class PublishedTest {
    private final AtomicLong nanos = new AtomicLong();
    private final TwatCache twat = TwatCache.builder().ticker(nanos::get).open();
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void close() {
        twat.close();
    }

    /** Brings its elements as they are asked for; what it is asked for in all is to be seen. */
    private static final class Rows implements Flow.Publisher<String>, Flow.Subscription {
        private final List<String> elements;
        private Flow.Subscriber<? super String> to;
        private int at;
        final AtomicLong requested = new AtomicLong();

        Rows(String... elements) {
            this.elements = List.of(elements);
        }

        @Override
        public void subscribe(Flow.Subscriber<? super String> subscriber) {
            to = subscriber;
            subscriber.onSubscribe(this);
        }

        @Override
        public void request(long n) {
            requested.addAndGet(n);
            for (long i = 0; i < n && at < elements.size(); i++) {
                to.onNext(elements.get(at++));
            }
            if (at == elements.size()) {
                to.onComplete();
            }
        }

        @Override
        public void cancel() {
            at = elements.size() + 1;
        }
    }

    /** The memoized source: the arguments in one element, and how often it was called in the other. */
    private Flow.Publisher<String> rows(Object... arguments) {
        return new Rows(List.of(arguments).toString(), "call " + calls.incrementAndGet());
    }

    /** Takes as many elements as it is told to; ends with all, or with the failure. */
    private static final class Sink implements Flow.Subscriber<String> {
        final List<String> got = new ArrayList<>();
        final CompletableFuture<List<String>> end = new CompletableFuture<>();
        Flow.Subscription subscription;

        static Sink of(Flow.Publisher<String> publisher, long wanted) {
            Sink sink = new Sink();
            publisher.subscribe(sink);
            if (wanted > 0) {
                sink.subscription.request(wanted);
            }
            return sink;
        }

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
            end.completeExceptionally(thrown);
        }

        @Override
        public void onComplete() {
            end.complete(got);
        }
    }

    private static <T> T in(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for 30 s").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static List<String> all(Flow.Publisher<String> publisher) throws Exception {
        return in(Sink.of(publisher, Long.MAX_VALUE).end);
    }

    private static Throwable failure(CompletableFuture<?> future) throws Exception {
        return in(future.handle((value, thrown) -> thrown instanceof CompletionException ? thrown.getCause() : thrown));
    }

    // ---------------------------------------------------------------- arities

    @Test
    void noArgument_allOperations() throws Exception {
        Published0<String> f = twat.memory("0").memoizePublisher(() -> rows());
        assertThat(calls).hasValue(0);
        assertThat(all(f.apply())).containsExactly("[]", "call 1").isEqualTo(all(f.apply()));
        assertThat(in(f.isCached())).isTrue();
        assertThat(in(f.peek())).isEqualTo(Lookup.found(List.of("[]", "call 1")));
        assertThat(in(f.refresh())).containsExactly("[]", "call 2");
        assertThat(all(f.bypass())).containsExactly("[]", "call 3");
        assertThat(in(f.invalidate())).isTrue();
        in(f.put(List.of("x")));
        assertThat(all(f.apply())).containsExactly("x");
        assertThat(f.key().arity()).isZero();
        assertThat(all(f.original().apply())).containsExactly("[]", "call 4");
        assertThat(failure(f.invalidateSoftly())).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void oneArgument_allOperations() throws Exception {
        Published1<Integer, String> f = twat.memory("1").keepStale().memoizePublisher((Integer a) -> rows(a));
        assertThat(all(f.apply(1))).containsExactly("[1]", "call 1").isEqualTo(all(f.apply(1)));
        assertThat(in(f.isCached(2))).isFalse();
        assertThat(in(f.peek(1)).present()).isTrue();
        assertThat(in(f.refresh(1))).containsExactly("[1]", "call 2");
        assertThat(all(f.bypass(1))).containsExactly("[1]", "call 3");
        assertThat(in(f.invalidate(1))).isTrue();
        in(f.put(1, List.of("x")));
        assertThat(all(f.apply(1))).containsExactly("x");
        assertThat(in(f.invalidateSoftly(1))).isTrue();
        assertThat(in(f.isCached(1))).isFalse();
        assertThat(f.key(1).argument(0)).isEqualTo(1);
        assertThat(all(f.original().apply(1))).contains("[1]");
        f.clear();
        assertThat(f.size()).isZero();
        assertThat(f.name()).isEqualTo("1");
        assertThat(f).asString().contains("memoized in cache '1'");
        assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(f))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("'1'");
    }

    @Test
    void twoArguments_allOperations() throws Exception {
        Published2<Integer, String, String> f =
                twat.memory("2").keepStale().memoizePublisher((Integer a, String b) -> rows(a, b));
        assertThat(all(f.apply(1, "b"))).containsExactly("[1, b]", "call 1").isEqualTo(all(f.apply(1, "b")));
        assertThat(in(f.isCached(1, "c"))).isFalse();
        assertThat(in(f.peek(1, "b")).present()).isTrue();
        assertThat(in(f.refresh(1, "b"))).containsExactly("[1, b]", "call 2");
        assertThat(all(f.bypass(1, "b"))).containsExactly("[1, b]", "call 3");
        assertThat(in(f.invalidate(1, "b"))).isTrue();
        in(f.put(1, "b", List.of("x")));
        assertThat(all(f.apply(1, "b"))).containsExactly("x");
        assertThat(in(f.invalidateSoftly(1, "b"))).isTrue();
        assertThat(f.key(1, "b").argument(1)).isEqualTo("b");
        assertThat(all(f.original().apply(1, "b"))).contains("[1, b]");
    }

    @Test
    void threeArguments_allOperations() throws Exception {
        Published3<Integer, String, Long, String> f =
                twat.memory("3").keepStale().memoizePublisher((Integer a, String b, Long c) -> rows(a, b, c));
        assertThat(all(f.apply(1, "b", 3L)))
                .containsExactly("[1, b, 3]", "call 1")
                .isEqualTo(all(f.apply(1, "b", 3L)));
        assertThat(in(f.isCached(1, "b", 4L))).isFalse();
        assertThat(in(f.peek(1, "b", 3L)).present()).isTrue();
        assertThat(in(f.refresh(1, "b", 3L))).containsExactly("[1, b, 3]", "call 2");
        assertThat(all(f.bypass(1, "b", 3L))).containsExactly("[1, b, 3]", "call 3");
        assertThat(in(f.invalidate(1, "b", 3L))).isTrue();
        in(f.put(1, "b", 3L, List.of("x")));
        assertThat(all(f.apply(1, "b", 3L))).containsExactly("x");
        assertThat(in(f.invalidateSoftly(1, "b", 3L))).isTrue();
        assertThat(f.key(1, "b", 3L).argument(2)).isEqualTo(3L);
        assertThat(all(f.original().apply(1, "b", 3L))).contains("[1, b, 3]");
    }

    @Test
    void fourArguments_allOperations() throws Exception {
        Published4<Integer, Integer, Integer, Integer, String> f = twat.memory("4")
                .keepStale()
                .memoizePublisher((Integer a, Integer b, Integer c, Integer d) -> rows(a, b, c, d));
        assertThat(all(f.apply(1, 2, 3, 4)))
                .containsExactly("[1, 2, 3, 4]", "call 1")
                .isEqualTo(all(f.apply(1, 2, 3, 4)));
        assertThat(in(f.isCached(1, 2, 4, 3))).isFalse();
        assertThat(in(f.peek(1, 2, 3, 4)).present()).isTrue();
        assertThat(in(f.refresh(1, 2, 3, 4))).containsExactly("[1, 2, 3, 4]", "call 2");
        assertThat(all(f.bypass(1, 2, 3, 4))).containsExactly("[1, 2, 3, 4]", "call 3");
        assertThat(in(f.invalidate(1, 2, 3, 4))).isTrue();
        in(f.put(1, 2, 3, 4, List.of("x")));
        assertThat(all(f.apply(1, 2, 3, 4))).containsExactly("x");
        assertThat(in(f.invalidateSoftly(1, 2, 3, 4))).isTrue();
        assertThat(f.key(1, 2, 3, 4).argument(3)).isEqualTo(4);
        assertThat(all(f.original().apply(1, 2, 3, 4))).contains("[1, 2, 3, 4]");
    }

    @Test
    void fiveArguments_allOperations() throws Exception {
        Published5<Integer, Integer, Integer, Integer, Integer, String> f = twat.memory("5")
                .keepStale()
                .memoizePublisher((Integer a, Integer b, Integer c, Integer d, Integer e) -> rows(a, b, c, d, e));
        assertThat(all(f.apply(1, 2, 3, 4, 5)))
                .containsExactly("[1, 2, 3, 4, 5]", "call 1")
                .isEqualTo(all(f.apply(1, 2, 3, 4, 5)));
        assertThat(in(f.isCached(1, 2, 3, 5, 4))).isFalse();
        assertThat(in(f.peek(1, 2, 3, 4, 5)).present()).isTrue();
        assertThat(in(f.refresh(1, 2, 3, 4, 5))).containsExactly("[1, 2, 3, 4, 5]", "call 2");
        assertThat(all(f.bypass(1, 2, 3, 4, 5))).containsExactly("[1, 2, 3, 4, 5]", "call 3");
        assertThat(in(f.invalidate(1, 2, 3, 4, 5))).isTrue();
        in(f.put(1, 2, 3, 4, 5, List.of("x")));
        assertThat(all(f.apply(1, 2, 3, 4, 5))).containsExactly("x");
        assertThat(in(f.invalidateSoftly(1, 2, 3, 4, 5))).isTrue();
        assertThat(f.key(1, 2, 3, 4, 5).argument(4)).isEqualTo(5);
        assertThat(all(f.original().apply(1, 2, 3, 4, 5))).contains("[1, 2, 3, 4, 5]");
    }

    static Flow.Publisher<String> over(Integer... all) {
        return new Rows(List.of(all).toString());
    }

    static Flow.Publisher<String> over(String text) {
        return new Rows(text);
    }

    @Test
    void overloadedAndVarargs_byTheirClasses() throws Exception {
        Class<Integer> n = Integer.class;
        assertThat(all(twat.memory("o1")
                        .memoizePublisher(n, PublishedTest::over)
                        .apply(1)))
                .containsExactly("[1]");
        assertThat(all(twat.memory("o2")
                        .memoizePublisher(n, n, PublishedTest::over)
                        .apply(1, 2)))
                .containsExactly("[1, 2]");
        assertThat(all(twat.memory("o3")
                        .memoizePublisher(
                                n, n, n, PublishedTest::over, options -> options.storeIf((a, b, c, list) -> false))
                        .apply(1, 2, 3)))
                .containsExactly("[1, 2, 3]");
        assertThat(all(twat.memory("o4")
                        .memoizePublisher(n, n, n, n, PublishedTest::over)
                        .apply(1, 2, 3, 4)))
                .containsExactly("[1, 2, 3, 4]");
        assertThat(all(twat.memory("o5")
                        .memoizePublisher(n, n, n, n, n, PublishedTest::over)
                        .apply(1, 2, 3, 4, 5)))
                .containsExactly("[1, 2, 3, 4, 5]");
    }

    // ---------------------------------------------------------------- keys, options, identity

    @Test
    void options_decideFromTheArgumentsAndTheList() throws Exception {
        Published1<Integer, String> f = twat.memory("options")
                .statistics()
                .memoizePublisher(
                        (Integer a) -> rows(a),
                        options -> options.storeIf((a, list) -> a > 0 && list.size() == 2)
                                .tags((a, list) -> Set.of("of " + a, list.get(0)))
                                .expireAfter((a, list) -> ofSeconds(a)));
        all(f.apply(0));
        assertThat(in(f.isCached(0))).isFalse();
        assertThat(f.stats().unstoredCount(Unstored.CONDITION)).isEqualTo(1);
        all(f.apply(1));
        all(f.apply(5));
        nanos.addAndGet(ofSeconds(2).toNanos());
        assertThat(in(f.isCached(1))).isFalse();
        assertThat(in(f.isCached(5))).isTrue();
        assertThat(f.invalidateTag("[5]")).isEqualTo(1);
    }

    @Test
    void keys_areMadeAsThoseOfAnyMemoizedFunction() throws Exception {
        Published2<int[], String, String> content =
                twat.memory("content").memoizePublisher((int[] a, String b) -> rows(a.length, b));
        assertThat(all(content.apply(new int[] {1, 2}, "b"))).isEqualTo(all(content.apply(new int[] {1, 2}, "b")));
        assertThat(content.key(new int[] {1, 2}, "b"))
                .isEqualTo(content.key(new int[] {1, 2}, "b"))
                .isNotEqualTo(content.key(new int[] {1, 3}, "b"));
        Published2<Integer, String, String> ignoring =
                twat.memory("ignoring").ignore(1).memoizePublisher((Integer a, String b) -> rows(a, b));
        assertThat(all(ignoring.apply(1, "b"))).isEqualTo(all(ignoring.apply(1, "c")));
        Published1<String, String> keyed =
                twat.memory("keyed").memoizePublisher((String a) -> rows(a), options -> options.keyBy(String::length));
        assertThat(all(keyed.apply("ab"))).isEqualTo(all(keyed.apply("cd")));
        assertThat(all(keyed.apply("abc"))).contains("[abc]");
        assertThat(in(keyed.invalidate("xyz"))).isTrue();
    }

    @Test
    void nullArgument_isAValue() throws Exception {
        Published1<Integer, String> f =
                twat.memory("null").memoizePublisher((Integer a) -> rows(a == null ? "none" : a));
        assertThat(all(f.apply(null))).containsExactly("[none]", "call 1").isEqualTo(all(f.apply(null)));
        assertThat(in(f.invalidate(null))).isTrue();
    }

    @Test
    void argument_thatCannotBeAKey_isTheSubscribersFailure() throws Exception {
        Published1<Object, String> f = twat.memory("refused").memoizePublisher((Object a) -> rows("x"));
        Object refused = new Object();
        assertThat(failure(Sink.of(f.apply(refused), 1).end)).isInstanceOf(KeyException.class);
        assertThat(failure(f.peek(refused))).isInstanceOf(KeyException.class);
        assertThat(failure(f.put(refused, List.of()))).isInstanceOf(KeyException.class);
        assertThat(failure(f.refresh(refused))).isInstanceOf(KeyException.class);
        assertThat(calls).hasValue(0);
    }

    private Flow.Publisher<String> other(Integer a) {
        return rows("other", a);
    }

    @Test
    void sameFunctionAgain_sharesLists_anotherIsRefused() throws Exception {
        PublisherFn1<Integer, String> rows = a -> rows(a);
        Published1<Integer, String> one = twat.memory("same").memoizePublisher(rows);
        Published1<Integer, String> two = twat.memory("same").memoizePublisher(rows);
        in(one.put(1, List.of("x")));
        assertThat(all(two.apply(1))).containsExactly("x");
        assertThatThrownBy(() -> twat.memory("same").memoizePublisher(this::other))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("same");
        assertThat(twat.memory().memoizePublisher(this::other).name())
                .isEqualTo(PublishedTest.class.getName() + ".other");
    }

    @Test
    void closedCache_isTheSubscribersFailure() throws Exception {
        Published1<Integer, String> f = twat.memory("closed").memoizePublisher((Integer a) -> rows(a));
        twat.close();
        assertThat(failure(Sink.of(f.apply(1), 1).end)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> twat.memory("late").memoizePublisher((Integer a) -> rows(a)))
                .isInstanceOf(IllegalStateException.class);
    }

    // ---------------------------------------------------------------- who waits for the list though nobody reads

    @Test
    void loadTimeout_endsTheSubscriber_theSourceGoesOnAndIsStored() throws Exception {
        Rows source = new Rows("a", "b");
        Published1<Integer, String> f =
                twat.memory("late").loadTimeout(ofSeconds(1)).memoizePublisher((Integer a) -> source);
        Sink slow = Sink.of(f.apply(1), 1);
        assertThat(slow.got).containsExactly("a");
        nanos.addAndGet(ofSeconds(1).toNanos());
        assertThat(failure(slow.end)).isInstanceOf(LoadTimeoutException.class);
        until(() -> f.peek(1).join().present());
        assertThat(slow.got).containsExactly("a");
        assertThat(all(f.apply(1))).containsExactly("a", "b");
    }

    @Test
    void softTimeout_keptListIsReplayed_toWhomNothingWasGivenYet() throws Exception {
        AtomicInteger run = new AtomicInteger();
        List<Rows> sources = List.of(new Rows("old"), new Rows("new", "too"));
        Published1<Integer, String> f = twat.memory("soft")
                .expireAfterWrite(ofMinutes(1))
                .failSafe(ofMinutes(9))
                .softTimeout(ofSeconds(1))
                .memoizePublisher((Integer a) -> sources.get(run.getAndIncrement()));
        assertThat(all(f.apply(1))).containsExactly("old");
        nanos.addAndGet(ofMinutes(1).toNanos());
        Sink idle = Sink.of(f.apply(1), 0);
        nanos.addAndGet(ofSeconds(1).toNanos());
        until(() -> sources.get(1).requested.get() == Long.MAX_VALUE);
        idle.subscription.request(9);
        assertThat(in(idle.end)).containsExactly("old");
        assertThat(in(Sink.of(f.apply(1), 9).end)).containsExactly("new", "too");
    }

    @Test
    void callerThatWaitsForTheList_getsItThoughTheSubscriberCancels() throws Exception {
        Rows source = new Rows("a", "b", "c");
        Cache<String, List<String>> lists = twat.memory("lists").build();
        PublisherCache<String, String> cache = PublisherCache.of(lists);
        Sink sink = Sink.of(cache.get("k", key -> source), 1);
        CompletableFuture<List<String>> waits =
                lists.async().get("k", key -> CompletableFuture.failedFuture(new AssertionError("joins")));
        assertThat(source.requested).hasValue(1);
        assertThat(waits).isNotDone();
        sink.subscription.cancel();
        assertThat(source.requested).hasValue(Long.MAX_VALUE);
        assertThat(in(waits)).containsExactly("a", "b", "c");
        assertThat(sink.got).containsExactly("a");
        assertThat(lists.contains("k")).isTrue();
    }

    @Test
    void nullInThePlaceOfAList_isTold() throws Exception {
        Cache<String, List<String>> lists = twat.memory("nulls").build();
        lists.put("k", null);
        Sink sink = Sink.of(PublisherCache.of(lists).get("k", key -> new Rows()), 1);
        assertThat(failure(sink.end)).isInstanceOf(NullPointerException.class).hasMessageContaining("empty list");
    }
}
