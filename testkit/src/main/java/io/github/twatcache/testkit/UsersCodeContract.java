package io.github.twatcache.testkit;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Cached1;
import io.github.twatcache.Counters;
import io.github.twatcache.Ordered;
import io.github.twatcache.Queues;
import io.github.twatcache.SharedDeque;
import io.github.twatcache.Streams;
import io.github.twatcache.Transactions;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.spi.StoreCall;
import io.github.twatcache.spi.StoreCall.Operation;
import io.github.twatcache.spi.StoreInterceptor;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.Unstored;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Code of the user's round an engine: rules and listeners that throw, interceptors, what they see and what they may refuse. */
@Contract("3 code of the user's")
public abstract class UsersCodeContract extends ChaoticContract {
    /** Makes a contract. */
    protected UsersCodeContract() {}

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

    @Test
    void rules_thatThrowAnything_leaveTheValueUnstored() {
        List<Supplier<Throwable>> all = surprises();
        Cached1<Integer, Integer, RuntimeException> ruled = onChaos()
                .memoize(
                        (Integer n) -> n,
                        options -> options.storeIf((n, result) -> {
                            throw ChaoticContract.<RuntimeException>past(
                                    all.get(n).get());
                        }));
        for (int i = 0; i < all.size(); i++) {
            assertThat(ruled.apply(i)).isEqualTo(i);
        }
        assertThat(ruled.stats().unstored()).isEqualTo(Map.of(Unstored.FUNCTION_FAILED, (long) all.size()));
        assertThat(ruled.stats().engineFailures()).isZero();
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

    @Test
    void interceptors_thatFailAfterwards_areCounted() {
        Cache<String, String> cache = onChaos()
                .intercept(new StoreInterceptor() {
                    @Override
                    public void after(StoreCall call, @Nullable RuntimeException failure) {
                        if (call.operation() == Operation.PUT) {
                            throw new IllegalStateException("of the user's");
                        }
                    }
                })
                .types(String.class, String.class)
                .build();
        assertThat(cache.explain().notes()).noneMatch(note -> note.contains("interceptors"));
        for (int i = 0; i < 3; i++) {
            cache.put("k", "v" + i);
        }
        assertThat(cache.getIfPresent("k")).isEqualTo("v2");
        assertThat(cache.explain().notes())
                .anyMatch(note -> note.startsWith("interceptors have failed after 3 operations"));
    }

    private CacheBuilder intercepted(Guarding guarding) {
        return cache("intercepted").intercept(guarding);
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** Refuses an operation, and says whether whoever does it hears of that. */
    private static void assertRefuses(Guarding guarding, Operation operation, ThrowingCallable action) {
        guarding.refused = operation;
        assertThatThrownBy(action)
                .as("%s", operation)
                .satisfies(thrown -> assertThat(root(thrown)).hasMessage("refused"));
        guarding.refused = null;
    }

    @Test
    void interceptors_ofCounters_seeAndRefuse() {
        Guarding guarding = new Guarding();
        Cache<String, Long> cache =
                intercepted(guarding).types(String.class, Long.class).build();
        if (refuses(Trait.COUNTERS, () -> Counters.of(cache))) {
            return;
        }
        Counters<String> counters = Counters.of(cache);
        assertThat(counters.increment("n")).isEqualTo(1);
        assertThat(guarding.heard()).contains("COUNT n");
        assertRefuses(guarding, Operation.COUNT, () -> counters.increment("n"));
        assertThat(counters.increment("n"))
                .as("the one that was refused was not made")
                .isEqualTo(2);
    }

    @Test
    void interceptors_ofWhatIsStale_seeAndRefuse() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Guarding guarding = new Guarding();
        Cache<String, String> cache = intercepted(guarding)
                .expireAfterWrite(ofMinutes(1))
                .failSafe(ofMinutes(60))
                .types(String.class, String.class)
                .build();
        cache.put("a", "old");
        assertThat(cache.invalidateSoftly("a")).isTrue();
        assertThat(guarding.heard()).contains("TOUCH a");
        assertThat(cache.get("a", key -> {
                    throw new IllegalStateException("down");
                }))
                .isEqualTo("old");
        assertThat(guarding.heard()).contains("ENTRY a");
        assertRefuses(guarding, Operation.TOUCH, () -> cache.invalidateSoftly("a"));
        assertRefuses(guarding, Operation.TOUCH, cache::invalidateAllSoftly);
    }

    @Test
    void interceptors_ofQueues_seeAndRefuse() {
        Guarding guarding = new Guarding();
        Cache<String, String> cache =
                intercepted(guarding).types(String.class, String.class).build();
        if (refuses(Trait.QUEUES, () -> Queues.of(cache))) {
            return;
        }
        SharedDeque<String> jobs = Queues.of(cache).queue("jobs");
        jobs.addLast("a");
        assertThat(guarding.heard()).contains("PUSH null");
        assertThat(jobs.peekFirst()).isEqualTo("a");
        assertThat(jobs).hasSize(1);
        assertThat(guarding.heard()).contains("LOOK null");
        assertRefuses(guarding, Operation.PUSH, () -> jobs.addLast("b"));
        assertRefuses(guarding, Operation.PULL, jobs::pollFirst);
        assertThat(jobs.pollFirst()).isEqualTo("a");
        assertThat(guarding.heard()).contains("PULL null");
        assertThat(jobs.pollFirst()).isNull();
    }

    @Test
    void interceptors_ofStreams_seeAndRefuse() throws IOException {
        Guarding guarding = new Guarding();
        Cache<String, byte[]> cache =
                intercepted(guarding).types(String.class, byte[].class).build();
        if (refuses(Trait.STREAMS, () -> Streams.of(cache))) {
            return;
        }
        Streams<String> streams = Streams.of(cache);
        streams.write("k", out -> out.write(7));
        assertThat(guarding.heard()).contains("PUT k");
        try (InputStream in = streams.open("k").orElseThrow()) {
            assertThat(in.read()).isEqualTo(7);
        }
        assertThat(guarding.heard()).contains("GET k");
        assertRefuses(guarding, Operation.PUT, () -> streams.write("k", out -> out.write(8)));
        assertThatThrownBy(() -> streams.write("k", out -> {
                    throw new IOException("the writer's own");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("the writer's own");
        assertThat(guarding.heard()).contains("PUT k failed");
        assertThat(cache.getIfPresent("k")).containsExactly(7);
    }

    @Test
    void interceptors_ofTransactions_seeTheWholeAndWhatIsWithin() {
        Guarding guarding = new Guarding();
        Cache<String, String> cache =
                intercepted(guarding).types(String.class, String.class).build();
        if (refuses(Trait.TRANSACTIONS, () -> Transactions.of(cache))) {
            return;
        }
        Transactions transactions = Transactions.of(cache);
        transactions.run(() -> cache.put("k", "v"));
        assertThat(guarding.heard()).contains("TRANSACTION null", "PUT k");
        assertRefuses(guarding, Operation.TRANSACTION, () -> transactions.run(() -> cache.put("k", "never")));
        assertThatThrownBy(() -> transactions.run(() -> {
                    cache.put("k", "undone");
                    throw new IOException("the body's own");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("the body's own");
        assertThat(guarding.heard()).contains("TRANSACTION null failed");
        assertThat(cache.getIfPresent("k")).isEqualTo("v");
    }

    @Test
    void interceptors_ofWalksInOrder_seeAndRefuse() {
        Guarding guarding = new Guarding();
        Cache<String, String> cache =
                intercepted(guarding).types(String.class, String.class).build();
        if (refuses(Trait.ORDERED, () -> Ordered.of(cache))) {
            return;
        }
        cache.put("k", "v");
        guarding.heard();
        Ordered<String, String> ordered = Ordered.of(cache);
        assertThat(ordered.byKey()).hasSize(1);
        assertThat(guarding.heard()).contains("ENTRIES null");
        assertRefuses(guarding, Operation.ENTRIES, () -> ordered.byInsertion().toList());
    }
}
