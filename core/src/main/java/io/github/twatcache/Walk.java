package io.github.twatcache;

import io.github.twatcache.EngineChoice.Obstacle;
import io.github.twatcache.EngineChoice.PassedOver;
import io.github.twatcache.EngineChoice.Reason;
import io.github.twatcache.EngineChoice.Rule;
import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.OnUnavailable;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.config.Sourced;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Trait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A choice that walks along engines in an order, and stops at the first that can be had and loses nothing. */
final class Walk implements Choice {
    private final Ask ask;
    private final Way way;
    private final List<Candidate> order;
    private final @Nullable Rules rules;
    private final Set<Trait> asked;
    private final Set<Trait> offered;
    private final List<PassedOver> passed = new ArrayList<>();
    private int next;
    private @Nullable Candidate current;
    private boolean fellBack;
    private @Nullable EngineUnavailableException lastFailure;

    /** How the order came about. */
    enum Way {
        /** The first was named, the others are its stand-ins. */
        CHAIN,
        /** They are the engines on the heap, by rank. */
        MEMORY,
        /** The rules have ordered all of them. */
        RULES
    }

    /**
     * Walks to the first engine.
     *
     * @param ask what is asked of it
     * @param way how the order came about
     * @param order the engines, the best first
     * @param rules what has ordered them, or {@code null}
     * @param asked what must not be lost
     * @param offered what may be lost, and is to be told of then
     */
    Walk(Ask ask, Way way, List<Candidate> order, @Nullable Rules rules, Set<Trait> asked, Set<Trait> offered) {
        this.ask = ask;
        this.way = way;
        this.order = order;
        this.rules = rules;
        this.asked = asked;
        this.offered = offered;
        walk();
    }

    private void walk() {
        while (next < order.size()) {
            Candidate candidate = order.get(next++);
            PassedOver obstacle = obstacle(candidate);
            if (obstacle == null) {
                current = candidate;
                return;
            }
            pass(candidate, obstacle);
        }
        throw nothing();
    }

    /** Notes that an engine is passed over, and refuses to go on where no other may stand in for it. */
    private void pass(Candidate candidate, PassedOver obstacle) {
        passed.add(obstacle);
        boolean wanted = way == Way.CHAIN && first(candidate);
        boolean failed = obstacle.obstacle() == Obstacle.UNAVAILABLE || obstacle.obstacle() == Obstacle.NOT_OPENED;
        if (wanted || failed) {
            fellBack = true;
            if (!ask.replaceable(order.get(0))) {
                throw nothing();
            }
        }
    }

    private @Nullable PassedOver obstacle(Candidate candidate) {
        return candidate.engine().isPresent()
                ? obstacle(candidate, candidate.engine().get())
                : Known.of(candidate.name())
                        .map(known -> passed(candidate, Obstacle.ABSENT, known.missing()))
                        .orElseGet(
                                () -> new PassedOver(candidate.name(), Obstacle.ABSENT, "not on the class path", ""));
    }

    private @Nullable PassedOver obstacle(Candidate candidate, Engine engine) {
        boolean named = way == Way.CHAIN && first(candidate);
        PassedOver unavailable = Engines.availability(engine) instanceof Availability.Unavailable missing
                ? passed(candidate, Obstacle.UNAVAILABLE, missing)
                : null;
        if (named && unavailable != null) {
            return unavailable;
        }
        if (way == Way.RULES && engine.rank() < 0) {
            return new PassedOver(
                    candidate.name(),
                    Obstacle.ONLY_BY_NAME,
                    "its rank is below 0, so it is only taken where it is named",
                    "name it with engine(\"" + candidate.name() + "\")");
        }
        List<String> refused = named || way == Way.MEMORY
                ? ask.refusedStrictly(engine)
                : (way == Way.CHAIN ? ask.halved() : ask).refused(engine);
        if (!refused.isEmpty()) {
            if (named) {
                throw new ConfigurationException("engine '" + engine.name() + "' cannot honour " + refused.get(0)
                        + "; engines that can: " + ask.able());
            }
            return new PassedOver(
                    candidate.name(),
                    Obstacle.CANNOT_HONOUR,
                    "it cannot honour " + refused.get(0),
                    "drop that setting");
        }
        if (unavailable != null) {
            return unavailable;
        }
        // Who has asked for what only such an engine offers is to be told what is in its way. What stands behind the
        // one that
        // is chosen is not looked at so closely: it takes time.
        Optional<String> misfit = way == Way.RULES && current == null && !ask.demandsOfThisOne()
                ? ask.fit().misfit(engine, ask.spec())
                : Optional.empty();
        if (misfit.isPresent()) {
            return new PassedOver(candidate.name(), Obstacle.CANNOT_KEEP, misfit.get(), "");
        }
        Set<Trait> loses = lost(candidate);
        return loses.isEmpty() || ask.onUnavailable() == OnUnavailable.DEGRADE
                ? null
                : new PassedOver(
                        candidate.name(),
                        Obstacle.LOSES,
                        "it does not offer what was asked for: " + words(loses),
                        "to do without that: onUnavailable(DEGRADE)");
    }

    private static PassedOver passed(Candidate candidate, Obstacle obstacle, Availability.Unavailable missing) {
        return new PassedOver(candidate.name(), obstacle, missing.why(), missing.mend());
    }

    private Set<Trait> lost(Candidate candidate) {
        return lost(candidate, asked);
    }

    private static Set<Trait> lost(Candidate candidate, Set<Trait> asked) {
        Set<Trait> lost = EnumSet.noneOf(Trait.class);
        if (candidate.rank() <= Ask.NOWHERE) {
            return lost; // what keeps nothing has nothing to lose: caching can be switched off without other changes
        }
        asked.stream().filter(trait -> !candidate.has(trait)).forEach(lost::add);
        return lost;
    }

    private static String words(Set<Trait> traits) {
        return traits.stream().sorted().map(Trait::words).collect(Collectors.joining(", "));
    }

    private RuntimeException nothing() {
        String spoken = passed.stream().map(PassedOver::toString).collect(Collectors.joining(". "));
        String cache = ask.spec().name();
        if (way == Way.MEMORY && passed.stream().allMatch(one -> one.obstacle() == Obstacle.CANNOT_HONOUR)) {
            return new ConfigurationException("no heap engine honours all settings of cache '" + cache + "': " + spoken
                    + "; drop one of these settings, or name an engine that can: " + ask.able());
        }
        boolean settings = passed.stream()
                .filter(one -> one.obstacle() != Obstacle.ABSENT && one.obstacle() != Obstacle.ONLY_BY_NAME)
                .allMatch(one -> one.obstacle() == Obstacle.CANNOT_HONOUR || one.obstacle() == Obstacle.CANNOT_KEEP);
        if (way == Way.RULES && settings && asked.isEmpty()) {
            return new ConfigurationException("no engine that is present honours all settings of cache '" + cache
                    + "' and keeps its entries: " + spoken);
        }
        String wanted = way == Way.CHAIN ? "engine '" + order.get(0).name() + "'" : "an engine";
        String why = ask.replaceable(order.get(0)) || passed.isEmpty()
                ? ""
                : ask.onUnavailable() == OnUnavailable.FAIL
                        ? ", and onUnavailable(FAIL) lets no other stand in for it"
                        : ", and no other can stand in for one that "
                                + Known.IRREPLACEABLE.stream()
                                        .map(Trait::words)
                                        .sorted()
                                        .collect(Collectors.joining(", ", "must offer ", " in the very same place"));
        return new EngineUnavailableException(
                wanted + " for cache '" + cache + "' cannot be had" + why + ". " + spoken, lastFailure);
    }

    @Override
    public Engine engine() {
        return chosen().engine().orElseThrow();
    }

    private boolean first(Candidate candidate) {
        return candidate.is(order.get(0).name());
    }

    private Candidate chosen() {
        return Objects.requireNonNull(current, "walk() has found one or thrown");
    }

    @Override
    public CacheSpec spec() {
        Engine engine = engine();
        Ask kept = ask.without(skipped());
        CacheSpec spec = way == Way.RULES ? kept.withPolicy(engine) : kept.spec();
        return spec.engine().equals(engine.name()) ? spec : spec.onEngine(chosenFor(spec, engine.name()));
    }

    /** The name of the engine that was chosen, with the word that it was chosen for, and where that comes from. */
    private Sourced<String> chosenFor(CacheSpec spec, String name) {
        Sourced<String> asked = spec.engineSourced();
        return new Sourced<>(
                name,
                (way == Way.CHAIN ? "instead of '" : "chosen for '") + asked.value() + "' (from " + asked.source()
                        + ")",
                asked.aimed());
    }

    @Override
    public List<Setting<?>> skipped() {
        return ask.skipped(engine());
    }

    @Override
    public void passOver(EngineUnavailableException failed) {
        lastFailure = failed;
        Candidate candidate = chosen();
        pass(
                candidate,
                new PassedOver(candidate.name(), Obstacle.NOT_OPENED, "it failed to open: " + failed.getMessage(), ""));
        current = null;
        walk();
    }

    @Override
    public EngineChoice explained() {
        List<PassedOver> all = new ArrayList<>(passed);
        if (way != Way.CHAIN) {
            for (Candidate behind : order.subList(next, order.size())) {
                behind.engine().ifPresent(engine -> all.add(left(behind, engine)));
            }
        }
        Set<Trait> lost = lost(chosen());
        lost.addAll(lost(chosen(), offered));
        return new EngineChoice(
                ask.spec().engine(), chosen().name(), reasons(), all, fellBack || !lost.isEmpty(), lost, List.of());
    }

    private List<Reason> reasons() {
        if (rules != null) {
            return rules.reasons(order);
        }
        String name = chosen().name();
        String because = way == Way.MEMORY
                ? "'" + name + "' is the first heap engine that honours every setting given"
                : first(chosen())
                        ? "asked for by name" + source()
                        : "'" + name + "' stands in for '" + order.get(0).name() + "', which was asked for by name";
        return List.of(new Reason(
                Rule.EXPLICIT,
                because,
                List.of(way == Way.MEMORY ? name : order.get(0).name())));
    }

    private String source() {
        String source = ask.spec().engineSourced().source();
        return source.equals("code") ? "" : " (from " + source + ")";
    }

    /** Why an engine that stands behind the chosen one was not taken. */
    private PassedOver left(Candidate behind, Engine engine) {
        PassedOver obstacle = obstacle(behind, engine);
        return obstacle != null
                ? obstacle
                : new PassedOver(
                        behind.name(),
                        Obstacle.LESS_FIT,
                        rules == null ? "'" + chosen().name() + "' is before it" : rules.why(behind, chosen()),
                        "name it with engine(\"" + behind.name() + "\")");
    }

    @Override
    public boolean byRules() {
        return rules != null;
    }

    @Override
    public Optional<Explanation.Advice> advice(int results, long medianBytes, Set<Class<?>> types) {
        if (rules == null) {
            return Optional.empty();
        }
        CacheSpec sized = ask.without(Set.of(Settings.EXPECTED_VALUE_SIZE))
                .spec()
                .with(Settings.EXPECTED_VALUE_SIZE, Math.max(1, medianBytes), "the first results");
        Rules told = Rules.of(sized, ask.type(), ask.staged(), ask.heapBytes(), ask.fit());
        Candidate before = best(rules, types);
        Candidate better = best(told, types);
        if (better.name().equals(before.name()) || better.name().equals(chosen().name())) {
            return Optional.empty();
        }
        String mend = better.engine().isPresent() || Known.of(better.name()).isEmpty()
                ? "give expectedValueSize(" + medianBytes + ")"
                : Known.of(better.name()).orElseThrow().missing().mend() + " and give expectedValueSize(" + medianBytes
                        + ")";
        return Optional.of(new Explanation.Advice(
                better.name(),
                results,
                medianBytes,
                "'" + better.name() + "' would fit better: of the first " + results + " results half take "
                        + Bytes.words(medianBytes) + " or more, and " + told.why(chosen(), better),
                mend));
    }

    /** The engine that the rules would like best, present or not, of those that could honour the settings and keep such values. */
    private Candidate best(Rules by, Set<Class<?>> types) {
        return order.stream()
                .filter(one -> one.engine()
                        .map(engine -> engine.rank() >= 0
                                && ask.refused(engine).isEmpty()
                                && ask.fit().misfit(engine, ask.spec()).isEmpty()
                                && ask.fit().misfit(engine, ask.spec(), types).isEmpty())
                        .orElseGet(
                                () -> one.has(Trait.BY_REFERENCE) || ask.fit().lasting(types)))
                .filter(one -> lost(one).isEmpty())
                .min(by.order())
                .orElse(chosen());
    }
}
