package io.github.twatcache.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts the settings of one cache together, from what beats least to what beats most. A setting takes the place of the
 * same one and of those that exclude it.
 */
final class Resolution {
    private static final String CODE = "code";

    private final String name;
    private final Map<Setting<?>, Sourced<?>> values = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private @Nullable Sourced<String> engine;

    /** The settings before scopes and overrides. */
    private Map<Setting<?>, Sourced<?>> ofCode = Map.of();

    /** Whether the engine was named after code has had its say: by a scope, an override, or the switch of all caching. */
    private boolean afterCode;

    Resolution(String name) {
        this.name = name;
    }

    void configured(ConfiguredValue value) {
        if (value.setting() == Settings.ENGINE) {
            engine(new Sourced<>(
                    Settings.ENGINE.type().cast(value.sourced().value()),
                    value.sourced().source(),
                    value.sourced().aimed()));
        } else {
            put(value.setting(), value.sourced());
        }
    }

    void code(Layer code) {
        Sourced<String> configured = engine;
        Sourced<String> given = new Sourced<>(code.spec().engine(), code.chosen() ? CODE : "default");
        boolean keeps = configured != null && (!code.chosen() || code.refines().test(configured.value()));
        if (!keeps) {
            engine(given);
        }
        code.spec().given().forEach(setting -> code.spec().sourced(setting).ifPresent(value -> put(setting, value)));
        ofCode = new LinkedHashMap<>(values);
        afterCode = false;
    }

    /** A scope speaks for all caches made in it: what the engine of one cannot honour is skipped there. */
    void scope(Layer scope) {
        if (scope.chosen()) {
            engine(new Sourced<>(scope.spec().engine(), "scope", false));
        }
        scope.spec()
                .given()
                .forEach(setting -> scope.spec()
                        .sourced(setting)
                        .ifPresent(value -> put(setting, new Sourced<>(value.value(), "scope", false))));
    }

    void engine(Sourced<String> chosen) {
        Sourced<String> before = engine;
        if (before != null && !before.value().equals(chosen.value())) {
            notes.add(gaveWay(Settings.ENGINE, before, Settings.ENGINE, chosen));
        }
        engine = chosen;
        afterCode = true;
    }

    private void put(Setting<?> setting, Sourced<?> value) {
        values.entrySet().removeIf(entry -> {
            Setting<?> other = entry.getKey();
            boolean gone = other == setting
                    || (setting.group().isPresent() && setting.group().equals(other.group()));
            if (gone && !(other == setting && entry.getValue().value().equals(value.value()))) {
                notes.add(gaveWay(other, entry.getValue(), setting, value));
            }
            return gone;
        });
        values.put(setting, value);
    }

    private static String gaveWay(Setting<?> loser, Sourced<?> lost, Setting<?> winner, Sourced<?> won) {
        return loser + " = " + loser.formatted(lost.value()) + " (from " + lost.source() + ") gave way to " + winner
                + " = " + winner.formatted(won.value()) + " (from " + won.source() + ")";
    }

    /** @param nothing the engine that keeps nothing: whoever switches caching off so need not take settings out */
    Resolved done(String nothing) {
        Sourced<String> chosen =
                Optional.ofNullable(engine).orElseThrow(() -> new IllegalStateException("code has had no say"));
        if (chosen.value().equals(nothing)) {
            keepNothing(chosen);
        } else if (afterCode) {
            leaveToOne(chosen);
        }
        if (chosen.value().equals(nothing) && !chosen.source().equals(CODE)) {
            values.replaceAll((setting, value) -> forMany(value));
        }
        CacheSpec before = new CacheSpec(name, chosen, ofCode);
        CacheSpec after = new CacheSpec(name, chosen, new LinkedHashMap<>(values));
        // Whoever takes away what a setting of the code works on need not take that setting out of the code.
        values.replaceAll((setting, value) -> setting.works(before) && !setting.works(after) ? forMany(value) : value);
        return new Resolved(new CacheSpec(name, chosen, values), notes);
    }

    private static Sourced<?> forMany(Sourced<?> value) {
        return new Sourced<>(value.value(), value.source(), false);
    }

    /** What would send values to another engine than the one that keeps nothing is dropped: then that keeps something. */
    private void keepNothing(Sourced<String> nothing) {
        List<Setting<?>> others = new ArrayList<>();
        if (afterCode) {
            others.add(Settings.FALLBACK);
        }
        if (afterCode || !splitStays()) {
            others.addAll(List.of(Settings.SPLIT, Settings.SPLIT_SMALL, Settings.SPLIT_LARGE));
        }
        for (Setting<?> other : others) {
            Sourced<?> given = values.remove(other);
            if (given != null) {
                notes.add(other + " = " + other.formatted(given.value()) + " (from " + given.source()
                        + ") is skipped: engine = " + nothing.value() + " (from " + nothing.source()
                        + ") keeps nothing");
            }
        }
    }

    /**
     * Whoever names an engine after code has had its say names it for all values, so a split from before gives way; and the
     * engine that was to take over may be the cache's own by now, which is nobody's mistake.
     */
    private void leaveToOne(Sourced<String> chosen) {
        List<Setting<?>> splitting = List.of(Settings.SPLIT, Settings.SPLIT_SMALL, Settings.SPLIT_LARGE);
        if (splitting.stream().allMatch(this::isOfCode)) {
            for (Setting<?> setting : splitting) {
                Sourced<?> given = values.remove(setting);
                if (given != null) {
                    notes.add(gaveWay(setting, given, Settings.ENGINE, chosen));
                }
            }
        }
        if (isOfCode(Settings.FALLBACK)) {
            values.computeIfPresent(Settings.FALLBACK, (setting, given) -> forMany(given));
        }
    }

    /** Whether a setting stands as it stood when code had had its say. */
    private boolean isOfCode(Setting<?> setting) {
        return Objects.equals(values.get(setting), ofCode.get(setting));
    }

    /** Whether the split was meant for this cache by whoever named the engine, or by code that names both engines. */
    private boolean splitStays() {
        Sourced<?> split = values.get(Settings.SPLIT);
        boolean ofConfiguration =
                !CODE.equals(Optional.ofNullable(engine).map(Sourced::source).orElse(CODE));
        return name.isEmpty()
                || split == null
                || (split.aimed()
                        && !(ofConfiguration
                                && split.source().equals(CODE)
                                && !values.containsKey(Settings.SPLIT_SMALL)));
    }
}
