package io.github.twatcache.testkit;

import static io.github.twatcache.testkit.Face.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.LoadContext;
import io.github.twatcache.spi.Trait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Contract 4.10: an engine that hands out fresh values hands them out fresh to those too who have joined one load; one that hands
 * them out by reference does with {@code copyOnRead()}. However they ask, none sees what another does to his value.
 */
@Contract("4.10 values of those who join")
public abstract class JoinersContract extends EngineContract {
    /** Makes a contract. */
    protected JoinersContract() {}

    private CacheBuilder fresh() {
        return claims(Trait.BY_REFERENCE) ? cache().copyOnRead() : cache();
    }

    private Cache<String, double[]> arrays() {
        return fresh().types(String.class, double[].class).build();
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
