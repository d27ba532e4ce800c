package io.github.twatcache;

import io.github.twatcache.config.AccessPattern;
import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.OnUnavailable;
import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Requirements;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.config.Sourced;
import io.github.twatcache.failure.Interception;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Trait;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of an engine.
 *
 * @param spec the settings; its engine is the word that was asked for
 * @param listens whether somebody wants to be told of removals
 * @param type what the function returns, or the type of a cache's values; {@code null} where nobody knows
 * @param staged whether the function answers with a stage, which ends with a value of that type
 * @param heapBytes how large the heap may grow
 * @param present the engines that are present
 * @param half whether it is one engine of a split: then the other may have what this one has not
 * @param ignored the settings, meant for many caches, that need not be honoured
 * @param fit whether an engine can keep what the cache is to hold
 */
record Ask(
        CacheSpec spec,
        boolean listens,
        @Nullable Class<?> type,
        boolean staged,
        long heapBytes,
        List<Engine> present,
        boolean half,
        Set<Setting<?>> ignored,
        Fit fit) {
    /** The rank of the engine that keeps nothing, which nobody is sent to. */
    static final int NOWHERE = -100;

    Ask of(CacheSpec other) {
        return new Ask(other, listens, type, staged, heapBytes, present, half, ignored, fit);
    }

    Ask untyped() {
        return new Ask(spec, listens, null, staged, heapBytes, present, half, ignored, fit);
    }

    /** The same for one engine of a split; where there are two, one of them is not to be the heap because of a stage. */
    Ask halved() {
        return new Ask(spec, listens, type, false, heapBytes, present, true, ignored, fit);
    }

    /** The same where only what was meant for this very cache must be honoured. */
    Ask forgiving() {
        return ignoring(forMany());
    }

    /** The same where some settings need not be honoured. */
    Ask ignoring(Set<Setting<?>> settings) {
        return new Ask(spec, listens, type, staged, heapBytes, present, half, settings, fit);
    }

    /** The settings that were meant for many caches. */
    Set<Setting<?>> forMany() {
        return spec.given().stream().filter(setting -> !aimed(setting)).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a setting, if it is given, was meant for this very cache. */
    boolean aimed(Setting<?> setting) {
        return spec.sourced(setting).map(Sourced::aimed).orElse(true);
    }

    /** The same without some settings. */
    Ask without(Collection<? extends Setting<?>> settings) {
        return of(spec.without(settings));
    }

    OnUnavailable onUnavailable() {
        return spec.get(Settings.ON_UNAVAILABLE, OnUnavailable.FALL_BACK);
    }

    /** Whether another engine than the one asked for may be taken at all. */
    boolean replaceable(Candidate wanted) {
        Requirements requires = spec.get(Settings.REQUIRES);
        return onUnavailable() != OnUnavailable.FAIL
                && (requires == null
                        || (!aimed(Settings.REQUIRES)
                                && Known.IRREPLACEABLE.stream().noneMatch(wanted::has))
                        || Known.IRREPLACEABLE.stream().map(Trait::name).noneMatch(requires.traits()::contains));
    }

    /** What the hints ask for that must not be lost. */
    Set<Trait> hinted() {
        Set<Trait> asked = EnumSet.noneOf(Trait.class);
        for (Trait trait : Known.LOSABLE) {
            if (trait.settings().stream().anyMatch(this::demands)) {
                asked.add(trait);
            }
        }
        return asked;
    }

    /** Whether something that must not be lost was asked for of this very cache. */
    boolean demandsOfThisOne() {
        return Known.LOSABLE.stream()
                .flatMap(trait -> trait.settings().stream())
                .anyMatch(setting -> demands(setting) && aimed(setting));
    }

    private boolean demands(Setting<?> setting) {
        return counts(setting) && Boolean.TRUE.equals(spec.get(setting));
    }

    private boolean counts(Setting<?> setting) {
        return !ignored.contains(setting);
    }

    /** What was asked for that an engine cannot honour, in words; but for what {@link #hinted} holds. */
    List<String> refused(Engine engine) {
        List<String> refused = new ArrayList<>();
        for (Setting<?> setting : spec.given()) {
            if (counts(setting) && !hint(setting) && !(half && own(setting)) && lacks(engine, setting)) {
                refused.add(words(setting));
            }
        }
        if (listens && !engine.traits().contains(Trait.REMOVALS)) {
            refused.add("onRemoval (from code)");
        }
        return refused;
    }

    /** As {@link #refused}, with what the hints ask for; the engine that keeps nothing has nothing to lose. */
    List<String> refusedStrictly(Engine engine) {
        List<String> refused = new ArrayList<>(refused(engine));
        for (Setting<?> setting : spec.given()) {
            if (engine.rank() > NOWHERE && hint(setting) && demands(setting) && lacks(engine, setting)) {
                refused.add(words(setting));
            }
        }
        return refused;
    }

    /** Whether it belongs to an engine, and not to core. */
    private static boolean own(Setting<?> setting) {
        return !Settings.ALL.contains(setting) && setting != Interception.SETTING;
    }

    private static boolean hint(Setting<?> setting) {
        return needed(setting).filter(Known.LOSABLE::contains).isPresent();
    }

    /** Whether a setting belongs to the engine that is to take over, whatever the cache's own says to it. */
    private boolean forFallback(Setting<?> setting) {
        String fallback = spec.get(Settings.FALLBACK);
        return fallback != null
                && own(setting)
                && present.stream()
                        .anyMatch(engine -> engine.name().equals(fallback)
                                && engine.settings().contains(setting));
    }

    /** A switch that is off asks for nothing. */
    private boolean lacks(Engine engine, Setting<?> setting) {
        if (setting == Settings.REQUIRES) {
            Requirements requires = spec.get(Settings.REQUIRES);
            return requires != null && !requires.traits().stream().allMatch(trait -> has(engine, trait));
        }
        return !Boolean.FALSE.equals(spec.get(setting))
                && !forFallback(setting)
                && needed(setting)
                        .map(trait -> !engine.traits().contains(trait))
                        .orElseGet(() -> own(setting) && !engine.settings().contains(setting));
    }

    /**
     * The settings that mean nothing to an engine: those of another engine, and those meant for many caches that it cannot
     * honour.
     */
    List<Setting<?>> skipped(Engine engine) {
        List<Setting<?>> skipped = new ArrayList<>();
        for (Setting<?> setting : spec.given()) {
            boolean nothingToLose = hint(setting) && engine.rank() <= NOWHERE;
            if (lacks(engine, setting) && !nothingToLose && (own(setting) || !aimed(setting))) {
                skipped.add(setting);
            }
        }
        return skipped;
    }

    /** The engines that could honour everything, in words; also those of ours that are not here, where a hint asks for them. */
    String able() {
        List<String> able = new ArrayList<>();
        present.stream()
                .filter(engine -> engine.rank() > NOWHERE)
                .filter(engine -> refusedStrictly(engine).isEmpty())
                .map(Engine::name)
                .forEach(able::add);
        Set<Trait> hinted = hinted();
        Known.ALL.stream()
                .filter(known -> !hinted.isEmpty() && known.traits().containsAll(hinted))
                .filter(known ->
                        present.stream().noneMatch(engine -> engine.name().equals(known.name())))
                .map(known -> known.name() + " (" + known.missing().mend() + ")")
                .forEach(able::add);
        return able.isEmpty() ? "none" : String.join(", ", able);
    }

    static String names(List<Engine> engines) {
        return engines.isEmpty() ? "none" : engines.stream().map(Engine::name).collect(Collectors.joining(", "));
    }

    private static boolean has(Engine engine, String trait) {
        return engine.traits().stream().anyMatch(own -> own.name().equals(trait));
    }

    /** A setting with its value and source, in words. */
    String words(Setting<?> setting) {
        return spec.sourced(setting)
                .map(given -> setting + " = " + setting.shown(given.value()) + " (from " + given.source() + ")")
                .orElse(setting.key());
    }

    private static Optional<Trait> needed(Setting<?> setting) {
        for (Trait trait : Trait.values()) {
            if (trait.settings().contains(setting)) {
                return Optional.of(trait);
            }
        }
        return Optional.empty();
    }

    /** The settings with the policy that the access pattern asks for, where an engine has a choice and none was made. */
    CacheSpec withPolicy(Engine engine) {
        AccessPattern pattern = spec.get(Settings.ACCESS_PATTERN);
        Policy policy = pattern == null ? null : policy(pattern);
        boolean chosen = spec.given().stream().anyMatch(given -> given.group().equals(Settings.POLICY.group()));
        boolean limited = spec.given().stream().anyMatch(given -> given.group().equals(Settings.MAXIMUM_SIZE.group()));
        return policy == null || chosen || !limited || !engine.traits().contains(Trait.POLICY)
                ? spec
                : spec.with(Settings.POLICY, policy, Settings.ACCESS_PATTERN.key());
    }

    private static @Nullable Policy policy(AccessPattern pattern) {
        return switch (pattern) {
            case RECENT -> Policy.LRU;
            case FREQUENT -> Policy.LFU;
            case RANDOM -> Policy.RR;
            case READ_MOSTLY, WRITE_HEAVY -> null;
        };
    }
}
