package io.github.twatcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.config.Vocabulary;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.text.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;

/** The engines that are present, and the choice among them. */
final class Engines {
    /** The word for the first heap engine that honours every setting given. */
    static final String MEMORY = "memory";

    /** The engines of our own that are artifacts of their own. */
    private static final Set<String> OURS = Set.of("caffeine");

    /** The rank of the engine that keeps nothing, which nobody is sent to. */
    private static final int NOWHERE = -100;

    private final List<Engine> present;

    private Engines(List<Engine> present) {
        this.present = List.copyOf(present);
    }

    /** Those given, then those found by core's class loader, then by the thread's; the first of a name counts. */
    static Engines found(List<Engine> given) {
        Map<String, Engine> byName = new LinkedHashMap<>();
        given.forEach(engine -> byName.putIfAbsent(engine.name(), engine));
        add(byName, ServiceLoader.load(Engine.class, Engines.class.getClassLoader()));
        add(byName, ServiceLoader.load(Engine.class));
        List<Engine> engines = new ArrayList<>(byName.values());
        engines.sort(Comparator.comparingInt(Engine::rank).reversed().thenComparing(Engine::name));
        return new Engines(engines);
    }

    private static void add(Map<String, Engine> byName, ServiceLoader<Engine> loader) {
        loader.forEach(engine -> byName.putIfAbsent(engine.name(), engine));
    }

    List<Engine> present() {
        return present;
    }

    /** The words that a configuration may use. */
    Vocabulary vocabulary() {
        List<Setting<?>> own = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of(MEMORY));
        present.forEach(engine -> {
            own.addAll(engine.settings());
            names.add(engine.name());
        });
        return new Vocabulary(own, names, OURS);
    }

    /** Whether an engine is one of those that a word for an engine leaves open. */
    boolean refines(String word, String engine) {
        return word.equals(MEMORY)
                && present.stream()
                        .anyMatch(candidate -> candidate.name().equals(engine)
                                && candidate.traits().contains(Trait.BY_REFERENCE));
    }

    /** The settings that an engine cannot honour: what is left of them after the choice was meant for many caches. */
    static List<Setting<?>> unhonoured(Engine engine, CacheSpec spec) {
        return spec.given().stream()
                .filter(setting -> !honoured(engine, setting))
                .toList();
    }

    private static boolean honoured(Engine engine, Setting<?> setting) {
        Optional<Trait> needed = needed(setting);
        return needed.map(trait -> engine.traits().contains(trait))
                .orElseGet(() ->
                        Settings.ALL.contains(setting) || engine.settings().contains(setting));
    }

    /** An engine with the sentences that say why it was chosen. */
    record Choice(Engine engine, List<String> reasons) {}

    /**
     * The engine that a spec names, or the first that will do where it says {@value #MEMORY}.
     *
     * @param listens whether somebody wants to be told of removals
     */
    Choice choose(CacheSpec spec, boolean listens) {
        return spec.engine().equals(MEMORY) ? memory(spec, listens) : named(spec.aimed(), listens);
    }

    private Choice named(CacheSpec spec, boolean listens) {
        Engine engine = present.stream()
                .filter(candidate -> candidate.name().equals(spec.engine()))
                .findFirst()
                .orElseThrow(() -> absent(spec.engine()));
        if (engine.availability() instanceof Availability.Unavailable missing) {
            throw new EngineUnavailableException(
                    "engine '" + engine.name() + "' cannot run here: " + missing.why() + "; " + missing.mend());
        }
        List<String> refused = refused(engine, spec, listens);
        if (!refused.isEmpty()) {
            List<Engine> able = present.stream()
                    .filter(candidate -> candidate.rank() > NOWHERE)
                    .filter(candidate -> refused(candidate, spec, listens).isEmpty())
                    .toList();
            throw new ConfigurationException("engine '" + engine.name() + "' cannot honour " + refused.get(0)
                    + "; engines that can: " + names(able));
        }
        String source = spec.engineSourced().source();
        return new Choice(
                engine, List.of("asked for by name" + (source.equals("code") ? "" : " (from " + source + ")")));
    }

    private EngineUnavailableException absent(String name) {
        String advice = OURS.contains(name)
                ? "add the artifact io.github.twatcache:twat-cache-" + name + ", or choose one of these"
                : Nearest.of(name, present.stream().map(Engine::name).toList())
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("choose one of these");
        return new EngineUnavailableException(
                "engine '" + name + "' is not present; present are " + names(present) + "; " + advice);
    }

    /** Settings meant for many caches count as long as some heap engine honours them too. */
    private Choice memory(CacheSpec spec, boolean listens) {
        List<String> reasons = new ArrayList<>();
        return onHeap(spec, listens, reasons)
                .or(() -> {
                    reasons.clear();
                    return onHeap(spec.aimed(), listens, reasons);
                })
                .orElseThrow(() -> new ConfigurationException("no heap engine honours all settings of cache '"
                        + spec.name() + "': " + String.join("; ", reasons) + "; drop one of these settings"));
    }

    private Optional<Choice> onHeap(CacheSpec spec, boolean listens, List<String> reasons) {
        for (Engine engine : present) {
            if (!engine.traits().contains(Trait.BY_REFERENCE) || engine.rank() <= NOWHERE) {
                continue;
            }
            if (engine.availability() instanceof Availability.Unavailable missing) {
                reasons.add("'" + engine.name() + "' was passed over: " + missing.why());
                continue;
            }
            List<String> refused = refused(engine, spec, listens);
            if (refused.isEmpty()) {
                reasons.add(0, "'" + engine.name() + "' is the first heap engine that honours every setting given");
                return Optional.of(new Choice(engine, reasons));
            }
            reasons.add("'" + engine.name() + "' was passed over: it cannot honour " + refused.get(0));
        }
        return Optional.empty();
    }

    /** What was asked for that an engine cannot honour, in words. */
    private static List<String> refused(Engine engine, CacheSpec spec, boolean listens) {
        List<String> refused = new ArrayList<>();
        for (Setting<?> setting : spec.given()) {
            if (!honoured(engine, setting)) {
                refused.add(spec.sourced(setting)
                        .map(given -> setting + " = " + given.value() + " (from " + given.source() + ")")
                        .orElse(setting.key()));
            }
        }
        if (listens && !engine.traits().contains(Trait.REMOVALS)) {
            refused.add("onRemoval (from code)");
        }
        return refused;
    }

    private static Optional<Trait> needed(Setting<?> setting) {
        for (Trait trait : Trait.values()) {
            if (trait.settings().contains(setting)) {
                return Optional.of(trait);
            }
        }
        return Optional.empty();
    }

    private static String names(List<Engine> engines) {
        return engines.isEmpty() ? "none" : engines.stream().map(Engine::name).collect(Collectors.joining(", "));
    }
}
