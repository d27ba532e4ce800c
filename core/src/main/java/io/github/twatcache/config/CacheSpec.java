package io.github.twatcache.config;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.text.CacheNames;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one cache, each with its source. Immutable; two are equal when name, engine and values are, whatever
 * their sources.
 */
public final class CacheSpec {
    private final String name;
    private final Sourced<String> engine;
    private final Map<Setting<?>, Sourced<?>> values;

    CacheSpec(String name, Sourced<String> engine, Map<Setting<?>, Sourced<?>> values) {
        this.name = name;
        this.engine = engine;
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * Settings of which none is given yet.
     *
     * @param name the cache's name; it counts in Unicode's composed form (NFC)
     * @param engine the engine's name
     * @return the spec
     */
    public static CacheSpec of(String name, String engine) {
        return new CacheSpec(CacheNames.composed(name), new Sourced<>(engine, "code"), new LinkedHashMap<>());
    }

    /**
     * The cache's name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The engine's name.
     *
     * @return the name, such as {@code "heap"}
     */
    public String engine() {
        return engine.value();
    }

    /**
     * The engine's name, and where it comes from.
     *
     * @return the name with its source
     */
    public Sourced<String> engineSourced() {
        return engine;
    }

    /**
     * The same settings for another engine.
     *
     * @param other the engine's name
     * @return the new spec; the source of the engine's name stays
     */
    public CacheSpec onEngine(String other) {
        return new CacheSpec(name, new Sourced<>(other, engine.source(), engine.aimed()), new LinkedHashMap<>(values));
    }

    /**
     * The same settings for an engine that something else has named.
     *
     * @param other the engine's name, with where it comes from
     * @return the new spec
     */
    public CacheSpec onEngine(Sourced<String> other) {
        return new CacheSpec(name, other, new LinkedHashMap<>(values));
    }

    /**
     * The settings that were meant for this very cache, without those from defaults and name patterns.
     *
     * @return the new spec
     */
    public CacheSpec aimed() {
        Map<Setting<?>, Sourced<?>> aimed = new LinkedHashMap<>(values);
        aimed.values().removeIf(given -> !given.aimed());
        return new CacheSpec(name, engine, aimed);
    }

    /**
     * The same settings without some.
     *
     * @param left the settings that are left out
     * @return the new spec
     */
    public CacheSpec without(Collection<? extends Setting<?>> left) {
        Map<Setting<?>, Sourced<?>> fewer = new LinkedHashMap<>(values);
        fewer.keySet().removeAll(Set.copyOf(left));
        return new CacheSpec(name, engine, fewer);
    }

    /**
     * The same settings under another name.
     *
     * @param other the cache's name; it counts in Unicode's composed form (NFC)
     * @return the new spec
     */
    public CacheSpec named(String other) {
        return new CacheSpec(CacheNames.composed(other), engine, new LinkedHashMap<>(values));
    }

    /**
     * The same settings and one more.
     *
     * @param <T> the type of the value
     * @param setting the setting
     * @param value its value
     * @param source where the value comes from
     * @return the new spec
     * @throws ConfigurationException when the value is out of range, the setting was given before, or another of its
     *     group was
     */
    public <T> CacheSpec with(Setting<T> setting, T value, String source) {
        return with(setting, value, source, true);
    }

    /**
     * The same settings and one more.
     *
     * @param <T> the type of the value
     * @param setting the setting
     * @param value its value
     * @param source where the value comes from
     * @param aimed whether it was meant for this very cache, see {@link Sourced#aimed}
     * @return the new spec
     * @throws ConfigurationException when the value is out of range, the setting was given before, or another of its
     *     group was
     */
    public <T> CacheSpec with(Setting<T> setting, T value, String source, boolean aimed) {
        Objects.requireNonNull(value, setting.key() + " must not be null; leave the setting out instead");
        setting.checked(value, source);
        Sourced<?> before = values.get(setting);
        if (before != null) {
            throw new ConfigurationException(setting + " was already set to " + setting.shown(before.value())
                    + " (from "
                    + before.source() + ") and cannot be set again to " + setting.shown(value) + " (from " + source
                    + "); give it once");
        }
        setting.group()
                .ifPresent(group -> values.forEach((other, given) -> {
                    if (other.group().equals(Optional.of(group))) {
                        throw new ConfigurationException(setting + " = " + setting.shown(value) + " (from " + source
                                + ") cannot be combined with " + other + " = " + other.shown(given.value())
                                + " (from "
                                + given.source()
                                + "); give one of them");
                    }
                }));
        Map<Setting<?>, Sourced<?>> more = new LinkedHashMap<>(values);
        more.put(setting, new Sourced<>(value, source, aimed));
        return new CacheSpec(name, engine, more);
    }

    /**
     * The value of a setting.
     *
     * @param <T> the type of the value
     * @param setting the setting
     * @return its value, or {@code null} when it was not given
     */
    public <T> @Nullable T get(Setting<T> setting) {
        Sourced<?> sourced = values.get(setting);
        return sourced == null ? null : setting.type().cast(sourced.value());
    }

    /**
     * The value of a setting, or another where it was not given.
     *
     * @param <T> the type of the value
     * @param setting the setting
     * @param otherwise the value where it was not given
     * @return one of them
     */
    public <T> T get(Setting<T> setting, T otherwise) {
        T value = get(setting);
        return value == null ? otherwise : value;
    }

    /**
     * Whether a switch is on.
     *
     * @param flag the switch
     * @return whether it was given as true
     */
    public boolean on(Setting<Boolean> flag) {
        return get(flag, false);
    }

    /**
     * The settings that were given.
     *
     * @return the settings, in the order in which they were given
     */
    public Set<Setting<?>> given() {
        return values.keySet();
    }

    /**
     * Where the value of a setting comes from.
     *
     * @param setting the setting
     * @return the value with its source, or empty when it was not given
     */
    public Optional<Sourced<?>> sourced(Setting<?> setting) {
        return Optional.ofNullable(values.get(setting));
    }

    /**
     * Writes the settings as a configuration would say them. Settings that only code can give, such as an order of one's
     * own, are left out, and so are secrets.
     *
     * @return keys such as {@code twat.cache.caches.users.maximum-size}, which {@link #ofProperties} reads back equal; for
     *     a spec without a name {@code twat.cache.defaults.maximum-size}
     */
    public Properties toProperties() {
        String prefix =
                ConfigurationKey.PREFIX + (name.isEmpty() ? "defaults." : "caches." + NamePattern.escaped(name) + ".");
        Properties properties = new Properties();
        properties.setProperty(prefix + Settings.ENGINE.key(), engine());
        values.forEach((setting, given) -> {
            if (setting.written() && !setting.hidden()) {
                properties.setProperty(prefix + setting.key(), setting.formatted(given.value()));
            }
        });
        return properties;
    }

    /**
     * Reads the settings of one cache from properties.
     *
     * @param name the cache's name
     * @param properties keys as in a configuration
     * @param words the settings and engines that there are
     * @return the settings; on engine {@code memory} where none is named
     * @throws ConfigurationException with all faults together
     */
    public static CacheSpec ofProperties(String name, Properties properties, Vocabulary words) {
        return ConfigurationReader.read(properties, words)
                .resolve(new Layer(of(name, "memory"), false, engine -> false), List.of())
                .spec();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CacheSpec that
                && name.equals(that.name)
                && engine().equals(that.engine())
                && plain(values).equals(plain(that.values));
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + plain(values).hashCode();
    }

    @Override
    public String toString() {
        return name + " on " + engine() + " "
                + values.entrySet().stream()
                        .map(given -> given.getKey() + "="
                                + given.getKey().shown(given.getValue().value()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private static Map<Setting<?>, Object> plain(Map<Setting<?>, Sourced<?>> values) {
        Map<Setting<?>, Object> plain = new LinkedHashMap<>();
        values.forEach((setting, sourced) -> plain.put(setting, sourced.value()));
        return plain;
    }
}
