package io.github.twatcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.EffectiveSettings;
import io.github.twatcache.config.OnUnavailable;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.config.Sourced;
import io.github.twatcache.config.Vocabulary;
import io.github.twatcache.error.CacheException;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.failure.Thrown;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.text.Nearest;
import io.github.twatcache.value.Providers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The engines that are present, and the choice among them. */
final class Engines {
    /** The word for the first heap engine that honours every setting given. */
    static final String MEMORY = "memory";

    /** The word for the engine that the rules choose. */
    static final String AUTO = "auto";

    /** Where a scope's engine comes from: it speaks for many caches, and is code all the same. */
    private static final String SCOPE = "scope";

    private static final Set<Setting<?>> SPLITTING = Set.of(Settings.SPLIT, Settings.SPLIT_SMALL, Settings.SPLIT_LARGE);

    /** What no split can give, and so neither of its engines is asked for. */
    private static final Set<Setting<?>> NOT_OF_TWO = Set.of(Settings.SHARED, Settings.DISTRIBUTED);

    private final List<Engine> present;

    /** Those that were given or found, and fail to say what they are. */
    private final Map<String, Availability.Unavailable> unusable;

    private Engines(List<Engine> present, Map<String, Availability.Unavailable> unusable) {
        this.present = List.copyOf(present);
        this.unusable = Map.copyOf(unusable);
    }

    /** Those given, then those found by core's class loader, then by the thread's; the first of a name counts. */
    static Engines found(List<Engine> given) {
        Map<String, Engine> byName = new LinkedHashMap<>();
        Map<String, Availability.Unavailable> unusable = new LinkedHashMap<>();
        Providers providers = new Providers("an engine");
        given.forEach(one -> providers.each(List.of(one), engine -> {
            EngineNames.fault(engine.name()).ifPresent(fault -> {
                throw new ConfigurationException(fault);
            });
            add(byName, unusable, engine);
        }));
        providers.each(
                ServiceLoader.load(Engine.class, Engines.class.getClassLoader()),
                engine -> add(byName, unusable, engine));
        providers.each(ServiceLoader.load(Engine.class), engine -> add(byName, unusable, engine));
        List<Engine> engines = new ArrayList<>(byName.values());
        engines.sort(Comparator.comparingInt(Engine::rank).reversed().thenComparing(Engine::name));
        return new Engines(engines, unusable);
    }

    /** Takes an engine that can say all that it is asked before a cache is made. */
    private static void add(Map<String, Engine> byName, Map<String, Availability.Unavailable> unusable, Engine engine) {
        String name = engine.name();
        EngineNames.fault(name).ifPresent(fault -> {
            throw new ServiceConfigurationError(fault);
        });
        try {
            engine.rank();
            engine.traits();
            engine.settings();
        } catch (LinkageError missing) {
            unusable.putIfAbsent(
                    name,
                    new Availability.Unavailable(
                            "a class that it needs cannot be loaded: " + missing,
                            "add what it needs to the class path"));
            throw missing;
        } catch (Throwable failed) {
            Thrown.passUnlessFailure(failed);
            unusable.putIfAbsent(
                    name,
                    new Availability.Unavailable(
                            "it failed to say what it is: " + failed,
                            "see whether all that it needs is on the class path"));
            throw new ServiceConfigurationError("engine '" + name + "' failed to say what it is", failed);
        }
        byName.putIfAbsent(name, engine);
    }

    List<Engine> present() {
        return present;
    }

    /** The words that a configuration may use. */
    Vocabulary vocabulary() {
        List<Setting<?>> own = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of(MEMORY, AUTO));
        present.forEach(engine -> {
            own.addAll(engine.settings());
            names.add(engine.name());
        });
        return new Vocabulary(
                own,
                names,
                Known.ALL.stream().map(Known::name).toList(),
                Arrays.stream(Trait.values()).map(Trait::name).toList());
    }

    /** The settings that a cache on the engine of a spec can have, and those that were given all the same. */
    List<Setting<?>> settings(CacheSpec spec) {
        List<Setting<?>> settings = new ArrayList<>(Settings.ALL);
        present.stream()
                .filter(engine -> engine.name().equals(spec.engine()))
                .forEach(engine -> settings.addAll(engine.settings()));
        spec.given().stream().filter(given -> !settings.contains(given)).forEach(settings::add);
        return settings;
    }

    /** The settings that only an engine knows; none where it is not present. */
    List<Setting<?>> settingsOf(String engine) {
        return find(engine).map(Engine::settings).orElse(List.of());
    }

    /** Whether an engine is one of those that a word for an engine leaves open. */
    boolean refines(String word, String engine) {
        return word.equals(AUTO)
                || (word.equals(MEMORY)
                        && find(engine)
                                .filter(found -> found.traits().contains(Trait.BY_REFERENCE))
                                .isPresent());
    }

    /** The engines that have a trait, in words: those that are present, then those of ours that would. */
    String having(Trait trait) {
        List<String> having = new ArrayList<>();
        present.stream()
                .filter(engine -> engine.rank() > Ask.NOWHERE && engine.traits().contains(trait))
                .map(Engine::name)
                .forEach(having::add);
        Known.ALL.stream()
                .filter(known ->
                        known.traits().contains(trait) && find(known.name()).isEmpty())
                .map(known -> known.name() + " (" + known.missing().mend() + ")")
                .forEach(having::add);
        return having.isEmpty() ? "none" : String.join(", ", having);
    }

    /** What an engine says of itself; one that fails to say it cannot run. */
    static Availability availability(Engine engine) {
        return Availability.said(engine::availability);
    }

    /** Whether each engine can run here: those that are present, then those of ours that are not. */
    Map<String, Availability> availability() {
        Map<String, Availability> availability = new LinkedHashMap<>();
        present.forEach(engine -> availability.put(engine.name(), availability(engine)));
        unusable.forEach(availability::putIfAbsent);
        Known.ALL.forEach(known -> availability.putIfAbsent(known.name(), known.missing()));
        return availability;
    }

    /**
     * Chooses the engine of a cache.
     *
     * @param spec the settings; its engine is what was asked for
     * @param listens whether somebody wants to be told of removals
     * @param type what the function returns, or the type of the values; {@code null} where nobody knows
     * @param staged whether the function answers with a stage, which ends with a value of that type
     * @param fit whether an engine can keep what the cache is to hold
     * @throws ConfigurationException when an engine that was asked for cannot honour a setting
     * @throws EngineUnavailableException when no engine that can be had will do
     */
    Choice choose(CacheSpec spec, boolean listens, @Nullable Class<?> type, boolean staged, Fit fit) {
        return choose(spec, listens, type, staged, fit, Runtime.getRuntime().maxMemory());
    }

    /** The same in a heap of some size. */
    Choice choose(CacheSpec spec, boolean listens, @Nullable Class<?> type, boolean staged, Fit fit, long heapBytes) {
        Ask ask = new Ask(spec, listens, type, staged, heapBytes, present, false, Set.of(), fit);
        Long threshold = spec.get(Settings.SPLIT);
        if (threshold == null) {
            return whole(ask, "", false);
        }
        return split(ask, threshold);
    }

    /** Two engines, where they can be had; what was meant for many caches gives way: first names of engines, then all of it. */
    private Choice split(Ask ask, long threshold) {
        try {
            return two(ask, threshold);
        } catch (CacheException refused) {
            String why = String.valueOf(refused.getMessage());
            List<Setting<?>> names = Stream.<Setting<?>>of(Settings.SPLIT_SMALL, Settings.SPLIT_LARGE)
                    .filter(setting -> !ask.aimed(setting))
                    .toList();
            if (!names.isEmpty()) {
                return new Skipping(split(ask.without(names), threshold), names, why);
            }
            if (!ask.aimed(Settings.SPLIT)) {
                return unsplit(ask, why);
            }
            throw refused;
        }
    }

    /** One engine for a cache whose split was meant for many. */
    private Choice unsplit(Ask ask, String why) {
        return new Skipping(whole(ask.without(SPLITTING), "", false), SPLITTING, "this cache cannot be split: " + why);
    }

    private Choice two(Ask ask, long threshold) {
        CacheSpec spec = ask.spec();
        // Where the split was meant for this cache, it is what was meant for many that gives way.
        Set<Trait> hinted = (ask.aimed(Settings.SPLIT) ? ask.forgiving() : ask).hinted();
        if (!hinted.isEmpty() && !hinted.equals(Set.of(Trait.PERSISTENT))) {
            throw new ConfigurationException(ask.words(Settings.SPLIT) + " of cache '" + spec.name()
                    + "' cannot be shared by processes: they would see each other's changes in one half and not in the"
                    + " other; drop split, or shared and distributed");
        }
        Ask plain = ask.without(SPLITTING).without(NOT_OF_TWO).halved();
        Sourced<String> forSmallOnes = named(spec, Settings.SPLIT_SMALL, spec.engineSourced());
        Sourced<String> forLargeOnes =
                named(spec, Settings.SPLIT_LARGE, new Sourced<>(AUTO, EffectiveSettings.DEFAULT, false));
        String small = forSmallOnes.value();
        String large = forLargeOnes.value();
        if (small.equals(large) && !small.equals(AUTO)) {
            return sameTwice(ask, small);
        }
        // What is small is small whatever its type; the type tells how to keep what is large.
        Ask untyped = plain.without(Set.of(Settings.VALUE_KIND)).untyped();
        Choice forSmall = whole(
                sized(untyped.of(untyped.spec().onEngine(forSmallOnes)), 1, threshold),
                "",
                spec.get(Settings.SPLIT_SMALL) != null);
        Choice forLarge = whole(
                sized(
                        plain.of(plain.spec().onEngine(forLargeOnes)),
                        threshold == Long.MAX_VALUE ? threshold : threshold + 1,
                        Long.MAX_VALUE),
                forSmall.engine().name(),
                true);
        return new SplitChoice(ask, threshold, forSmall, forLarge);
    }

    /** No split, where it is an engine meant for many caches that makes both the same. */
    private Choice sameTwice(Ask ask, String name) {
        String why = "both engines of " + ask.words(Settings.SPLIT) + " of cache '"
                + ask.spec().name() + "' are '" + name + "'";
        if (ask.aimed(Settings.SPLIT_SMALL)
                && ask.aimed(Settings.SPLIT_LARGE)
                && !ask.spec().engineSourced().aimed()) {
            return unsplit(ask, why);
        }
        throw new ConfigurationException(why + "; name two, or drop split");
    }

    /** The engine of one half, with where its name comes from. */
    private static Sourced<String> named(CacheSpec spec, Setting<String> setting, Sourced<String> otherwise) {
        String name = spec.get(setting);
        return name == null
                ? otherwise
                : spec.sourced(setting)
                        .map(given -> new Sourced<>(name, given.source(), given.aimed()))
                        .orElse(otherwise);
    }

    /** The same with an expected size within bounds. */
    private static Ask sized(Ask ask, long least, long most) {
        Long given = ask.spec().get(Settings.EXPECTED_VALUE_SIZE);
        long size = given == null ? least : Math.max(least, Math.min(most, given));
        CacheSpec spec = ask.without(Set.of(Settings.EXPECTED_VALUE_SIZE)).spec();
        return ask.of(spec.with(Settings.EXPECTED_VALUE_SIZE, size, "split"));
    }

    /**
     * One engine.
     *
     * @param not the name of one that the rules must not choose
     * @param must whether an engine that was meant for many caches must be had all the same, since its name is a setting
     *     that is skipped elsewhere
     */
    private Choice whole(Ask ask, String not, boolean must) {
        if (!ask.spec().engine().equals(MEMORY) && !ask.spec().engine().equals(AUTO)) {
            return named(ask, not, must);
        }
        try {
            return among(ask, not);
        } catch (CacheException refused) {
            Set<Setting<?>> forMany = ask.forMany();
            if (forMany.isEmpty()) {
                throw refused;
            }
            return leastIgnored(ask, forMany, not);
        }
    }

    /**
     * The engine that was named, or who stands in for it. One that was meant for many caches and cannot serve this one
     * gives way to the engine that the cache would have without.
     */
    private Choice named(Ask ask, String not, boolean must) {
        Sourced<String> named = ask.spec().engineSourced();
        boolean ofScope = named.source().equals(SCOPE);
        if (named.aimed() || must || ofScope) {
            return chain(ask.forgiving(), true);
        }
        try {
            return fitting(chain(ask.forgiving(), false), ask);
        } catch (CacheException refused) {
            if (ask.onUnavailable() == OnUnavailable.FAIL && refused instanceof EngineUnavailableException) {
                throw refused;
            }
            Sourced<String> otherwise = new Sourced<>(MEMORY, EffectiveSettings.DEFAULT, false);
            try {
                return new Skipping(
                        whole(ask.of(ask.spec().onEngine(otherwise)), not, must),
                        List.of(Settings.ENGINE),
                        String.valueOf(refused.getMessage()));
            } catch (CacheException noneEither) {
                refused.addSuppressed(noneEither);
                throw refused;
            }
        }
    }

    /**
     * The choice, where the engine can keep what the cache is to hold.
     *
     * @throws ConfigurationException where it cannot
     */
    private static Choice fitting(Choice choice, Ask ask) {
        ask.fit().misfit(choice.engine(), choice.spec()).ifPresent(why -> {
            throw new ConfigurationException("it could not keep what the cache is to hold: " + why);
        });
        return choice;
    }

    /** Settings meant for many caches count one by one, as long as some engine honours them too. */
    private Choice leastIgnored(Ask ask, Set<Setting<?>> forMany, String not) {
        Set<Setting<?>> ignored = forMany;
        Choice best = among(ask.ignoring(ignored), not);
        for (Setting<?> skipped : best.skipped()) {
            Set<Setting<?>> fewer = new HashSet<>(ignored);
            fewer.remove(skipped);
            try {
                best = among(ask.ignoring(Set.copyOf(fewer)), not);
                ignored = fewer;
            } catch (CacheException notHad) {
                // it stays ignored
            }
        }
        return best;
    }

    private Choice among(Ask ask, String not) {
        return ask.spec().engine().equals(MEMORY)
                ? new Walk(ask, Walk.Way.MEMORY, heap(), null, EnumSet.noneOf(Trait.class), Set.of())
                : rules(ask, not);
    }

    private List<Candidate> heap() {
        return present.stream()
                .filter(engine -> engine.traits().contains(Trait.BY_REFERENCE) && engine.rank() > Ask.NOWHERE)
                .map(Candidate::of)
                .toList();
    }

    private Choice rules(Ask ask, String not) {
        Rules rules = Rules.of(ask.spec(), ask.type(), ask.staged(), ask.heapBytes(), ask.fit());
        Set<Trait> asked = ask.hinted();
        List<Candidate> order = all().stream()
                .filter(candidate -> !candidate.is(not))
                .sorted(Comparator.comparing(
                                (Candidate candidate) -> !candidate.traits().containsAll(asked))
                        .thenComparing(rules.order()))
                .toList();
        return new Walk(ask, Walk.Way.RULES, order, rules, asked, Set.of());
    }

    /** Those that are present, and those of ours that are not. */
    private List<Candidate> all() {
        List<Candidate> all = new ArrayList<>();
        present.stream()
                .filter(engine -> engine.rank() > Ask.NOWHERE)
                .map(Candidate::of)
                .forEach(all::add);
        Known.ALL.stream()
                .filter(known -> find(known.name()).isEmpty())
                .map(Candidate::of)
                .forEach(all::add);
        return all;
    }

    /**
     * The engine of a name and its stand-ins.
     *
     * @param counts whether what that engine offers must not be lost, since it was named for this very cache; what hints
     *     ask for must not be lost in any case
     */
    private Choice chain(Ask ask, boolean counts) {
        String name = ask.spec().engine();
        Candidate first = candidate(name).orElseThrow(() -> absent(ask.spec()));
        List<Candidate> order = new ArrayList<>();
        order.add(first);
        Known.standInsOf(name).forEach(standIn -> candidate(standIn).ifPresent(order::add));
        Set<Trait> asked = EnumSet.noneOf(Trait.class);
        asked.addAll(ask.hinted());
        Set<Trait> offered = EnumSet.noneOf(Trait.class);
        first.traits().stream().filter(Known.LOSABLE::contains).forEach(offered::add);
        if (counts) {
            asked.addAll(offered);
        }
        return new Walk(ask, Walk.Way.CHAIN, order, null, asked, offered);
    }

    private Optional<Candidate> candidate(String name) {
        return find(name).map(Candidate::of).or(() -> Known.of(name).map(Candidate::of));
    }

    private Optional<Engine> find(String name) {
        return present.stream().filter(engine -> engine.name().equals(name)).findFirst();
    }

    /** The engine that is to take over, where it is named and present. */
    @Nullable Engine fallback(CacheSpec spec) {
        String name = spec.get(Settings.FALLBACK);
        return name == null ? null : find(name).orElse(null);
    }

    /** The words that may choose an engine. */
    List<String> words() {
        List<String> words = new ArrayList<>(availability().keySet());
        words.add(MEMORY);
        words.add(AUTO);
        return words;
    }

    private EngineUnavailableException absent(CacheSpec spec) {
        String name = spec.engine();
        String asked = " (from " + spec.engineSourced().source() + ", for cache '" + spec.name() + "')";
        Availability.Unavailable known = unusable.get(name);
        if (known != null) {
            return new EngineUnavailableException(
                    "engine '" + name + "'" + asked + " cannot run here: " + known.why() + "; " + known.mend());
        }
        return new EngineUnavailableException("engine '" + name + "' is not present" + asked + "; present are "
                + Ask.names(present) + "; "
                + Nearest.of(name, words())
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("choose one of these"));
    }
}
