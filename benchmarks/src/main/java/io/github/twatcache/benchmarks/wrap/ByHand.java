package io.github.twatcache.benchmarks.wrap;

import io.github.twatcache.Cached1;
import io.github.twatcache.Cached3;
import io.github.twatcache.TwatCache;

/** What somebody would write who does without annotations: a field for each memoized method. */
final class ByHand implements Prices {
    private final Prices target;
    private final Cached1<Integer, String, RuntimeException> one;
    private final Cached3<Integer, String, Long, String, RuntimeException> three;

    ByHand(TwatCache twat, Prices target) {
        this.target = target;
        this.one = twat.cache("one by hand")
                .engine("caffeine")
                .maximumSize(Wraps.CAPACITY)
                .memoize(target::one);
        this.three = twat.cache("three by hand")
                .engine("caffeine")
                .maximumSize(Wraps.CAPACITY)
                .memoize(target::three);
    }

    @Override
    public String one(Integer item) {
        return one.apply(item);
    }

    @Override
    public String three(int item, String shop, long day) {
        return three.apply(item, shop, day);
    }

    @Override
    public int plain(int item) {
        return target.plain(item);
    }
}
