package io.github.twatcache.testkit;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Setting;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Trait;
import java.util.List;
import java.util.Set;

/**
 * Any engine, made to misbehave: its operations fail, hang, are slow, find damage. To see what a program does then:
 *
 * <pre>{@code
 * Chaos chaos = new Chaos(42).errors(0.3);
 * try (TwatCache twat = TwatCache.builder().engine(ChaosEngine.around(new HeapEngine(), chaos)).open()) {
 *     var user = twat.cache("users").engine("chaos-heap").memoize(api::fetchUser);
 * }
 * }</pre>
 *
 * <p>Its name is the engine's with {@code chaos-} before it. It has the engine's traits, and is guarded like
 * one that may fail.
 */
public final class ChaosEngine implements Engine {
    private final Engine inner;
    private final Chaos chaos;

    private ChaosEngine(Engine inner, Chaos chaos) {
        this.inner = inner;
        this.chaos = chaos;
    }

    /**
     * Puts chaos round an engine.
     *
     * @param engine the engine
     * @param chaos how badly it behaves
     * @return the engine as it then is
     */
    public static ChaosEngine around(Engine engine, Chaos chaos) {
        return new ChaosEngine(engine, chaos);
    }

    /**
     * The engine without the chaos.
     *
     * @return the engine
     */
    public Engine inner() {
        return inner;
    }

    @Override
    public String name() {
        return "chaos-" + inner.name();
    }

    @Override
    public int rank() {
        return -1;
    }

    @Override
    public Set<Trait> traits() {
        return inner.traits();
    }

    @Override
    public boolean keepsCost() {
        return inner.keepsCost();
    }

    @Override
    public Set<Class<?>> ownValues() {
        return inner.ownValues();
    }

    @Override
    public boolean mayFail() {
        return true;
    }

    @Override
    public List<Setting<?>> settings() {
        return inner.settings();
    }

    @Override
    public Availability availability() {
        return inner.availability();
    }

    @Override
    public <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
        return new ChaosStore<>(inner.open(spec, context), chaos, context);
    }
}
