package io.github.twatcache.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The words that a configuration may use here: the settings of core and of the engines that are present, and engines. */
public final class Vocabulary {
    private final Map<String, Setting<?>> settings = new LinkedHashMap<>();
    private final Set<String> present;
    private final Set<String> engines;
    private final Set<String> traits;

    /**
     * Collects the words.
     *
     * @param own the settings of engines; where two have the same key the first counts
     * @param present the words for engines that are there: names, and words such as {@code "memory"}
     * @param absent the names of engines that are known and not there
     * @param traits the names of what engines may be able to do
     */
    public Vocabulary(
            Collection<? extends Setting<?>> own,
            Collection<String> present,
            Collection<String> absent,
            Collection<String> traits) {
        settings.put(Settings.ENGINE.key(), Settings.ENGINE);
        Settings.ALL.forEach(setting -> settings.put(setting.key(), setting));
        own.forEach(setting -> settings.putIfAbsent(setting.key(), setting));
        this.present = Set.copyOf(present);
        List<String> all = new ArrayList<>(present);
        all.addAll(absent);
        this.engines = Set.copyOf(all);
        this.traits = Set.copyOf(traits);
    }

    /**
     * The settings, {@link Settings#ENGINE} first, then core's, then those of engines.
     *
     * @return the settings
     */
    public List<Setting<?>> settings() {
        return List.copyOf(settings.values());
    }

    Optional<Setting<?>> setting(String key) {
        return Optional.ofNullable(settings.get(key));
    }

    Set<String> keys() {
        return settings.keySet();
    }

    Set<String> present() {
        return present;
    }

    Set<String> engines() {
        return engines;
    }

    Set<String> traits() {
        return traits;
    }
}
