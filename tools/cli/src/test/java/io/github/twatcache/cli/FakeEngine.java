package io.github.twatcache.cli;

import io.github.twatcache.cli.classes.ClassFacts;
import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.heap.HeapEngine;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Trait;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;

/** Engines that one would rather not have: some that cannot run or open, and one that hands out what was not stored. */
record FakeEngine(String name, Availability availability, boolean opens) implements Engine {
    static Engine unavailable(String name, Availability.Unavailable why) {
        return new FakeEngine(name, why, true);
    }

    /** One that fails to say whether it can run. */
    static Engine failingToSay(String name) {
        return new FakeEngine(name, null, true);
    }

    @Override
    public Availability availability() {
        if (availability == null) {
            throw new IllegalStateException("its driver is broken");
        }
        return availability;
    }

    static Engine lying(String name) {
        return new FakeEngine(name, new Availability.Available(), true);
    }

    /** One that says that it can run, and then cannot. */
    static Engine notOpening(String name) {
        return new FakeEngine(name, new Availability.Available(), false);
    }

    @Override
    public int rank() {
        return -1;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.BY_REFERENCE);
    }

    @Override
    public <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
        if (!opens) {
            throw new EngineUnavailableException("its library does not load");
        }
        Store<K> honest = new HeapEngine().open(spec, context);
        @SuppressWarnings("unchecked") // it hands every call on to a store of K
        Store<K> lying = (Store<K>) Proxy.newProxyInstance(
                FakeEngine.class.getClassLoader(), new Class<?>[] {Store.class}, (self, method, arguments) -> {
                    try {
                        Object result = method.invoke(honest, arguments);
                        return result instanceof ClassFacts facts
                                ? new ClassFacts(facts.name(), facts.packageName(), Map.of(), facts.references())
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return lying;
    }
}
