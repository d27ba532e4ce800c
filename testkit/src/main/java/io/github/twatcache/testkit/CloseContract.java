package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.twatcache.Cache;
import io.github.twatcache.Cached1;
import io.github.twatcache.TwatCache;
import io.github.twatcache.TypedBuilder;
import io.github.twatcache.config.Mode;
import io.github.twatcache.spi.StoreCall;
import io.github.twatcache.spi.StoreInterceptor;
import io.github.twatcache.spi.Trait;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Contract 4.12: close is final; running loads answer their callers, nothing is stored, nothing is left behind. */
@Contract("4.12 close is final")
public abstract class CloseContract extends EngineContract {
    private final Gate gate = new Gate();

    /** Makes a contract. */
    protected CloseContract() {}

    private Cache<String, String> strings() {
        return cache().types(String.class, String.class).build();
    }

    @Test
    void close_laterUse_illegalState() {
        Cache<String, String> cache = strings();
        cache.put("k", "v");
        cache.close();
        cache.close();
        List<Runnable> uses = List.of(
                () -> cache.getIfPresent("k"),
                () -> cache.getIfPresent("other"),
                () -> cache.peek("k"),
                () -> cache.get("k", key -> "x"),
                () -> cache.getAll(List.of("k"), keys -> Map.of()),
                () -> cache.getAllPresent(List.of("k")),
                () -> cache.put("k", "x"),
                () -> cache.putAll(Map.of("k", "x")),
                () -> cache.putIfAbsent("k", "x"),
                () -> cache.replace("k", "x"),
                () -> cache.replace("k", "v", "x"),
                () -> cache.remove("k"),
                () -> cache.remove("k", "v"),
                () -> cache.compute("k", (key, now) -> now),
                () -> cache.expiresIn("k"),
                () -> cache.tags("k"),
                cache::clear,
                cache::size,
                cache::weight,
                () -> cache.entries().close(),
                () -> assertThat(cache.iterator()).isNotNull(),
                () -> assertThat(cache.asMap().get("k")).isNull(),
                () -> assertThat(cache.asMap().size()).isZero());
        for (int i = 0; i < uses.size(); i++) {
            assertThatIllegalStateException().as("use %s", i).isThrownBy(uses.get(i)::run);
        }
    }

    @Test
    void close_memoized_laterUseIllegalButFunctionItselfIsNot() {
        TwatCache own = builder().open();
        Cached1<String, String, RuntimeException> function = cacheIn(own, "f").memoize((String key) -> key + "!");
        assertThat(function.apply("a")).isEqualTo("a!");
        own.close();
        own.close();
        assertThatIllegalStateException().isThrownBy(() -> function.apply("a"));
        assertThatIllegalStateException().isThrownBy(() -> function.apply("b"));
        assertThatIllegalStateException().isThrownBy(() -> function.peek("a"));
        assertThatIllegalStateException().isThrownBy(() -> function.put("a", "x"));
        assertThatIllegalStateException().isThrownBy(() -> function.invalidate("a"));
        assertThatIllegalStateException().isThrownBy(() -> function.refresh("a"));
        assertThatIllegalStateException().isThrownBy(function::clear);
        assertThatIllegalStateException().isThrownBy(function::size);
        assertThat(function.bypass("a")).isEqualTo("a!");
        assertThat(function.original().apply("a")).isEqualTo("a!");
        assertThatIllegalStateException().isThrownBy(() -> own.cache("g").memoize((String key) -> key));
    }

    @Test
    void close_duringLoad_callersAnsweredNothingStored() {
        Cache<String, String> cache = strings();
        Actor<String> owner = Actor.start(() -> cache.get("k", key -> gate.pass("value")));
        gate.awaitLoader();
        Actor<String> waiter = Actor.start(() -> cache.get("k", key -> "own")).awaitWaiting();
        Actor<Void> closer = Actor.start(() -> {
            cache.close();
            return null;
        });
        closer.result();
        gate.open();
        assertThat(owner.result()).isEqualTo("value");
        assertThat(waiter.result()).isEqualTo("value");
        Cache<String, String> again = strings();
        assertThat(again.size()).isZero();
    }

    @Test
    void close_byManyThreadsAndTwice_onceAndForAll() {
        TwatCache own = builder().open();
        for (int i = 0; i < fewer(100, 20); i++) {
            cacheIn(own, "c" + i).types(String.class, String.class).build().put("k", "v");
        }
        List<Actor<Boolean>> closers = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            closers.add(Actor.start(() -> {
                own.close();
                return true;
            }));
        }
        closers.forEach(Actor::result);
        own.close();
        assertThatIllegalStateException().isThrownBy(own::caches);
        assertThatIllegalStateException().isThrownBy(own::stats);
    }

    @Test
    void close_nameIsFree_aNewCacheIsEmpty() {
        if (claims(Trait.PERSISTENT)) {
            return;
        }
        Cache<String, String> first = strings();
        first.put("k", "v");
        assertThat(strings().getIfPresent("k")).as("the same name and settings").isEqualTo("v");
        first.close();
        assertThat(twat().caches()).isEmpty();
        Cache<String, String> second = strings();
        assertThat(second.peek("k").present()).isFalse();
        second.put("k", "w");
        assertThat(second.getIfPresent("k")).isEqualTo("w");
    }

    /** Counts the caches that are closed, and keeps the first of them waiting. */
    private final class Closing implements StoreInterceptor {
        private final AtomicInteger closed = new AtomicInteger();

        @Override
        public void before(StoreCall call) {
            if (call.operation() == StoreCall.Operation.CLOSE && closed.incrementAndGet() == 1) {
                gate.pass("closing");
            }
        }
    }

    @Test
    void close_whoAsksForTheNameMeanwhile_getsANewCacheWhenItIsFree() {
        TypedBuilder<String, String> asked =
                cache("again").intercept(new Closing()).types(String.class, String.class);
        Cache<String, String> first = asked.build();
        Actor<Boolean> closer = Actor.start(() -> {
            first.close();
            return true;
        });
        gate.awaitLoader();
        Actor<Cache<String, String>> asker = Actor.start(asked::build).awaitWaiting();
        gate.open();
        assertThat(closer.result()).isTrue();
        Cache<String, String> second = asker.result();
        assertThat(second).isNotSameAs(first);
        second.put("k", "v");
        assertThat(second.getIfPresent("k")).isEqualTo("v");
        assertThat(asked.build()).isSameAs(second);
    }

    @Test
    void close_ofTheInstance_theLastMadeFirst() {
        List<String> order = new CopyOnWriteArrayList<>();
        TwatCache own = builder().open();
        for (String name : List.of("b", "c", "a")) {
            StoreInterceptor notes = new StoreInterceptor() {
                @Override
                public void before(StoreCall call) {
                    if (call.operation() == StoreCall.Operation.CLOSE) {
                        order.add(name);
                    }
                }
            };
            cacheIn(own, name)
                    .intercept(notes)
                    .types(String.class, String.class)
                    .build();
        }
        own.close();
        assertThat(order).containsExactly("a", "c", "b");
    }

    @Test
    void open_thatTakesLong_keepsOnlyWhoAsksForThatName() {
        try (TwatCache own = builder(new SlowToOpen(engine(), "slow", gate)).open()) {
            TypedBuilder<String, String> asked = cacheIn(own, "slow").types(String.class, String.class);
            Cache<String, String> quick =
                    cacheIn(own, "quick").types(String.class, String.class).build();
            quick.put("k", "v");
            Actor<Cache<String, String>> opener = Actor.start(asked::build);
            gate.awaitLoader();
            Actor<Cache<String, String>> asker = Actor.start(asked::build).awaitWaiting();
            try {
                assertThat(Actor.start(() -> usedByOthers(own, quick)).result()).isTrue();
                assertThat(opener.isDone() || asker.isDone()).isFalse();
            } finally {
                gate.open(); // else whoever closes would wait for it, where it waits
            }
            assertThat(asker.result()).isSameAs(opener.result());
            assertThat(own.caches()).containsExactly("other", "slow");
        }
    }

    /** Whatever is done with other caches while one is being opened. */
    private boolean usedByOthers(TwatCache own, Cache<String, String> quick) {
        cacheIn(own, "other").types(String.class, String.class).build().put("k", "v");
        assertThat(own.caches()).containsExactly("other", "quick");
        assertThat(own.stats().keySet()).containsExactly("other", "quick");
        assertThat(own.settings("slow").get("mode")).isPresent();
        assertThat(own.settings("quick").get("mode")).isPresent();
        assertThat(own.mode("quick")).isEqualTo(Mode.ON);
        own.clear();
        own.clear("quick");
        assertThat(quick.getIfPresent("k")).isNull();
        quick.close();
        return true;
    }

    @Test
    void close_whileACacheIsOpened_waitsForNobodyAndLeavesNothing() {
        TwatCache own = builder(new SlowToOpen(engine(), "slow", gate)).open();
        Closing closing = new Closing();
        TypedBuilder<String, String> asked =
                cacheIn(own, "slow").intercept(closing).types(String.class, String.class);
        Actor<Cache<String, String>> opener = Actor.start(asked::build);
        gate.awaitLoader();
        Actor<Cache<String, String>> asker = Actor.start(asked::build).awaitWaiting();
        try {
            Actor<Boolean> closer = Actor.start(() -> {
                own.close();
                return true;
            });
            assertThat(closer.result()).isTrue();
            assertThat(asker.failure()).isInstanceOf(IllegalStateException.class);
            assertThat(closing.closed).hasValue(0);
        } finally {
            gate.open();
        }
        assertThat(opener.failure())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("this TwatCache is closed");
        assertThat(closing.closed).hasValue(1);
    }

    @Test
    void close_racingWithUse_answersOrRefuses() {
        for (int round = 0; round < fewer(100, 30); round++) {
            Cache<String, String> cache = strings();
            List<Actor<Integer>> users = new ArrayList<>();
            for (int t = 0; t < 3; t++) {
                users.add(Actor.start(() -> {
                    for (int i = 0; ; i++) {
                        try {
                            assertThat(cache.get("k" + i % 10, key -> key)).isEqualTo("k" + i % 10);
                            cache.remove("k" + i % 7);
                        } catch (IllegalStateException closed) {
                            return i;
                        }
                    }
                }));
            }
            cache.close();
            users.forEach(Actor::result);
        }
    }

    @Test
    void open_useClose_manyTimes_leavesNothing() {
        int times = fewer(1_000, 40);
        Set<Thread> before = threads();
        List<WeakReference<Object>> values = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            try (TwatCache own = builder().open()) {
                Cache<String, Object> cache =
                        cacheIn(own, "c").types(String.class, Object.class).build();
                Object value = "value " + i;
                values.add(new WeakReference<>(value));
                cache.put("k", value);
                assertThat(cache.getIfPresent("k")).isEqualTo(value);
                assertThat(cache.get("l", key -> "loaded")).isEqualTo("loaded");
                Cached1<Integer, Integer, RuntimeException> function =
                        cacheIn(own, "f").memoize((Integer n) -> n + 1);
                assertThat(function.apply(1)).isEqualTo(2);
            }
        }
        Set<Thread> left = threads();
        left.removeAll(before);
        assertThat(left).isEmpty();
        Actor.until("the values are collected", () -> {
            System.gc();
            return values.stream().filter(value -> value.refersTo(null)).count() >= times - Math.max(1, times / 100);
        });
    }

    @Test
    void manyCaches_atOnce_haveNoThreadsOfTheirOwnAndAreApart() {
        int many = fewer(1_000, 25);
        Set<Thread> before = threads();
        List<Cache<String, String>> caches = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            caches.add(cache("cache " + i).types(String.class, String.class).build());
            caches.get(i).put("k", "v" + i);
        }
        assertThat(twat().caches()).hasSize(many);
        for (int i = 0; i < many; i++) {
            assertThat(caches.get(i).getIfPresent("k")).isEqualTo("v" + i);
        }
        Set<Thread> more = threads();
        more.removeAll(before);
        assertThat(more).as("threads for " + many + " caches").hasSizeLessThanOrEqualTo(2);
        twat().close();
        twat().close();
        for (Cache<String, String> cache : caches) {
            assertThatIllegalStateException().isThrownBy(() -> cache.getIfPresent("k"));
        }
    }

    /** Threads of the program: the common pool's are the JVM's own, and end by themselves. */
    private static Set<Thread> threads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> thread.getName().startsWith("ForkJoinPool.commonPool"));
        return threads;
    }
}
