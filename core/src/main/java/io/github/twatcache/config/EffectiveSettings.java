package io.github.twatcache.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Every setting of one cache with the value that counts and where it comes from; as text, a table. Immutable.
 *
 * @param cache the cache's name; empty for all caches of which nothing else is said
 * @param lines the settings, the engine first
 * @param notes what gave way to what, and what was skipped, a sentence each
 */
public record EffectiveSettings(String cache, List<Line> lines, List<String> notes) {
    /** The source of what nobody has given. */
    public static final String DEFAULT = "default";

    /**
     * One setting.
     *
     * @param key its key
     * @param value its value as a configuration would say it; where nobody has given one, what then holds, in words
     * @param source where the value comes from; {@value EffectiveSettings#DEFAULT} where nobody has given one
     */
    public record Line(String key, String value, String source) {}

    /** Copies the lists. */
    public EffectiveSettings {
        lines = List.copyOf(lines);
        notes = List.copyOf(notes);
    }

    /**
     * Lists the settings of a cache.
     *
     * @param spec what was given
     * @param known the settings that there are, beside the engine
     * @param notes what gave way to what
     * @return the list
     */
    public static EffectiveSettings of(CacheSpec spec, Collection<? extends Setting<?>> known, List<String> notes) {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(known, "known");
        Objects.requireNonNull(notes, "notes");
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(
                Settings.ENGINE.key(), spec.engine(), spec.engineSourced().source()));
        for (Setting<?> setting : known) {
            lines.add(spec.sourced(setting)
                    .map(given -> new Line(setting.key(), setting.formatted(given.value()), given.source()))
                    .orElseGet(() -> new Line(setting.key(), setting.unset(), DEFAULT)));
        }
        return new EffectiveSettings(spec.name(), lines, notes);
    }

    /**
     * One of the settings.
     *
     * @param key its key, such as {@code "maximum-size"}
     * @return the line, or empty where the cache has no such setting
     */
    public Optional<Line> get(String key) {
        Objects.requireNonNull(key, "key");
        return lines.stream().filter(line -> line.key().equals(key)).findFirst();
    }

    /** A table, a line for each setting. */
    @Override
    public String toString() {
        int keys = width(lines.stream().map(Line::key).toList());
        int values = width(lines.stream().map(Line::value).toList());
        StringBuilder table = new StringBuilder("settings of ")
                .append(cache.isEmpty() ? "all caches" : "cache '" + cache + "'")
                .append('\n');
        for (Line line : lines) {
            table.append("  ")
                    .append(line.key())
                    .append(" ".repeat(keys - line.key().length() + 2));
            table.append(line.value()).append(" ".repeat(values - line.value().length() + 2));
            table.append(line.source()).append('\n');
        }
        notes.forEach(note -> table.append("note: ").append(note).append('\n'));
        return table.toString();
    }

    private static int width(List<String> words) {
        return words.stream().map(String::length).max(Comparator.naturalOrder()).orElse(0);
    }
}
