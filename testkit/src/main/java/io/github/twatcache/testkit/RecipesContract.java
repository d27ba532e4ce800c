package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.Cache;
import io.github.twatcache.Recipes;
import io.github.twatcache.error.LockTimeoutException;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.shared.Average;
import io.github.twatcache.shared.Throttle;
import io.github.twatcache.spi.Trait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What several processes agree on beside locks: barriers, throttles, averages. */
@Contract("§3 recipes")
public abstract class RecipesContract extends EngineContract {
    /** Makes a contract. */
    protected RecipesContract() {}

    private Recipes recipes() {
        Cache<String, String> cache = cache().types(String.class, String.class).build();
        return Recipes.of(cache);
    }

    private boolean refused() {
        return refuses(Trait.LOCKS, this::recipes);
    }

    @Test
    void barrier_manyCallers_oneAtATime() {
        if (refused()) {
            return;
        }
        Recipes recipes = recipes();
        AtomicInteger inside = new AtomicInteger();
        Fn1<Integer, Integer, RuntimeException> function = recipes.barrier("b", (Integer n) -> {
            assertThat(inside.incrementAndGet()).isEqualTo(1);
            inside.decrementAndGet();
            return n + 1;
        });
        List<Actor<Integer>> actors = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int first = t * 100;
            actors.add(Actor.start(() -> {
                int sum = 0;
                for (int i = 0; i < 20; i++) {
                    sum += function.apply(first);
                }
                return sum;
            }));
        }
        for (int t = 0; t < 4; t++) {
            assertThat(actors.get(t).result()).isEqualTo(20 * (t * 100 + 1));
        }
    }

    @Test
    void barrier_throws_theSameAndFree() {
        if (refused()) {
            return;
        }
        Recipes recipes = recipes();
        Exception thrown = new Exception("out of paper");
        Fn1<String, String, Exception> function = recipes.barrier("b", (String page) -> {
            throw thrown;
        });
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> function.apply("p"))
                .isSameAs(thrown);
        assertThat(Actor.start(() -> recipes.lock("b").tryLock()).result()).isTrue();
    }

    @Test
    void throttle_clockStands_soManyAndNoMore() {
        if (refused()) {
            return;
        }
        Throttle throttle = recipes().throttle("t", 5, Duration.ofSeconds(1));
        for (int i = 0; i < 5; i++) {
            assertThat(throttle.tryAcquire()).as("call %s", i).isTrue();
        }
        assertThat(throttle.tryAcquire()).isFalse();
        assertThatExceptionOfType(LockTimeoutException.class)
                .isThrownBy(() -> throttle.acquire(Duration.ofMillis(100)))
                .withMessageContaining("'t'")
                .withMessageContaining("200ms");
        ticker.advance(Duration.ofMillis(199));
        assertThat(throttle.tryAcquire()).isFalse();
        ticker.advance(Duration.ofMillis(1));
        assertThat(recipes().throttle("t", 5, Duration.ofSeconds(1)).tryAcquire())
                .isTrue();
        assertThat(throttle.tryAcquire()).isFalse();
        ticker.advance(Duration.ofHours(1));
        for (int i = 0; i < 5; i++) {
            assertThat(throttle.tryAcquire()).isTrue();
        }
        assertThat(throttle.tryAcquire()).isFalse();
        assertThat(recipes().throttle("other", 1, Duration.ofSeconds(1)).tryAcquire())
                .isTrue();
    }

    @Test
    void average_byManyThreads_exact() {
        if (refused()) {
            return;
        }
        Average average = recipes().average("a");
        assertThat(average.mean()).isEmpty();
        List<Actor<Void>> actors = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int first = t;
            actors.add(Actor.start(() -> {
                for (int i = 0; i < 50; i++) {
                    average.add(first);
                }
                return null;
            }));
        }
        actors.forEach(Actor::result);
        assertThat(average.count()).isEqualTo(200);
        assertThat(average.mean()).hasValue(1.5);
        assertThat(average.add(202.5)).isEqualTo(502.5 / 201);
        assertThat(average.reset()).hasValue(502.5 / 201);
        assertThat(average.mean()).isEmpty();
        assertThat(average.add(7)).isEqualTo(7);
    }
}
