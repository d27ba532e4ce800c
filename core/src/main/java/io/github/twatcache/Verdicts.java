package io.github.twatcache;

import io.github.twatcache.failure.Thrown;
import io.github.twatcache.key.Unended;
import io.github.twatcache.load.Judge;
import io.github.twatcache.load.Unfit;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.Weigher;
import io.github.twatcache.stats.Unstored;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * On what terms the entries of one cache are kept: its rules, its tags, its jitter, its weights, put together once.
 *
 * @param rules the user's functions
 * @param staticTags what every entry is tagged with
 * @param weigher what weighs, or {@code null} where nothing does
 * @param jitter the part of a lifetime that chance may take away; 0 for none
 * @param lifetimeNanos the cache's own lifetime, which jitter shortens; {@link Terms#UNSET} where there is none
 */
record Verdicts(
        ResultRules rules,
        Set<String> staticTags,
        @Nullable Weigher<Object, @Nullable Object> weigher,
        double jitter,
        long lifetimeNanos) {
    /** Whether there is nothing to decide, so that no call need bring its arguments along. */
    boolean plain() {
        return rules.expireAfter == null
                && rules.storeIf == null
                && rules.tags == null
                && staticTags.isEmpty()
                && weigher == null
                && jitter == 0;
    }

    /** The judge of one call: what it decides from are the arguments as the caller gave them. */
    Judge of(@Nullable Object... args) {
        return new Judge() {
            @Override
            public Terms loaded(Object key, @Nullable Object value) throws Unfit {
                return Verdicts.this.loaded(key, value, args);
            }

            @Override
            public Terms put(Object key, @Nullable Object value, Terms asked) throws Unfit {
                return Verdicts.this.put(key, value, asked, args);
            }
        };
    }

    private Terms loaded(Object key, @Nullable Object value, @Nullable Object[] args) throws Unfit {
        if (value != null && Unended.of(value.getClass()) != Unended.NOT) {
            throw new Unfit(Unstored.UNSUITABLE);
        }
        try {
            if (rules.storeIf != null && !rules.storeIf.apply(args, value)) {
                throw new Unfit(Unstored.CONDITION);
            }
            return put(key, value, Terms.PLAIN, args);
        } catch (Unfit decided) {
            throw decided;
        } catch (Throwable failed) {
            Thrown.passUnlessFailure(failed);
            throw new Unfit(Unstored.FUNCTION_FAILED, failed);
        }
    }

    private Terms put(Object key, @Nullable Object value, Terms asked, @Nullable Object[] args) throws Unfit {
        Terms terms = lifetime(asked, value, args);
        Collection<String> more = rules.tags == null ? Set.of() : rules.tags.apply(args, value);
        if (!more.isEmpty() || !staticTags.isEmpty()) {
            Set<String> all = new HashSet<>(terms.tags());
            all.addAll(staticTags);
            all.addAll(more);
            terms = terms.tagged(all);
        }
        return weigher == null ? terms : terms.weighing(weighed(key, value, weigher));
    }

    private Terms lifetime(Terms asked, @Nullable Object value, @Nullable Object[] args) throws Unfit {
        long nanos = asked.freshNanos();
        if (nanos == Terms.UNSET && rules.expireAfter != null) {
            Duration own = rules.expireAfter.apply(args, value);
            if (own != null) {
                nanos = Nanos.of(own);
                if (nanos <= 0) {
                    throw new Unfit(Unstored.EXPIRED);
                }
            }
        }
        if (jitter > 0) {
            long whole = nanos == Terms.UNSET ? lifetimeNanos : nanos;
            if (whole != Terms.UNSET && whole != Terms.FOREVER) {
                double part = 1 - jitter * ThreadLocalRandom.current().nextDouble();
                nanos = Math.max(1, (long) (whole * part));
            }
        }
        return nanos == asked.freshNanos() ? asked : asked.lasting(nanos);
    }

    private static int weighed(Object key, @Nullable Object value, Weigher<Object, @Nullable Object> weigher) {
        int weight = weigher.weigh(key, Cast.to(value));
        if (weight < 0) {
            throw new IllegalArgumentException("a weight must not be negative, but the weigher returned " + weight
                    + "; let it return 0 for what shall weigh nothing");
        }
        return weight;
    }
}
