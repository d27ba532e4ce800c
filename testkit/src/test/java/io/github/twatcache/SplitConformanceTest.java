package io.github.twatcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.heap.HeapEngine;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.testkit.EngineConformance;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** The two stores of a split, as one engine, pass the whole suite: wherever their values go. */
final class SplitConformanceTest {
    private static SplitEngine split(long threshold) {
        return new SplitEngine(threshold, SplitEngine.Part.of(new HeapEngine()), SplitEngine.Part.of(new HeapEngine()));
    }

    /** All in the second part; that the first is as good, the mixed ones show. */
    @Nested
    final class AllLarge extends EngineConformance {
        @Override
        protected Engine engine() {
            return new Named(split(-1), true);
        }
    }

    /**
     * Numbers here, texts there, so that half of all updates move. Limits, which each of the two keeps by itself, are left
     * out, and so tested as refusals.
     */
    @Nested
    final class Mixed extends EngineConformance {
        @Override
        protected Engine engine() {
            return new Named(split(24), false);
        }
    }

    /** The same on two engines that write bytes. */
    @Nested
    final class MixedBytes extends EngineConformance {
        @Override
        protected Engine engine() {
            return new Named(
                    new SplitEngine(
                            24, SplitEngine.Part.of(LastingEngine.disk()), SplitEngine.Part.of(LastingEngine.files())),
                    false);
        }
    }

    /** A split under a name by which it can be asked for. */
    private record Named(SplitEngine split, boolean limited) implements Engine {
        @Override
        public String name() {
            return "mixed";
        }

        @Override
        public int rank() {
            return split.rank();
        }

        @Override
        public Set<Trait> traits() {
            Set<Trait> traits = EnumSet.copyOf(split.traits());
            if (!limited) {
                traits.remove(Trait.MAXIMUM_SIZE);
                traits.remove(Trait.MAXIMUM_WEIGHT);
            }
            return traits;
        }

        @Override
        public Availability availability() {
            return split.availability();
        }

        @Override
        public <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
            return split.open(spec, context);
        }
    }
}
