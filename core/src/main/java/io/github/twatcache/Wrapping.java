package io.github.twatcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.error.CacheException;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.key.Unended;
import io.github.twatcache.wrap.CachedMethod;
import io.github.twatcache.wrap.Call;
import io.github.twatcache.wrap.ChangingMethod;
import io.github.twatcache.wrap.Parts;
import io.github.twatcache.wrap.Plan;
import io.github.twatcache.wrap.Removal;
import io.github.twatcache.wrap.Wrapper;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wraps the objects of one {@link TwatCache}: memoizes each annotated method as any function is memoized. */
final class Wrapping {
    private static final Logger LOG = LoggerFactory.getLogger(TwatCache.class);

    private final TwatCache twat;
    private final Set<String> proxied = ConcurrentHashMap.newKeySet();

    Wrapping(TwatCache twat) {
        this.twat = twat;
    }

    <T> T wrap(MethodHandles.@Nullable Lookup lookup, Class<T> type, T target) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(target, "target");
        twat.requireOpen();
        Plan plan = Plan.of(type, target, tagged());
        Wrapper wrapper = reach(plan, lookup);
        plan.cached().forEach(cached -> rehearse(plan, cached));
        plan.faults().raise();
        if (wrapper == null) {
            throw new IllegalStateException("a plan without a wrapper has faults");
        }
        List<Memo> memoized = new ArrayList<>();
        T wrapped;
        try {
            wrapped = type.cast(wrapper.wrap(parts(plan, wrapper, memoized)));
        } catch (Throwable failed) {
            takeBack(memoized, failed);
            throw failed;
        }
        if (Proxy.isProxyClass(wrapped.getClass()) && proxied.add(type.getName())) {
            LOG.info(
                    "{} is wrapped by a JDK proxy, whose hits are slower, since {}",
                    type.getName(),
                    wrapper.whyProxy());
        }
        return wrapped;
    }

    /** The names of the open caches, each with whether what it holds can be removed by tags. */
    private Map<String, Boolean> tagged() {
        Map<String, Boolean> tagged = new TreeMap<>();
        twat.registry()
                .open()
                .forEach((name, cores) ->
                        tagged.put(name, cores.stream().allMatch(core -> core.spec.on(Settings.TAGS))));
        return tagged;
    }

    private Parts parts(Plan plan, Wrapper wrapper, List<Memo> memoized) {
        memoize(plan, wrapper, memoized);
        List<Call> changes = new ArrayList<>();
        for (ChangingMethod changing : plan.changing()) {
            changes.add(change(plan, wrapper, memoized, changing));
        }
        return new Parts(List.copyOf(memoized), changes);
    }

    /** All methods or none: closes what nobody else has asked for meanwhile, the last opened first. */
    private void takeBack(List<Memo> memoized, Throwable failed) {
        for (int i = memoized.size() - 1; i >= 0; i--) {
            CacheCore core = memoized.get(i).core;
            try {
                if (twat.registry().takesBack(core)) {
                    core.close();
                }
            } catch (Throwable more) {
                failed.addSuppressed(more);
            }
        }
    }

    private static @Nullable Wrapper reach(Plan plan, MethodHandles.@Nullable Lookup lookup) {
        try {
            return Wrapper.of(plan, lookup);
        } catch (ConfigurationException unreachable) {
            plan.faults().add(plan.type().getSimpleName(), unreachable);
            return null;
        }
    }

    /** Finds out what a method's cache would be refused for, so that all is told before anything is opened. */
    private void rehearse(Plan plan, CachedMethod cached) {
        if (Unended.of(cached.method().getReturnType()) == Unended.STAGE) {
            return; // told already, where the annotation stands
        }
        try {
            WrapFunctions.rehearse(builder(cached), cached);
        } catch (CacheException refused) {
            plan.faults().add(Plan.words(cached.method()), refused);
        }
    }

    /** Only an engine that fails to open, or somebody who takes a name meanwhile, can still refuse one. */
    private void memoize(Plan plan, Wrapper wrapper, List<Memo> memoized) {
        for (CachedMethod cached : plan.cached()) {
            try {
                memoized.add(WrapFunctions.memoized(builder(cached), cached, wrapper.call(cached.method())));
            } catch (CacheException refused) {
                plan.faults().add(Plan.words(cached.method()), refused);
            }
        }
        plan.faults().raise();
    }

    private CacheBuilder builder(CachedMethod cached) {
        CacheSpec spec = cached.spec();
        CacheBuilder builder = spec.engine().isEmpty()
                ? twat.memory(spec.name())
                : twat.cache(spec.name()).engine(spec.engine());
        for (Setting<?> setting : spec.given()) {
            builder = copied(setting, spec, builder);
        }
        return cached.tags().isEmpty() ? builder : builder.tags(cached.tags().toArray(String[]::new));
    }

    private static <V> CacheBuilder copied(Setting<V> setting, CacheSpec from, CacheBuilder to) {
        V value = from.get(setting);
        return value == null ? to : to.set(setting, value);
    }

    private Call change(Plan plan, Wrapper wrapper, List<Memo> memoized, ChangingMethod changing) {
        Call method = wrapper.call(changing.method());
        WrapChange change = new WrapChange(
                changing.renews() < 0
                        ? method
                        : refresh(plan.cached().get(changing.renews()), memoized.get(changing.renews()), method));
        for (Removal removal : changing.removals()) {
            change.add(removal.when(), remover(plan, memoized, removal, changing));
        }
        return change;
    }

    private static Call refresh(CachedMethod cached, Memo memo, Call method) {
        return arguments ->
                memo.refresh(() -> WrapFunctions.run(method, arguments), WrapFunctions.arguments(cached, arguments));
    }

    private WrapChange.Remover remover(Plan plan, List<Memo> memoized, Removal removal, ChangingMethod changing) {
        List<String> tags = removal.tags();
        if (removal.cached() < 0) {
            String place = plan.type().getSimpleName() + "." + Plan.words(changing.method());
            return arguments -> () -> removeElsewhere(removal, place);
        }
        Memo memo = memoized.get(removal.cached());
        if (removal.all()) {
            return arguments -> memo::clear;
        } else if (!tags.isEmpty()) {
            return arguments -> () -> tags.forEach(memo::invalidateTag);
        }
        CachedMethod cached = plan.cached().get(removal.cached());
        return arguments -> memo.removal(WrapFunctions.arguments(cached, cached.arguments(removal.key(), arguments)));
    }

    /** In caches that are found by their name, or by having tags, when it is time to remove. */
    private void removeElsewhere(Removal removal, String place) {
        twat.requireOpen();
        boolean named = !removal.cache().isEmpty();
        Map<String, List<CacheCore>> open = twat.registry().open();
        List<CacheCore> meant = named
                ? open.getOrDefault(removal.cache(), List.of())
                : open.values().stream().flatMap(List::stream).toList();
        if (named && meant.isEmpty()) {
            // Nobody knows what it holds where its entries outlive it: they would come back as though nothing had
            // changed.
            throw new IllegalStateException("cache '" + removal.cache() + "', of which " + place
                    + " is to remove results (@CacheInvalidate), is not open any more, and what outlives it there may be out"
                    + " of date; open it again, and remove them or clear it");
        }
        List<Runnable> steps = new ArrayList<>();
        for (CacheCore core : meant) {
            if (removal.all()) {
                steps.add(core::clear);
            } else if (named || core.spec.on(Settings.TAGS)) {
                removal.tags().forEach(tag -> steps.add(() -> core.invalidateTag(tag)));
            }
        }
        // What one engine does not take must not leave stale values in the others.
        InTurn.run(steps);
    }
}
