package io.github.twatcache.disk.diskcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Requirements;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.config.Sourced;
import io.github.twatcache.disk.DiskSettings;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.spi.Trait;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a cache asks of a directory, null where it leaves that to what the directory says.
 *
 * @param directory where it is
 * @param shards how many shards a new one has
 * @param json whether keys and values are JSON
 * @param policy who leaves
 * @param sizeLimit Python's {@code size_limit}, over all shards, in bytes
 * @param cullLimit Python's {@code cull_limit}
 * @param minFileSize from how many bytes or characters on a value gets a file
 * @param tags whether entries carry tags
 */
public record Asked(
        @Nullable String directory,
        @Nullable Long shards,
        @Nullable Boolean json,
        @Nullable EvictionPolicy policy,
        @Nullable Long sizeLimit,
        @Nullable Long cullLimit,
        @Nullable Long minFileSize,
        boolean tags) {
    /** What other settings need, and this format has not. */
    private static final Map<Setting<?>, String> REFUSED = refused();

    /** What the format has; all else that the engine claims, it has not. */
    private static final Set<Trait> HAVING = EnumSet.of(
            Trait.BYTES,
            Trait.PERSISTENT,
            Trait.MULTI_PROCESS,
            Trait.MAXIMUM_WEIGHT,
            Trait.POLICY,
            Trait.EXPIRE_AFTER_WRITE,
            Trait.PER_ENTRY_EXPIRY,
            Trait.TAGS,
            Trait.REMOVALS,
            Trait.COUNTERS);

    private static Map<Setting<?>, String> refused() {
        String own = "leave it out, or keep the engine's own format";
        Map<Setting<?>, String> refused = new LinkedHashMap<>();
        refused.put(
                Settings.MAXIMUM_SIZE,
                "diskcache limits bytes and not entries; use maximum-bytes, which is its size_limit, or keep the engine's"
                        + " own format");
        refused.put(
                Settings.MAXIMUM_WEIGHT,
                "diskcache limits bytes and knows no weights; use maximum-bytes, which is its size_limit, or keep the"
                        + " engine's own format");
        refused.put(Settings.EXPIRE_AFTER_ACCESS, "in diskcache a use does not put the end off; " + own);
        refused.put(Settings.HMAC_KEY, "what Python writes is not signed, and what it is to read must not be; " + own);
        Trait.STALE
                .settings()
                .forEach(setting -> refused.put(setting, "diskcache keeps nothing past its freshness; " + own));
        refused.put(
                DiskSettings.OVERRIDE_SETTINGS,
                "in diskcache whoever opens a directory with other settings changes them for those who come later, and"
                        + " that is done here too; leave it out");
        refused.put(
                DiskSettings.FRONT_BYTES, "Python tells nobody of its changes, so nothing is kept on the heap; " + own);
        refused.put(
                DiskSettings.FRONT_ENTRIES,
                "Python tells nobody of its changes, so nothing is kept on the heap; " + own);
        return refused;
    }

    static Asked of(CacheSpec spec) {
        REFUSED.forEach((setting, why) -> refuse(spec, setting, why));
        if (spec.on(DiskSettings.FRONT)) {
            refuse(
                    spec,
                    DiskSettings.FRONT,
                    "Python tells nobody of its changes, so nothing is kept on the heap; leave it out, or keep the engine's"
                            + " own format");
        }
        Requirements required = spec.get(Settings.REQUIRES);
        if (required != null) {
            Set<String> missing = new TreeSet<>(required.traits());
            HAVING.forEach(trait -> missing.remove(trait.name()));
            if (!missing.isEmpty()) {
                refuse(
                        spec,
                        Settings.REQUIRES,
                        "diskcache has not: " + String.join(", ", missing) + "; ask for less, or keep"
                                + " the engine's own format");
            }
        }
        Policy policy = spec.get(Settings.POLICY);
        EvictionPolicy ours = policy == null ? null : EvictionPolicy.of(policy);
        if (policy != null && ours == null) {
            refuse(
                    spec,
                    Settings.POLICY,
                    "diskcache has four: NONE, FIFO (its least-recently-stored), LRU and LFU; use one of them, or keep the"
                            + " engine's own format");
        }
        Long threshold = spec.get(DiskSettings.FILE_THRESHOLD);
        return new Asked(
                spec.get(DiskSettings.DIRECTORY),
                spec.get(DiskSettings.SHARDS),
                spec.get(DiskSettings.JSON_DISK),
                ours,
                spec.get(Settings.MAXIMUM_BYTES),
                spec.get(DiskSettings.CULL_LIMIT),
                threshold == null ? null : threshold == Long.MAX_VALUE ? threshold : Long.valueOf(threshold + 1),
                spec.on(Settings.TAGS));
    }

    /** Refuses what was meant for this cache; what was meant for many is left out. */
    private static void refuse(CacheSpec spec, Setting<?> setting, String why) {
        Optional<Sourced<?>> given = spec.sourced(setting);
        if (given.isPresent()
                && given.get().aimed()
                && !Boolean.FALSE.equals(given.get().value())) {
            throw new ConfigurationException(
                    setting + " = " + (setting.hidden() ? "***" : given.get().value())
                            + " (from " + given.get().source() + ") of cache '" + spec.name()
                            + "' does not go with format = diskcache on engine '" + spec.engine() + "': " + why);
        }
    }

    /**
     * Refuses the settings that only this format knows, where a cache is in another.
     *
     * @param spec the settings of the cache
     * @throws ConfigurationException when one was meant for this cache
     */
    public static void refuseWithout(CacheSpec spec) {
        for (Setting<?> setting : List.of(DiskSettings.DIRECTORY, DiskSettings.JSON_DISK, DiskSettings.CULL_LIMIT)) {
            Optional<Sourced<?>> given = spec.sourced(setting);
            if (given.isPresent() && given.get().aimed()) {
                throw new ConfigurationException(setting + " = " + given.get().value() + " (from "
                        + given.get().source() + ") of cache '" + spec.name()
                        + "' needs format = diskcache; add it, or leave " + setting + " out");
            }
        }
    }
}
