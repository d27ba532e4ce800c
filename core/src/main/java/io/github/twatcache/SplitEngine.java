package io.github.twatcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Setting;
import io.github.twatcache.failure.Thrown;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Trait;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Two engines as one: values of up to a size are kept on the one, larger ones on the other.
 *
 * <p>It can do what both can, with these exceptions: it is not shared by processes, since no step that concerns both
 * stores is atomic beyond this one; and its limit is not exact as a whole, since each of the two stores keeps to the
 * maximum by itself.
 */
final class SplitEngine implements Engine {
    private static final Set<Trait> NOT_OF_TWO = EnumSet.of(
            Trait.MULTI_PROCESS,
            Trait.DISTRIBUTED,
            Trait.EXACT_LIMIT,
            Trait.COUNTERS,
            Trait.LOCKS,
            Trait.QUEUES,
            Trait.TRANSACTIONS,
            Trait.STREAMS,
            Trait.ORDERED,
            Trait.LEASES,
            Trait.MAINTENANCE);

    /** What the first of the two keeps, in words. */
    static final String SMALL = "small values";

    /** What the other keeps. */
    static final String LARGE = "large values";

    /**
     * One of the two.
     *
     * @param values what it keeps, in words
     * @param engine the engine
     * @param settings makes its settings of those of the whole
     * @param effective what its store says of settings that stand where its entries are
     */
    record Part(String values, Engine engine, UnaryOperator<CacheSpec> settings, Effective effective) {
        Part(String values, Engine engine, UnaryOperator<CacheSpec> settings) {
            this(values, engine, settings, new Effective());
        }

        static Part of(Engine engine) {
            return new Part("values on '" + engine.name() + "'", engine, spec -> spec.onEngine(engine.name()));
        }

        private <K> Store<K> open(CacheSpec spec, SplitReports<K> reports) {
            return engine.open(settings.apply(spec), reports.of(effective));
        }
    }

    private final long threshold;
    private final Part small;
    private final Part large;
    private boolean largeFailed;

    SplitEngine(long threshold, Part small, Part large) {
        this.threshold = threshold;
        this.small = small;
        this.large = large;
    }

    /** Whether it is the engine of the large values that could not be opened. */
    boolean largeFailed() {
        return largeFailed;
    }

    /** The two, the one for small values first. */
    Engine[] parts() {
        return new Engine[] {small.engine, large.engine};
    }

    /** The settings of the two where they differ from those of the whole. */
    SplitSettings settings(CacheSpec whole) {
        return new SplitSettings(whole, List.of(small, large));
    }

    @Override
    public String name() {
        return "split(" + small.engine.name() + ", " + large.engine.name() + ")";
    }

    @Override
    public int rank() {
        return Math.min(small.engine.rank(), large.engine.rank());
    }

    @Override
    public Set<Trait> traits() {
        Set<Trait> both = EnumSet.noneOf(Trait.class);
        both.addAll(small.engine.traits());
        both.retainAll(large.engine.traits());
        both.removeAll(NOT_OF_TWO);
        if (small.engine.traits().contains(Trait.ADMISSION)
                || large.engine.traits().contains(Trait.ADMISSION)) {
            both.add(Trait.ADMISSION);
        }
        return both;
    }

    @Override
    public boolean keepsCost() {
        return small.engine.keepsCost() || large.engine.keepsCost();
    }

    @Override
    public List<Setting<?>> settings() {
        Set<Setting<?>> either = new LinkedHashSet<>(small.engine.settings());
        either.addAll(large.engine.settings());
        return List.copyOf(either);
    }

    @Override
    public Availability availability() {
        return Engines.availability(small.engine) instanceof Availability.Unavailable missing
                ? missing
                : Engines.availability(large.engine);
    }

    @Override
    public boolean bounds(CacheSpec spec) {
        return small.engine.bounds(spec) || large.engine.bounds(spec);
    }

    @Override
    public <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
        SplitReports<K> reports = new SplitReports<>(context);
        Store<K> ofSmall = small.open(spec, reports);
        try {
            return new SplitStore<>(threshold, ofSmall, large.open(spec, reports), spec, reports);
        } catch (Throwable notOpened) {
            // Whatever it is, also what the engine does not declare: nobody else knows of the store that is open.
            largeFailed = true;
            try {
                ofSmall.close();
            } catch (Throwable notClosed) {
                Thrown.passUnlessFailure(notClosed);
                notOpened.addSuppressed(notClosed);
            }
            throw notOpened;
        }
    }
}
