package io.github.twatcache;

import io.github.twatcache.config.Settings;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.function.Fn0;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.function.Fn2;
import io.github.twatcache.function.Fn3;
import io.github.twatcache.function.Fn4;
import io.github.twatcache.function.Fn5;
import io.github.twatcache.function.Fn6;
import io.github.twatcache.key.FunctionIdentity;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The open caches of one {@link TwatCache}, by name; under a name, one for each key space.
 *
 * <p>A name belongs to one function (or to one cache of data). The same function with other captured values has a key
 * space of its own under the same name; another function under the name is an error, and so are other settings: two
 * places that disagree would be right by turns.
 */
final class Registry {
    /**
     * What makes a cache the same when it is asked for again.
     *
     * @param implementation the function's implementation, or the types of a cache of data
     * @param space the implementation with its captured values
     * @param scope what scopes override: where it differs, caches are apart
     * @param settings every setting by its name, functions by what they do
     * @param words the implementation in words
     * @param portable whether the space means the same in any JVM
     */
    record Claim(
            Object implementation,
            Object space,
            Map<String, Object> scope,
            Map<String, Object> settings,
            String words,
            boolean portable) {}

    /**
     * An open cache of the same name that is apart from the one to be made: on a heap. An engine whose entries outlive the
     * cache has one place for a name, and cannot keep the two apart.
     *
     * @param core the open cache
     * @param complaint why one place cannot serve both, and what to do
     */
    record Neighbour(CacheCore core, String complaint) {}

    /** Makes a cache beside others. */
    @FunctionalInterface
    interface Maker {
        CacheCore make(List<Neighbour> neighbours);
    }

    private record Registered(Claim claim, CacheCore core, String place, long number) {}

    private final Map<String, List<Registered>> caches = new TreeMap<>();
    private long made;
    private boolean closed;

    /** The cache of that claim: the one that is open, or a new one. */
    synchronized CacheCore claim(String name, Claim claim, Maker maker) {
        String place = CallSite.here();
        List<Neighbour> neighbours = new ArrayList<>();
        for (Registered open : caches.getOrDefault(name, List.of())) {
            if (!open.claim.implementation.equals(claim.implementation)) {
                throw new ConfigurationException("cache name '" + name + "' is taken by " + open.claim.words + " (at "
                        + open.place + ") and cannot serve " + claim.words + " (at " + place
                        + ") too; give one of them another name");
            }
            if (!open.claim.scope.equals(claim.scope)) {
                neighbours.add(new Neighbour(open.core, otherScope(name, open, claim, place)));
                continue;
            }
            String difference = difference(open.claim.settings, claim.settings);
            if (difference != null) {
                throw new ConfigurationException("cache '" + name + "' was built with other settings: " + difference
                        + " (at " + open.place + " and at " + place
                        + "); use the same settings, another name, or keep the first result in a field");
            }
            if (open.claim.space.equals(claim.space)) {
                return open.core;
            }
            if (!claim.portable) {
                neighbours.add(new Neighbour(open.core, otherObject(name, open, claim, place)));
            }
        }
        if (closed) {
            throw new IllegalStateException("this TwatCache is closed; open a new one with TwatCache.open()");
        }
        CacheCore core = maker.make(neighbours);
        caches.computeIfAbsent(name, unused -> new ArrayList<>()).add(new Registered(claim, core, place, made++));
        return core;
    }

    /** Lets no more caches be made; returns those that are open, the last made first: it may build on earlier ones. */
    synchronized List<CacheCore> close() {
        closed = true;
        return caches.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(Registered::number).reversed())
                .map(Registered::core)
                .toList();
    }

    synchronized void release(String name, CacheCore core) {
        List<Registered> open = caches.get(name);
        if (open != null) {
            open.removeIf(registered -> registered.core == core);
            if (open.isEmpty()) {
                caches.remove(name);
            }
        }
    }

    synchronized Map<String, List<CacheCore>> open() {
        Map<String, List<CacheCore>> open = new LinkedHashMap<>();
        caches.forEach((name, registered) ->
                open.put(name, registered.stream().map(Registered::core).toList()));
        return open;
    }

    private static String otherScope(String name, Registered open, Claim claim, String place) {
        String difference = Objects.requireNonNullElse(difference(open.claim.scope, claim.scope), "nothing");
        return "cache '" + name + "' outlives this program in one place, which cannot serve two scopes at once: "
                + difference + " (at " + open.place + " and at " + place
                + "); close the one before the other is made, or give it another name";
    }

    private static String otherObject(String name, Registered open, Claim claim, String place) {
        return "cache '" + name + "' outlives this program, so its name stands for what " + claim.words
                + " has captured without an encoding, and stands for another object already (at " + open.place
                + " and at " + place
                + "); give each a name of its own, or capture only what can be encoded: numbers, texts, enums, records";
    }

    private static @Nullable String difference(Map<String, Object> one, Map<String, Object> other) {
        Map<String, Object> all = new LinkedHashMap<>(one);
        all.putAll(other);
        for (String setting : all.keySet()) {
            if (!Objects.equals(one.get(setting), other.get(setting))) {
                return setting + " is " + shown(setting, one.get(setting)) + " there and "
                        + shown(setting, other.get(setting)) + " here";
            }
        }
        return null;
    }

    private static String shown(String setting, @Nullable Object value) {
        return value == null
                ? "not set"
                : value instanceof Behaviour ? "another function" : Settings.shown(setting, value);
    }

    /** A function among the settings, compared by what it does where it tells, else by being the same object. */
    record Behaviour(Object space) {
        private static final List<Class<?>> TYPES =
                List.of(Fn0.class, Fn1.class, Fn2.class, Fn3.class, Fn4.class, Fn5.class, Fn6.class);

        static Behaviour of(Object function) {
            for (int arity = 0; arity < TYPES.size(); arity++) {
                if (TYPES.get(arity).isInstance(function)) {
                    return new Behaviour(FunctionIdentity.of((Serializable) function, TYPES.get(arity), arity)
                            .space());
                }
            }
            return new Behaviour(function);
        }
    }
}
