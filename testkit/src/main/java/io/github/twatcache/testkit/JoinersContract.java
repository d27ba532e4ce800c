package io.github.twatcache.testkit;

import static io.github.twatcache.testkit.Face.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.AsyncCache;
import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.LoadContext;
import io.github.twatcache.TwatCache;
import io.github.twatcache.function.AsyncFn1;
import io.github.twatcache.spi.Trait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Contract 4.10: an engine that hands out fresh values hands them out fresh to those too who have joined one load; one that hands
 * them out by reference does with {@code copyOnRead()}. However they ask, none sees what another does to his value.
 */
@Contract("4.10 values of those who join")
public abstract class JoinersContract extends EngineContract {
    private static final Duration NEVER = Duration.ofDays(1);

    /** Makes a contract. */
    protected JoinersContract() {}

    private CacheBuilder fresh() {
        return fresh(cache());
    }

    private CacheBuilder fresh(CacheBuilder builder) {
        return claims(Trait.BY_REFERENCE) ? builder.copyOnRead() : builder;
    }

    private Cache<String, double[]> arrays() {
        return arrays(fresh());
    }

    private static Cache<String, double[]> arrays(CacheBuilder builder) {
        return builder.types(String.class, double[].class).build();
    }

    /** What a call computes, if it is the one that does. */
    private static final class Run {
        final CountDownLatch begun = new CountDownLatch(1);
        final CompletableFuture<double[]> value = new CompletableFuture<>();
        boolean unstored;

        CompletableFuture<double[]> begin() {
            if (unstored) {
                LoadContext.current().doNotStore();
            }
            begun.countDown();
            return value;
        }

        double[] await() {
            return result(begin());
        }
    }

    private enum Asks {
        GET {
            @Override
            CompletableFuture<double[]> ask(Cache<String, double[]> cache, String key, Run run) {
                return thread(() -> cache.get(key, same -> run.await()));
            }
        },
        GET_ASYNC {
            @Override
            CompletableFuture<double[]> ask(Cache<String, double[]> cache, String key, Run run) {
                return cache.async().get(key, same -> run.begin());
            }
        },
        GET_ALL {
            @Override
            CompletableFuture<double[]> ask(Cache<String, double[]> cache, String key, Run run) {
                return thread(() -> of(key, cache.getAll(List.of(key), keys -> Map.of(key, run.await()))));
            }
        },
        GET_ALL_ASYNC {
            @Override
            CompletableFuture<double[]> ask(Cache<String, double[]> cache, String key, Run run) {
                return cache.async()
                        .getAll(List.of(key), keys -> run.begin().thenApply(value -> Map.of(key, value)))
                        .thenApply(all -> of(key, all));
            }
        };

        abstract CompletableFuture<double[]> ask(Cache<String, double[]> cache, String key, Run run);

        private static double[] of(String key, Map<String, double[]> all) {
            return there(all.get(key));
        }

        private static CompletableFuture<double[]> thread(Callable<double[]> call) {
            CompletableFuture<double[]> answer = new CompletableFuture<>();
            Actor.<@Nullable Void>start(() -> {
                try {
                    answer.complete(call.call());
                } catch (Throwable thrown) {
                    answer.completeExceptionally(thrown);
                }
                return null;
            });
            return answer;
        }
    }

    /** Has one call compute and others join it, and gives each answer as it was before anybody has changed his. */
    private static List<double[]> answers(Cache<String, double[]> cache, Asks owner, boolean unstored) {
        String key = owner.name();
        Run run = new Run();
        run.unstored = unstored;
        List<CompletableFuture<double[]>> asked = new ArrayList<>(List.of(owner.ask(cache, key, run)));
        Actor.await(run.begun);
        for (Asks joiner : Asks.values()) {
            long before = cache.stats().waits();
            asked.add(joiner.ask(cache, key, new Run()));
            Actor.until("a call has joined", () -> cache.stats().waits() > before);
        }
        run.value.complete(new double[] {3, 1, 2});
        return asked.stream().map(Face::result).toList();
    }

    private static void assertApart(Asks owner, List<double[]> answers) {
        assertThat(answers)
                .as("owner %s", owner)
                .allSatisfy(answer -> assertThat(answer).containsExactly(3, 1, 2));
        for (int i = 0; i < answers.size(); i++) {
            Arrays.fill(answers.get(i), i);
        }
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i))
                    .as("owner %s, %s. who has joined", owner, i)
                    .containsExactly(i, i, i);
        }
    }

    @Test
    void joiners_changeTheirArrays_noneSeesAnothers() {
        Cache<String, double[]> cache = arrays();
        for (Asks owner : Asks.values()) {
            assertApart(owner, answers(cache, owner, false));
            assertThat(cache.getIfPresent(owner.name())).containsExactly(3, 1, 2);
        }
    }

    /** What was not stored cannot be read: it is copied as far as arrays and collections go. */
    @Test
    void joiners_ofWhatIsNotStored_haveCopies() {
        Cache<String, double[]> cache = arrays();
        for (Asks owner : List.of(Asks.GET, Asks.GET_ASYNC)) {
            assertApart(owner, answers(cache, owner, true));
            assertThat(cache.contains(owner.name())).isFalse();
        }
    }

    /** A caller with a time limit waits for a load of the background, its own or another's. */
    @Test
    void joiners_withATimeLimit_noneSeesAnothers() {
        Cache<String, double[]> cache = arrays(fresh().hardTimeout(NEVER));
        for (Asks owner : Asks.values()) {
            assertApart(owner, answers(cache, owner, false));
            assertThat(cache.getIfPresent(owner.name())).containsExactly(3, 1, 2);
        }
        cache.clear();
        for (Asks owner : List.of(Asks.GET, Asks.GET_ASYNC)) {
            assertApart(owner, answers(cache, owner, true));
        }
    }

    @Test
    void joiners_ofALoadThatWaitsForAThread_noneSeesAnothers() {
        Tasks tasks = new Tasks();
        try (TwatCache instance = builder().executor(tasks).open()) {
            Cache<String, double[]> cache =
                    arrays(fresh(cacheIn(instance, "queued")).hardTimeout(NEVER));
            for (boolean unstored : new boolean[] {false, true}) {
                String key = "unstored " + unstored;
                Run run = new Run();
                run.unstored = unstored;
                run.value.complete(new double[] {3, 1, 2});
                List<CompletableFuture<double[]>> asked = new ArrayList<>(List.of(Asks.GET.ask(cache, key, run)));
                Actor.until("it waits for a thread", () -> tasks.waiting() == 1);
                for (int i = 0; i < 2; i++) {
                    long before = cache.stats().waits();
                    asked.add(Asks.GET.ask(cache, key, new Run()));
                    Actor.until("a call has joined", () -> cache.stats().waits() > before);
                }
                tasks.run();
                assertApart(Asks.GET, asked.stream().map(Face::result).toList());
                assertThat(cache.contains(key)).isNotEqualTo(unstored);
            }
        }
    }

    /** A key that was removed and asked for again, while its loads are gathered into one call, has two loads that it answers. */
    @Test
    void twoLoadsOfAKey_inOneRoom_noneSeesTheOthers() {
        AsyncCache<String, double[]> cache = arrays().async();
        AtomicInteger entered = new AtomicInteger();
        AsyncFn1<String, double[]> gathering = cache.coalescing(
                keys -> CompletableFuture.completedFuture(keys.stream()
                        .collect(Collectors.toMap(key -> key, key -> new double[] {3, 1, 2}))),
                2,
                NEVER);
        AsyncFn1<String, double[]> loader = key -> {
            CompletionStage<double[]> stage = gathering.apply(key);
            entered.incrementAndGet();
            return stage;
        };
        CompletableFuture<double[]> older = cache.get("k", loader);
        Actor.until("it has entered", () -> entered.get() == 1);
        result(cache.remove("k"));
        CompletableFuture<double[]> newer = cache.get("k", loader);
        Actor.until("both have entered", () -> entered.get() == 2);
        CompletableFuture<double[]> last = cache.get("fills the room", loader);
        assertApart(Asks.GET_ASYNC, List.of(result(older), result(newer), result(last)));
        assertThat(result(cache.getIfPresent("k"))).containsExactly(3, 1, 2);
    }

    /** Who has removed the key, or put another value, does not take the load's own away from those who wait for it. */
    @Test
    void joiners_ofALoadThatWasDetached_haveItsValue() {
        Cache<String, double[]> cache = arrays();
        Run run = new Run();
        CompletableFuture<double[]> owner = Asks.GET.ask(cache, "k", run);
        Actor.await(run.begun);
        CompletableFuture<double[]> joiner = Asks.GET_ASYNC.ask(cache, "k", new Run());
        Actor.until("a call has joined", () -> cache.stats().waits() > 0);
        cache.put("k", new double[] {0});
        run.value.complete(new double[] {3, 1, 2});
        assertApart(Asks.GET, List.of(result(owner), result(joiner)));
        assertThat(cache.getIfPresent("k")).containsExactly(0);
    }
}
