package io.github.twatcache.config;

import io.github.twatcache.error.ConfigurationException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the sources say about caches, read and checked. Immutable.
 *
 * <p>For one cache, what is more specific beats what is less: its own name, then the more specific of two name patterns,
 * then the defaults for all. For the same key the later source beats the earlier. All of this gives way to what code
 * says, but what stands under {@code twat.cache.override} and {@code twat.cache.enabled = false} does not.
 */
public final class Configuration {
    /** The engine that keeps nothing. */
    private static final String NOTHING = "null";

    private final List<ConfiguredValue> general;
    private final Map<Target, List<ConfiguredValue>> named = new HashMap<>();
    private final Optional<Sourced<Boolean>> enabled;
    private final List<String> sources;
    private final List<String> warnings;

    Configuration(
            List<ConfiguredValue> values,
            @Nullable Sourced<Boolean> enabled,
            List<String> sources,
            List<String> warnings) {
        List<ConfiguredValue> many = new ArrayList<>();
        for (ConfiguredValue value : values) {
            if (value.target().aimed()) {
                named.computeIfAbsent(value.target(), unused -> new ArrayList<>())
                        .add(value);
            } else {
                many.add(value);
            }
        }
        many.sort(Comparator.comparing(ConfiguredValue::target)); // stable: the later source stays later
        this.general = List.copyOf(many);
        this.enabled = Optional.ofNullable(enabled);
        this.sources = List.copyOf(sources);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Reads the sources.
     *
     * @param sources where from
     * @param words the settings and engines that there are
     * @return the configuration
     * @throws ConfigurationException with all faults together
     */
    public static Configuration read(Sources sources, Vocabulary words) {
        return ConfigurationReader.read(sources, words);
    }

    /**
     * The sources that were found.
     *
     * @return files, {@code "environment"} and {@code "system properties"}, the one that beats least first
     */
    public List<String> sources() {
        return sources;
    }

    /**
     * What is odd and no fault: variables that mean nothing here, settings of engines that are not present.
     *
     * @return the warnings, a sentence each
     */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * The caches that keys speak of: names, and patterns with {@code *}.
     *
     * @return sorted; unmodifiable
     */
    public SortedSet<String> caches() {
        List<Target> targets = new ArrayList<>(named.keySet());
        general.forEach(value -> targets.add(value.target()));
        SortedSet<String> caches = new TreeSet<>();
        for (Target target : targets) {
            NamePattern pattern = target.caches();
            if (pattern != null) {
                caches.add(pattern.toString());
            }
        }
        return Collections.unmodifiableSortedSet(caches);
    }

    /**
     * Whether caching is on.
     *
     * @return false where {@code twat.cache.enabled} says so
     */
    public boolean enabled() {
        return enabled.map(Sourced::value).orElse(true);
    }

    /**
     * The settings of one cache: what the configuration, code and scopes say about it together.
     *
     * @param code what code says, under the cache's name
     * @param scopes what the scopes around say, the outermost first
     * @return the settings, each with its source
     */
    public Resolved resolve(Layer code, List<Layer> scopes) {
        String name = code.spec().name();
        Resolution resolution = new Resolution(name);
        apply(resolution, name, false);
        resolution.code(code);
        scopes.forEach(resolution::scope);
        apply(resolution, name, true);
        enabled.filter(on -> !on.value())
                .ifPresent(off -> resolution.engine(
                        new Sourced<>(NOTHING, ConfigurationKey.ENABLED + " = false, " + off.source())));
        return resolution.done(NOTHING);
    }

    private void apply(Resolution resolution, String name, boolean override) {
        for (ConfiguredValue value : general) {
            if (value.target().override() == override && value.target().matches(name)) {
                resolution.configured(value);
            }
        }
        named.getOrDefault(new Target(override, new NamePattern(NamePattern.escaped(name))), List.of())
                .forEach(resolution::configured);
    }

    @Override
    public String toString() {
        return "configuration of " + (sources.isEmpty() ? "no source" : String.join(", ", sources));
    }
}
