package io.github.twatcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Sourced;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a cache came to be what it is: which engine, why, what was passed over, which settings from where.
 *
 * @param cache the cache's name
 * @param engine the engine's name
 * @param choice why this engine, as data
 * @param settings the settings that were given, each with its source, in the order in which they were given
 * @param shown the values of the same settings as people write them: a size as {@code 64MiB}, a duration as {@code 5m}
 * @param notes which settings gave way to others, and which were skipped because they were meant for many caches and this
 *     one's engine cannot honour them; whether the engine is left alone at the moment because it fails, who serves
 *     meanwhile, and how many changes wait for it; in sentences
 * @param function the function that is memoized, or that there is none
 * @param advice what the sizes of the first results say against this engine; empty where they say nothing, or where the
 *     engine was not chosen by {@code auto}
 */
public record Explanation(
        String cache,
        String engine,
        EngineChoice choice,
        Map<String, Sourced<?>> settings,
        Map<String, String> shown,
        List<String> notes,
        String function,
        Optional<Advice> advice) {
    /** Copies the list and the maps. */
    public Explanation {
        notes = List.copyOf(notes);
        shown = Map.copyOf(shown);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * An engine that would fit better than the one that was chosen.
     *
     * @param engine its name
     * @param results how many results were measured
     * @param medianBytes the median of their sizes
     * @param why why it would fit better, in a sentence
     * @param mend what to do, in a sentence
     */
    public record Advice(String engine, int results, long medianBytes, String why, String mend) {}

    /**
     * Why this engine, and what was passed over, in sentences.
     *
     * @return the sentences; unmodifiable
     */
    public List<String> reasons() {
        return choice.sentences();
    }

    /** The same with the settings that count, and what is to be said of those that differ. */
    Explanation with(CacheSpec counting, List<String> more) {
        Map<String, Sourced<?>> all = new LinkedHashMap<>();
        Map<String, String> words = new LinkedHashMap<>();
        settings.forEach((key, given) -> {
            if (counting.given().stream().anyMatch(setting -> setting.key().equals(key))) {
                all.put(key, given);
            }
        });
        for (Setting<?> setting : counting.given()) {
            counting.sourced(setting).ifPresent(given -> {
                all.put(setting.key(), given);
                words.put(setting.key(), setting.shown(given.value()));
            });
        }
        return new Explanation(cache, engine, choice, all, words, notes, function, advice).noting(more);
    }

    /** The same with further notes. */
    Explanation noting(List<String> more) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(more);
        return more.isEmpty() ? this : new Explanation(cache, engine, choice, settings, shown, all, function, advice);
    }

    /** The settings with their values as people write them and their sources. */
    List<String> written() {
        return settings.entrySet().stream()
                .map(given -> given.getKey() + " = " + shown.get(given.getKey()) + " (from "
                        + given.getValue().source() + ")")
                .toList();
    }

    /** The explanation as sentences, a line each. */
    @Override
    public String toString() {
        StringBuilder words = new StringBuilder(128);
        words.append("cache '")
                .append(cache)
                .append("' is on engine '")
                .append(engine)
                .append("'\n");
        words.append("function: ").append(function).append('\n');
        reasons().forEach(reason -> words.append("engine: ").append(reason).append('\n'));
        advice.ifPresent(said -> words.append("advice: ")
                .append(said.why())
                .append("; ")
                .append(said.mend())
                .append('\n'));
        written().forEach(setting -> words.append(setting).append('\n'));
        notes.forEach(note -> words.append("note: ").append(note).append('\n'));
        return words.toString();
    }
}
