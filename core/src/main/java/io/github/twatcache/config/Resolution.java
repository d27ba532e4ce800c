package io.github.twatcache.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        if (chosen.value().equals(nothing) && !chosen.source().equals(CODE)) {
            values.replaceAll((setting, value) -> new Sourced<>(value.value(), value.source(), false));
        }
        return new Resolved(new CacheSpec(name, chosen, values), notes);
    }
}
