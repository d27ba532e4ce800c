package io.github.twatcache.benchmarks.wrap;

/** The target. */
final class RealPrices implements Prices {
    @Override
    public String one(Integer item) {
        return "price " + item;
    }

    @Override
    public String three(int item, String shop, long day) {
        return shop + item + day;
    }

    @Override
    public int plain(int item) {
        return item + 1;
    }
}
