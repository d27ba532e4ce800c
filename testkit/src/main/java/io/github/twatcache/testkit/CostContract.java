package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.twatcache.Cache;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.Unstored;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Contract 4.7: how long a value took to compute decides when it is computed anew by chance, and whether it is kept. */
@Contract("4.7 what it took to compute")
public abstract class CostContract extends FreshnessFixture {
    /** Makes a contract. */
    protected CostContract() {}

    @Test
    void storeIfSlowerThan_quickOnesAreNotStored() {
        Cache<String, String> cache = fresh().storeIfSlowerThan(Duration.ofMillis(5))
                .types(String.class, String.class)
                .build();
        assertThat(cache.get("quick", key -> took(Duration.ofMillis(5).minus(TICK))))
                .isEqualTo("v");
        assertThat(cache.get("slow", key -> took(Duration.ofMillis(5)))).isEqualTo("v");
        assertThat(cache.contains("quick")).isFalse();
        assertThat(cache.contains("slow")).isTrue();
        assertThat(stats().unstoredCount(Unstored.CONDITION)).isEqualTo(1);
    }

    /**
     * XFetch: of n independent looks at a value that took c to compute and is fresh for d more, the computation is begun in a
     * fraction e^(-d / (c * beta)) of them. The oracle is the formula; the number of successes of n draws is binomial.
     */
    @Test
    void earlyRecomputation_asOftenAsTheFormulaSays() {
        if (refuses(Trait.STALE)) {
            return;
        }
        double beta = 1.5;
        long cost = 1_000_000;
        long life = 100 * cost;
        SplittableRandom random = new SplittableRandom(20260101);
        Cache<Integer, String> cache = fresh().earlyRecomputation(beta)
                .expireAfterWrite(Duration.ofNanos(life))
                .types(Integer.class, String.class)
                .build();
        int key = 0;
        // What is refused is counted and changes nothing: each look is like the one before.
        tasks.full(true);
        for (double costsLeft : new double[] {0.1, 0.5, 1, 2, 4, 8}) {
            // Each look at a store that reads bytes takes its time.
            int looks = claims(Trait.BY_REFERENCE) ? 4_000 : 400;
            long before = stats().refused();
            long left = (long) (costsLeft * cost);
            int one = key++;
            cache.get(one, k -> took(Duration.ofNanos(cost)));
            ticker.advance(life - left);
            for (int i = 0; i < looks; i++) {
                chance = random.nextDouble();
                assertThat(cache.get(one, k -> took(Duration.ofNanos(cost)))).isEqualTo("v");
            }
            double expected = Math.exp(-costsLeft / beta);
            double sigma = Math.sqrt(expected * (1 - expected) / looks);
            assertThat((double) (stats().refused() - before) / looks)
                    .as("with %s costs left", costsLeft)
                    .isCloseTo(expected, within(3 * sigma));
        }
    }

    @Test
    void earlyRecomputation_longBefore_neverAsked() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache = fresh().earlyRecomputation(1)
                .expireAfterWrite(HOUR)
                .types(String.class, String.class)
                .build();
        chance = 0.999_999;
        cache.get("k", key -> took(Duration.ofSeconds(1)));
        ticker.advance(HOUR.minus(Duration.ofSeconds(22)));
        cache.get("k", key -> took(Duration.ofSeconds(1)));
        assertThat(tasks.waiting()).isZero();
        ticker.advance(Duration.ofSeconds(20));
        cache.get("k", key -> took(Duration.ofSeconds(1)));
        assertThat(tasks.waiting()).isEqualTo(1);
    }
}
