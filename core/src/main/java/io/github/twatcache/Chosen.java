package io.github.twatcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Resolved;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.config.Sourced;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.stats.Tally;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine that a cache is on, and all that {@code explain()} tells. */
final class Chosen {
    private static final Logger LOG = LoggerFactory.getLogger(TwatCache.class);

    private final Choice choice;
    private final Engine engine;
    private final CacheSpec spec;
    private final Explanation explanation;
    private final @Nullable Sizes sizes;

    /**
     * Takes a choice as it stands.
     *
     * @param choice the choice
     * @param asked the settings that the cache was asked for with
     * @param function the function in words
     * @param idle the settings that do nothing in this cache
     */
    Chosen(Choice choice, Resolved asked, String function, List<NoEffect.Idle> idle) {
        List<Setting<?>> doNothing =
                idle.stream().<Setting<?>>map(NoEffect.Idle::setting).toList();
        this.choice = choice;
        this.engine = choice.engine();
        this.spec = choice.spec().without(doNothing);
        this.sizes = choice.byRules() ? new Sizes() : null;
        List<String> notes = new ArrayList<>(asked.notes());
        List<Setting<?>> skipped = choice.skipped();
        skipped.forEach(setting -> given(asked.spec(), setting)
                .ifPresent(given -> notes.add(setting + " = " + setting.shown(given.value()) + " (from "
                        + given.source() + ") " + fate(setting))));
        idle.stream().map(NoEffect.Idle::note).filter(note -> !note.isEmpty()).forEach(notes::add);
        Map<String, Sourced<?>> sources = new LinkedHashMap<>();
        Map<String, String> shown = new LinkedHashMap<>();
        for (CacheSpec part : List.of(asked.spec().without(skipped).without(doNothing), spec)) {
            for (Setting<?> setting : part.given()) {
                part.sourced(setting).ifPresent(given -> {
                    sources.putIfAbsent(setting.key(), given);
                    shown.putIfAbsent(setting.key(), setting.shown(given.value()));
                });
            }
        }
        this.explanation = new Explanation(
                spec.name(), engine.name(), choice.explained(), sources, shown, notes, function, Optional.empty());
    }

    private static Optional<Sourced<?>> given(CacheSpec spec, Setting<?> setting) {
        return setting == Settings.ENGINE ? Optional.of(spec.engineSourced()) : spec.sourced(setting);
    }

    /** What becomes of a setting that the engine cannot honour. */
    private String fate(Setting<?> setting) {
        Optional<String> why = choice.why(setting);
        if (why.isPresent()) {
            return "is skipped: " + why.get();
        }
        Optional<String> ofOne =
                engine instanceof SplitEngine split ? split.settings(spec).skippedFor(setting) : Optional.empty();
        return ofOne.orElse("is skipped: engine '" + engine.name() + "' cannot honour it");
    }

    Engine engine() {
        return engine;
    }

    CacheSpec spec() {
        return spec;
    }

    /** What notes the sizes of results; {@code null} where nobody does, or no more. */
    @Nullable Sizes watching() {
        return sizes == null || sizes.done() ? null : sizes;
    }

    /** Counts and tells, once, that another engine has taken the place of the one that was asked for. */
    void announce(Tally tally) {
        EngineChoice made = explanation.choice();
        if (made.fellBack()) {
            tally.fellBack();
            tally.events().fellBack(explanation.engine());
            LOG.warn(
                    "cache '{}' is on engine '{}' instead: {}",
                    explanation.cache(),
                    explanation.engine(),
                    made.sentences().stream().collect(Collectors.joining(". ")));
        }
    }

    Explanation explain() {
        if (sizes == null || sizes.count() == 0) {
            return explanation;
        }
        return new Explanation(
                explanation.cache(),
                explanation.engine(),
                explanation.choice(),
                explanation.settings(),
                explanation.shown(),
                explanation.notes(),
                explanation.function(),
                choice.advice(sizes.count(), sizes.median(), sizes.types()));
    }
}
