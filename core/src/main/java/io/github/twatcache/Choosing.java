package io.github.twatcache;

import io.github.twatcache.config.AccessPattern;
import io.github.twatcache.config.OnUnavailable;
import io.github.twatcache.config.Requirements;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.config.ValueKind;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.spi.Trait;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The settings of a {@link CacheBuilder} that say where results should live: what is asked of the engine, hints for
 * {@code auto}, and what to do where an engine cannot be had.
 */
abstract sealed class Choosing extends MemoizingPublishers permits Freshening {
    /** Gives a setting; each may be given once. */
    abstract <T> CacheBuilder set(Setting<T> setting, T value);

    abstract CacheBuilder self();

    /**
     * Asks for entries that outlive the process. An engine that cannot is refused, and never taken instead unless
     * {@link OnUnavailable#DEGRADE} allows it.
     *
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated
     */
    public CacheBuilder persistent() {
        return set(Settings.PERSISTENT, true);
    }

    /**
     * Asks for entries that several processes of one machine share, as {@link #persistent} asks for lasting ones.
     *
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated
     */
    public CacheBuilder shared() {
        return set(Settings.SHARED, true);
    }

    /**
     * Asks for entries that several machines share, as {@link #persistent} asks for lasting ones. A database file on a
     * network drive is no such thing: it takes a server.
     *
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated
     */
    public CacheBuilder distributed() {
        return set(Settings.DISTRIBUTED, true);
    }

    /**
     * Says how large a value will be: a hint for {@code auto}, which tells sizes below 10 KiB, below 1 MiB, up to 100 MiB
     * and above apart.
     *
     * @param bytes 1 or more
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range or repeated
     */
    public CacheBuilder expectedValueSize(long bytes) {
        return set(Settings.EXPECTED_VALUE_SIZE, bytes);
    }

    /**
     * Says how many entries there will be: a hint for {@code auto}, which prefers other engines to the heap where they
     * would take more than a quarter of it, and other engines to one file for each of more than 100,000 entries.
     *
     * @param entries 1 or more
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range or repeated
     */
    public CacheBuilder expectedEntries(long entries) {
        return set(Settings.EXPECTED_ENTRIES, entries);
    }

    /**
     * Says that entries are looked up far more often than changed: {@link AccessPattern#READ_MOSTLY}.
     *
     * @return a builder with that setting
     * @throws ConfigurationException when an access pattern was given before
     */
    public CacheBuilder readMostly() {
        return accessPattern(AccessPattern.READ_MOSTLY);
    }

    /**
     * Says that entries are changed about as often as looked up: {@link AccessPattern#WRITE_HEAVY}.
     *
     * @return a builder with that setting
     * @throws ConfigurationException when an access pattern was given before
     */
    public CacheBuilder writeHeavy() {
        return accessPattern(AccessPattern.WRITE_HEAVY);
    }

    /**
     * Says how the cache will be used: a hint for {@code auto}.
     *
     * @param pattern the pattern
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated
     */
    public CacheBuilder accessPattern(AccessPattern pattern) {
        return set(Settings.ACCESS_PATTERN, pattern);
    }

    /**
     * Says what the values are, where the function's return type does not tell: a hint for {@code auto}. {@link Presets}
     * gives it.
     *
     * @param kind the kind
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated
     */
    public CacheBuilder valueKind(ValueKind kind) {
        return set(Settings.VALUE_KIND, kind);
    }

    /**
     * Says what to do where the engine is missing or cannot be opened. By default the next engine of its chain is taken
     * where that loses nothing that was asked for, by the engine's name or by a setting.
     *
     * @param action what to do
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated
     */
    public CacheBuilder onUnavailable(OnUnavailable action) {
        return set(Settings.ON_UNAVAILABLE, action);
    }

    /**
     * Takes only an engine that has these traits. Where one of them is {@link Trait#COUNTERS}, {@link Trait#LOCKS},
     * {@link Trait#QUEUES} or {@link Trait#TRANSACTIONS}, no other engine is ever taken instead, whatever
     * {@link #onUnavailable} says: what is counted or locked elsewhere is something else.
     *
     * @param traits the traits
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated, or names no trait
     */
    public CacheBuilder requires(Trait... traits) {
        Objects.requireNonNull(traits, "traits");
        if (traits.length == 0) {
            throw new ConfigurationException("requires() names no trait; name at least one, or leave it out");
        }
        Set<String> names = new TreeSet<>();
        for (Trait trait : traits) {
            names.add(trait.name());
        }
        return set(Settings.REQUIRES, new Requirements(names));
    }

    /**
     * Keeps small and large values of this one cache apart: values of up to so many bytes stay on the engine that the
     * cache asks for, larger ones go to one that {@code auto} chooses for their size. Sizes are those of
     * {@link io.github.twatcache.heap.ByteEstimate}. A maximum holds for each of the two stores by itself.
     *
     * @param bytes the greatest size of a small value, 1 or more
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range or repeated
     */
    public CacheBuilder split(long bytes) {
        return set(Settings.SPLIT, bytes);
    }

    /**
     * Keeps small and large values of this one cache apart, as {@link #split(long)} does, on two engines named in words.
     *
     * @param bytes the greatest size of a small value, 1 or more
     * @param small the engine of the small values, such as {@code "heap"}
     * @param large the engine of the larger ones, such as {@code "files"}
     * @return a builder with these settings
     * @throws ConfigurationException when they are out of range or repeated
     */
    public CacheBuilder split(long bytes, String small, String large) {
        return split(bytes).set(Settings.SPLIT_SMALL, small).set(Settings.SPLIT_LARGE, large);
    }

    /**
     * Applies a function that adds settings, such as one of {@link Presets} or one of your own.
     *
     * <pre>{@code
     * twat.auto("thumbnails").with(Presets.images()).memoize(Images::thumbnail);
     * }</pre>
     *
     * @param preset adds settings
     * @return what the function returns
     */
    public CacheBuilder with(UnaryOperator<CacheBuilder> preset) {
        Objects.requireNonNull(preset, "preset");
        return preset.apply(self());
    }
}
