package io.github.twatcache.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
    private final Map<Setting<?>, Choices> choices;

    /**
     * The words that a setting may have.
     *
     * @param present those that can be had here
     * @param absent those that could, each with what to do to have it
     */
    record Choices(Set<String> present, Map<String, String> absent) {
        Choices {
            present = Set.copyOf(present);
            absent = Map.copyOf(absent);
        }
    }

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
        this(own, present, absent, traits, Map.of());
    }

    private Vocabulary(
            Collection<? extends Setting<?>> own,
            Collection<String> present,
            Collection<String> absent,
            Collection<String> traits,
            Map<Setting<?>, Choices> choices) {
        settings.put(Settings.ENGINE.key(), Settings.ENGINE);
        Settings.ALL.forEach(setting -> settings.put(setting.key(), setting));
        own.forEach(setting -> settings.putIfAbsent(setting.key(), setting));
        this.present = Set.copyOf(present);
        List<String> all = new ArrayList<>(present);
        all.addAll(absent);
        this.engines = Set.copyOf(all);
        this.traits = Set.copyOf(traits);
        this.choices = Map.copyOf(choices);
    }

    /**
     * The same words, with those for codecs and compressors.
     *
     * @param codecs the codecs that are there
     * @param compressions the compressors that are there, and the word for none
     * @param mends what to do to have those that are there and cannot run, by name
     * @return the words
     */
    public Vocabulary stored(Set<String> codecs, Set<String> compressions, Map<String, String> mends) {
        List<String> absent = new ArrayList<>(engines);
        absent.removeAll(present);
        return new Vocabulary(
                settings.values(),
                present,
                absent,
                traits,
                Map.of(
                        Settings.CODEC,
                        choices(codecs, Map.of("fory", "fory", "jackson", "jackson"), mends),
                        Settings.COMPRESS,
                        choices(
                                compressions,
                                Map.of("zstd", "compress", "lz4", "compress", "gzip", "compress"),
                                mends)));
    }

    /** Those of ours that are not there, and those that are there and cannot run. */
    private static Choices choices(Set<String> present, Map<String, String> ours, Map<String, String> mends) {
        Map<String, String> absent = new HashMap<>();
        ours.forEach(
                (name, artifact) -> absent.put(name, "add the artifact io.github.twatcache:twat-cache-" + artifact));
        absent.putAll(mends);
        return new Choices(present, absent);
    }

    /** The words that a setting may have; empty where any will do. */
    Optional<Choices> choices(Setting<?> setting) {
        return Optional.ofNullable(choices.get(setting));
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
