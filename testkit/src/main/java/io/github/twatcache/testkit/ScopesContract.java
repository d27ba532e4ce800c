package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Cached1;
import io.github.twatcache.Explanation;
import io.github.twatcache.Scope;
import io.github.twatcache.config.Mode;
import io.github.twatcache.config.Sourced;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.spi.Trait;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scopes: what they override holds for the caches made inside, on their thread, until they end. */
@Contract("3.9 scopes")
public abstract class ScopesContract extends EngineContract {
    private static final List<Mode> MODES = List.of(Mode.values());

    private final AtomicInteger runs = new AtomicInteger();

    /** Makes a contract. */
    protected ScopesContract() {}

    private int run(int n) {
        runs.incrementAndGet();
        return n;
    }

    private Cached1<Integer, Integer, RuntimeException> made(String name) {
        return cache(name).memoize(this::run);
    }

    @SuppressWarnings("deprecation") // threadId() is there from Java 19 on
    private static long id(Thread thread) {
        return thread.getId();
    }

    private static Sourced<?> given(Explanation explanation, String key) {
        return there(explanation.settings().get(key));
    }

    /** The settings that a scope has given; a run may give others to every cache. */
    private static List<String> ofScopes(Explanation explanation) {
        return explanation.settings().entrySet().stream()
                .filter(given -> given.getValue().source().equals("scope"))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A source of threads. */
    public interface Threads {
        /**
         * Starts one.
         *
         * @param role what it does
         * @return the running thread
         */
        Thread start(Runnable role);
    }

    /** Threads of the platform, and virtual ones on the JDKs that have them. */
    static Stream<Named<Threads>> kinds() {
        List<Named<Threads>> kinds = new ArrayList<>();
        kinds.add(Named.of("platform threads", role -> {
            Thread thread = new Thread(role, "scoped");
            thread.setDaemon(true);
            thread.start();
            return thread;
        }));
        try {
            Method virtual = Thread.class.getMethod("startVirtualThread", Runnable.class);
            kinds.add(Named.of("virtual threads", role -> {
                try {
                    return (Thread) virtual.invoke(null, role);
                } catch (ReflectiveOperationException e) {
                    throw new LinkageError("Thread.startVirtualThread cannot be called", e);
                }
            }));
        } catch (NoSuchMethodException beforeJdk21) {
            assertThat(Runtime.version().feature())
                    .as("virtual threads come with 21")
                    .isLessThan(21);
        }
        return kinds.stream();
    }

    @Test
    void scope_thatSwitchesCachingOff_holdsForWhatIsMadeInsideAndNothingElse() {
        var before = made("before");
        try (Scope scope = twat().scope(c -> c.engine("null"))) {
            assertThat(scope.toString()).contains("engine=null");
            var inside = made("inside");
            assertThat(inside.apply(1) + inside.apply(1)).isEqualTo(2);
            assertThat(inside.explain().engine()).isEqualTo("null");
            assertThat(before.apply(1) + before.apply(1)).isEqualTo(2);
        }
        var after = made("after");
        assertThat(after.apply(1) + after.apply(1)).isEqualTo(2);
        assertThat(after.explain().engine()).isEqualTo(engine().name());
        assertThat(runs).hasValue(2 + 1 + 1);
    }

    @Test
    void scope_thatSwitchesCachingOff_keepsNothingOfASplitNorOfAFallback() {
        try (Scope scope = twat().scope(c -> c.engine("null"))) {
            var split = cache("split").split(4).memoize(this::run);
            assertThat(split.explain().engine()).isEqualTo("null");
            assertThat(split.explain().settings()).doesNotContainKey("split");
            assertThat(split.explain().notes())
                    .anyMatch(note -> note.startsWith("split = ") && note.contains("engine = null (from scope)"));
            assertThat(split.apply(1) + split.apply(1)).isEqualTo(2);
            var guarded = cache("guarded").fallback("null").memoize(this::run);
            assertThat(guarded.apply(1) + guarded.apply(1)).isEqualTo(2);
            assertThat(scope).isNotNull();
        }
        assertThat(runs).hasValue(4);
    }

    @Test
    void scope_nested_inheritsAndTheInnerWins() {
        try (Scope outer = twat().scope(c -> c.statistics().mode(Mode.OFF))) {
            try (Scope inner = twat().scope(c -> c.mode(Mode.READ_ONLY))) {
                Explanation explanation = made("inner").explain();
                assertThat(given(explanation, "statistics").source()).isEqualTo("scope");
                assertThat(given(explanation, "mode").value()).isEqualTo(Mode.READ_ONLY);
                assertThat(inner).isNotSameAs(outer);
            }
            assertThat(given(made("outer").explain(), "mode").value()).isEqualTo(Mode.OFF);
        }
        assertThat(ofScopes(made("outside").explain())).isEmpty();
    }

    @Test
    void scope_limit_holdsWhereTheEngineHasItAndIsSkippedElse() {
        try (Scope scope = twat().scope(c -> c.maximumSize(1))) {
            Explanation explanation = made("limited").explain();
            if (claims(Trait.MAXIMUM_SIZE)) {
                assertThat(given(explanation, "maximum-size").source()).isEqualTo("scope");
                assertThat(given(explanation, "maximum-size").value()).isEqualTo(1L);
            } else {
                assertThat(ofScopes(explanation)).isEmpty();
                assertThat(explanation.notes())
                        .singleElement()
                        .asString()
                        .contains("maximum-size = 1 (from scope) is skipped", engine().name());
            }
            assertThat(scope).isNotNull();
        }
    }

    @Test
    void scope_sameNameInsideAndOutside_isApartOrRefused() {
        var outside = made("same");
        outside.apply(1);
        try (Scope scope = twat().scope(CacheBuilder::statistics)) {
            if (claims(Trait.PERSISTENT)) {
                // One place, in which two caches at once would not know of each other's changes.
                assertThatExceptionOfType(ConfigurationException.class)
                        .isThrownBy(() -> made("same"))
                        .withMessageContainingAll(
                                "cache 'same' outlives this program in one place",
                                "statistics is not set there and true here",
                                "close the one before the other is made");
            } else {
                var inside = made("same");
                assertThat(inside.isCached(1)).isFalse();
                inside.apply(2);
                assertThat(outside.isCached(2)).isFalse();
            }
            assertThat(scope).isNotNull();
        }
        assertThat(made("same").explain()).isEqualTo(outside.explain());
        assertThat(outside.isCached(1)).isTrue();
    }

    @Test
    void settings_insideAScope_areThoseOfTheCacheThatWasMadeThere() {
        if (claims(Trait.PERSISTENT)) {
            return; // one place cannot serve two scopes at once
        }
        made("same");
        try (Scope scope = twat().scope(c -> c.statistics().mode(Mode.READ_ONLY))) {
            assertThat(twat().mode("same")).as("none was made here yet").isEqualTo(Mode.ON);
            made("same");
            assertThat(twat().settings("same").get("statistics").orElseThrow().source())
                    .isEqualTo("scope");
            assertThat(twat().mode("same")).isEqualTo(Mode.READ_ONLY);
            assertThat(scope).isNotNull();
        }
        assertThat(twat().settings("same").get("statistics").orElseThrow().source())
                .isNotEqualTo("scope");
        assertThat(twat().mode("same")).isEqualTo(Mode.ON);
    }

    @Test
    void scope_exception_isCleanedUp() {
        assertThatIllegalStateException().isThrownBy(() -> {
            try (Scope outer = twat().scope(c -> c.engine("null"));
                    Scope inner = twat().scope(CacheBuilder::statistics)) {
                throw new IllegalStateException(outer + " " + inner);
            }
        });
        Explanation explanation = made("after").explain();
        assertThat(explanation.engine()).isEqualTo(engine().name());
        assertThat(ofScopes(explanation)).isEmpty();
    }

    @Test
    void scope_cacheThatCannotBeOpened_leavesTheScopeAndTheNameAsTheyWere() {
        try (Scope scope = twat().scope(c -> c.engine("nowhere"))) {
            assertThatExceptionOfType(EngineUnavailableException.class).isThrownBy(() -> made("refused"));
            assertThat(twat().caches()).isEmpty();
            assertThat(scope).isNotNull();
        }
        assertThat(made("refused").explain().engine()).isEqualTo(engine().name());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void scope_otherThreads_doNotSeeItNorMayTheyCloseIt(Threads threads) throws InterruptedException {
        AtomicReferenceArray<Object> seen = new AtomicReferenceArray<>(3);
        try (Scope scope = twat().scope(c -> c.engine("null"))) {
            Runnable close = scope::close;
            threads.start(() -> {
                        Thread mine = Thread.currentThread();
                        seen.set(2, mine.getName().isEmpty() ? "virtual thread #" + id(mine) : "thread 'scoped'");
                        seen.set(0, made("theirs").explain().engine());
                        try {
                            close.run();
                        } catch (IllegalStateException refused) {
                            seen.set(1, refused);
                        }
                    })
                    .join();
            assertThat(made("mine").explain().engine()).isEqualTo("null");
        }
        assertThat(seen.get(0)).isEqualTo(engine().name());
        assertThat(seen.get(1))
                .isInstanceOfSatisfying(
                        IllegalStateException.class,
                        refused -> assertThat(refused)
                                .hasMessageContaining("belongs to the thread that opened it, thread '"
                                        + Thread.currentThread().getName() + "', and was to be closed by "
                                        + seen.get(2) + ";"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void scope_manyThreadsAtOnce_eachHasItsOwnAndNoneIsLeft(Threads threads) throws InterruptedException {
        int many = 50;
        assertThat(twat().caches()).isEmpty(); // opened here, not by each of them
        AtomicReferenceArray<Object> inside = new AtomicReferenceArray<>(many);
        AtomicReferenceArray<Object> after = new AtomicReferenceArray<>(many);
        CountDownLatch all = new CountDownLatch(many);
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            int mine = i;
            Mode mode = MODES.get(i % MODES.size());
            running.add(threads.start(() -> {
                try (Scope scope = twat().scope(c -> c.mode(mode))) {
                    all.countDown();
                    Actor.await(all); // all scopes are open at once
                    inside.set(mine, given(made("in-" + mine).explain(), "mode").value());
                    assertThat(scope).isNotNull();
                }
                after.set(mine, ofScopes(made("out-" + mine).explain()));
            }));
        }
        for (int i = 0; i < many; i++) {
            running.get(i).join();
            assertThat(inside.get(i)).isEqualTo(MODES.get(i % MODES.size()));
            assertThat(after.get(i).toString()).isEqualTo("[]");
        }
    }
}
