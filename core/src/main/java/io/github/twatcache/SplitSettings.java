package io.github.twatcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.EffectiveSettings;
import io.github.twatcache.config.EffectiveSettings.Line;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.config.Sourced;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of the two engines of a split where they differ from those of the cache: what only one of them can honour,
 * what follows for it from a hint, what stands where its entries are.
 *
 * @param whole the settings of the cache
 * @param parts the two
 */
record SplitSettings(CacheSpec whole, List<SplitEngine.Part> parts) {
    /** What says which engine is taken, and nothing to the engine. */
    private static final Set<Setting<?>> OF_THE_CHOICE = Set.of(
            Settings.SPLIT,
            Settings.SPLIT_SMALL,
            Settings.SPLIT_LARGE,
            Settings.EXPECTED_VALUE_SIZE,
            Settings.VALUE_KIND);

    /** Which of the two cannot honour a setting, in words, where the other can. */
    Optional<String> skippedFor(Setting<?> setting) {
        List<SplitEngine.Part> without = parts.stream()
                .filter(part -> part.settings().apply(whole).sourced(setting).isEmpty())
                .toList();
        return without.size() == 1
                ? Optional.of("is skipped for " + without.get(0).values() + ": engine '"
                        + without.get(0).engine().name() + "' cannot honour it")
                : Optional.empty();
    }

    /** A table of the cache's settings, with a line behind for each that differs. */
    EffectiveSettings in(EffectiveSettings table) {
        List<Line> lines = new ArrayList<>(table.lines());
        for (SplitEngine.Part part : parts) {
            for (Line line : of(part)) {
                lines.add(new Line(line.key() + " (" + part.values() + ")", line.value(), line.source()));
            }
        }
        return new EffectiveSettings(table.cache(), lines, table.notes());
    }

    /** The same, a sentence each. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (SplitEngine.Part part : parts) {
            for (Line line : of(part)) {
                notes.add(line.key() + " = " + line.value() + " (from " + line.source() + ") counts for "
                        + part.values());
            }
        }
        return notes;
    }

    private List<Line> of(SplitEngine.Part part) {
        CacheSpec given = part.settings().apply(whole);
        CacheSpec counts = part.effective().of(given);
        Set<Setting<?>> all = new LinkedHashSet<>(whole.given());
        all.addAll(given.given());
        all.addAll(counts.given());
        // What does nothing in the whole does nothing here.
        new NoEffect(given.without(Set.of(Settings.FALLBACK)), part.engine(), null, true, true)
                .found()
                .forEach(idle -> all.remove(idle.setting()));
        List<Line> lines = new ArrayList<>();
        for (Setting<?> setting : all) {
            Sourced<?> ofWhole = whole.sourced(setting).orElse(null);
            Sourced<?> its = counts.sourced(setting).orElse(null);
            Optional<String> standing = part.effective().standing(given, setting);
            boolean same = ofWhole == null ? its == null && standing.isEmpty() : ofWhole.equals(its);
            if (OF_THE_CHOICE.contains(setting) || same) {
                continue;
            }
            if (its != null) {
                lines.add(new Line(setting.key(), setting.formatted(its.value()), its.source()));
            } else if (standing.isPresent()) {
                lines.add(new Line(setting.key(), setting.unset(), standing.get()));
            } else if (Settings.ALL.contains(setting)) {
                lines.add(new Line(
                        setting.key(),
                        setting.unset(),
                        EffectiveSettings.DEFAULT + ": engine '" + part.engine().name() + "' cannot honour another"));
            }
        }
        return lines;
    }
}
