package io.github.twatcache.wrap;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Classes;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.error.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns {@link Cached} and {@link CacheDefaults} into settings. */
final class AnnotatedSettings {
    private static final String SOURCE = "code";

    private final String place;
    private final Faults faults;

    AnnotatedSettings(String place, Faults faults) {
        this.place = place;
        this.faults = faults;
    }

    /** The settings of one method's cache. */
    CacheSpec cached(Cached cached, String name, @Nullable CacheDefaults defaults, String defaultsPlace) {
        CacheSpec own = read(
                given(
                        CacheSpec.of(name, cached.engine()),
                        cached.expireAfterWrite(),
                        cached.expireAfterAccess(),
                        cached.maximumSize(),
                        cached.maximumBytes(),
                        cached.statistics()),
                Settings.VERSION,
                cached.version());
        if (cached.dependsOn().length > 0) {
            own = with(own, Settings.DEPENDS_ON, new Classes(new LinkedHashSet<>(List.of(cached.dependsOn()))));
        }
        if (defaults == null) {
            return own;
        }
        CacheSpec others = new AnnotatedSettings(defaultsPlace, faults).defaults(defaults);
        CacheSpec all = own.engine().isEmpty() ? own.onEngine(others.engine()) : own;
        for (Setting<?> setting : others.given()) {
            if (!displaced(setting, own)) {
                all = copied(setting, others, all);
            }
        }
        return all;
    }

    /** What is given is checked here, also where no method makes use of it. */
    CacheSpec defaults(CacheDefaults defaults) {
        return given(
                CacheSpec.of("", defaults.engine()),
                defaults.expireAfterWrite(),
                defaults.expireAfterAccess(),
                defaults.maximumSize(),
                defaults.maximumBytes(),
                defaults.statistics());
    }

    private static boolean displaced(Setting<?> setting, CacheSpec own) {
        Optional<String> group = setting.group();
        return own.given().stream()
                .anyMatch(given ->
                        given == setting || (group.isPresent() && given.group().equals(group)));
    }

    private static <T> CacheSpec copied(Setting<T> setting, CacheSpec from, CacheSpec to) {
        T value = from.get(setting);
        return value == null ? to : to.with(setting, value, SOURCE);
    }

    private CacheSpec given(
            CacheSpec start,
            String expireAfterWrite,
            String expireAfterAccess,
            long maximumSize,
            String maximumBytes,
            boolean statistics) {
        CacheSpec spec = start;
        spec = read(spec, Settings.EXPIRE_AFTER_WRITE, expireAfterWrite);
        spec = read(spec, Settings.EXPIRE_AFTER_ACCESS, expireAfterAccess);
        if (maximumSize != Long.MIN_VALUE) {
            spec = with(spec, Settings.MAXIMUM_SIZE, maximumSize);
        }
        spec = read(spec, Settings.MAXIMUM_BYTES, maximumBytes);
        return statistics ? with(spec, Settings.STATISTICS, true) : spec;
    }

    /** Reads a value as configurations write it. */
    private <T> CacheSpec read(CacheSpec spec, Setting<T> setting, String text) {
        if (text.isEmpty()) {
            return spec;
        }
        try {
            return with(spec, setting, setting.parse(text));
        } catch (IllegalArgumentException unreadable) {
            faults.add(
                    place,
                    setting.key() + " = \"" + text + "\": " + unreadable.getMessage() + "; write " + setting.allowed());
            return spec;
        }
    }

    private <T> CacheSpec with(CacheSpec spec, Setting<T> setting, T value) {
        try {
            return spec.with(setting, value, SOURCE);
        } catch (ConfigurationException refused) {
            faults.add(place, refused);
            return spec;
        }
    }

    /** Tags of a method and of the interface, each once, in order. */
    static List<String> tags(Cached cached, @Nullable CacheDefaults defaults) {
        List<String> tags = new ArrayList<>(defaults == null ? List.of() : List.of(defaults.tags()));
        for (String tag : cached.tags()) {
            if (!tags.contains(tag)) {
                tags.add(tag);
            }
        }
        return List.copyOf(tags);
    }
}
