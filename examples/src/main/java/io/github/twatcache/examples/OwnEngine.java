package io.github.twatcache.examples;

import io.github.twatcache.TwatCache;
import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Trait;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** How do I bring an engine of my own? Here: a map without a limit, see {@link MapStore}. */
public final class OwnEngine implements Engine {
    private static final AtomicInteger CALLS = new AtomicInteger();

    /** Makes the engine. */
    public OwnEngine() {}

    @Override
    public String name() {
        return "map";
    }

    @Override
    public int rank() {
        return -1; // only where it is asked for by name
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.BY_REFERENCE);
    }

    @Override
    public Availability availability() {
        return new Availability.Available();
    }

    @Override
    public <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
        return new MapStore<>();
    }

    static int square(int n) {
        CALLS.incrementAndGet();
        return n * n;
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (TwatCache twat = TwatCache.builder().engine(new OwnEngine()).open()) {
            var square = twat.cache("squares").engine("map").memoize(OwnEngine::square);
            Claim.that("computed once", square.apply(5) + square.apply(5) == 50 && CALLS.get() == 1);
            Claim.that("on the engine that was named", square.explain().engine().equals("map"));
            try {
                twat.cache("few").engine("map").maximumSize(3).memoize(OwnEngine::square);
                throw new IllegalStateException("maximumSize must have been refused");
            } catch (ConfigurationException e) {
                Claim.that("what it does not claim is refused: " + e.getMessage(), true);
            }
        }
    }
}
