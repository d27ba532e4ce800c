package io.github.twatcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.EffectiveSettings;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Sourced;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an open cache that have another value than it was opened with, since one stands where its entries are.
 * Thread-safe.
 */
final class Effective {
    /**
     * A value that stands elsewhere.
     *
     * @param value the value, or {@code null} for none
     * @param source where it stands
     */
    private record Stored(@Nullable Object value, String source) {}

    private final Map<Setting<?>, Stored> stored = new LinkedHashMap<>();

    synchronized void note(Setting<?> setting, @Nullable Object value, String source) {
        stored.put(setting, new Stored(value, source));
    }

    /** The settings with what counts in the place of what was given. */
    synchronized CacheSpec of(CacheSpec given) {
        Map<Setting<?>, Stored> differing = differing(given);
        CacheSpec spec = given.without(given.given().stream()
                .filter(setting -> differing.entrySet().stream().anyMatch(entry -> displaces(entry, setting)))
                .toList());
        for (Map.Entry<Setting<?>, Stored> entry : differing.entrySet()) {
            spec = with(spec, entry.getKey(), entry.getValue());
        }
        return spec;
    }

    private static boolean displaces(Map.Entry<Setting<?>, Stored> entry, Setting<?> setting) {
        return entry.getKey() == setting
                || (entry.getValue().value != null
                        && setting.group().isPresent()
                        && setting.group().equals(entry.getKey().group()));
    }

    private static <T> CacheSpec with(CacheSpec spec, Setting<T> setting, Stored stored) {
        return stored.value == null ? spec : spec.with(setting, setting.type().cast(stored.value), stored.source);
    }

    private Map<Setting<?>, Stored> differing(CacheSpec given) {
        Map<Setting<?>, Stored> differing = new LinkedHashMap<>(stored);
        differing
                .entrySet()
                .removeIf(entry -> Objects.equals(
                        entry.getValue().value,
                        given.sourced(entry.getKey()).map(Sourced::value).orElse(null)));
        return differing;
    }

    /** Where a setting stands that has another value than was given; empty where none does. */
    synchronized Optional<String> standing(CacheSpec given, Setting<?> setting) {
        return Optional.ofNullable(differing(given).get(setting)).map(Stored::source);
    }

    /** A table of settings in which what stands elsewhere tells where. */
    synchronized EffectiveSettings of(CacheSpec given, EffectiveSettings settings) {
        Map<String, String> none = new LinkedHashMap<>();
        differing(given).forEach((setting, one) -> {
            if (one.value == null) {
                none.put(setting.key(), one.source);
            }
        });
        List<EffectiveSettings.Line> lines = new ArrayList<>();
        for (EffectiveSettings.Line line : settings.lines()) {
            String source = none.get(line.key());
            lines.add(source == null ? line : new EffectiveSettings.Line(line.key(), line.value(), source));
        }
        return new EffectiveSettings(settings.cache(), lines, settings.notes());
    }

    /** What counts and what gave way, a sentence each. */
    synchronized List<String> notes(CacheSpec given) {
        List<String> notes = new ArrayList<>();
        differing(given).forEach((setting, one) -> {
            Optional<? extends Sourced<?>> asked = given.sourced(setting);
            notes.add(setting + " = " + words(setting, one.value) + " (from " + one.source + ")"
                    + asked.map(lost ->
                                    " counts, not " + setting.formatted(lost.value()) + " (from " + lost.source() + ")")
                            .orElse(" counts"));
        });
        return notes;
    }

    private static String words(Setting<?> setting, @Nullable Object value) {
        return value == null ? setting.unset() : setting.formatted(value);
    }
}
