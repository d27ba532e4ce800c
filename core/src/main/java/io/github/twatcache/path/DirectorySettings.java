package io.github.twatcache.path;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.ConfigurationFault;
import io.github.twatcache.text.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a cache directory is opened. Immutable.
 *
 * @param given the directory that code names, {@code ~} and <code>${VARIABLE}</code> in it expanded; {@code null} for the
 *     one that {@code TWAT_CACHE_DIR} names, or the platform's
 * @param surroundings the environment and the platform
 * @param quota what all caches may hold together, or {@code null} for no limit
 * @param listener who is told at 80 % of the quota, or {@code null} for nobody
 * @param lockTimeout how long to wait for another thread or process that changes the directory, longer than zero
 */
public record DirectorySettings(
        @Nullable Path given,
        Surroundings surroundings,
        @Nullable Quota quota,
        @Nullable QuotaListener listener,
        Duration lockTimeout) {
    /** Many times what the longest operation, a recount of a large directory, takes. */
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(60);

    /**
     * Checks the time.
     *
     * @throws ConfigurationException when it is not longer than zero
     */
    public DirectorySettings {
        Objects.requireNonNull(surroundings, "surroundings");
        if (lockTimeout.isZero() || lockTimeout.isNegative()) {
            throw new ConfigurationException(
                    "lockTimeout must be longer than zero, but was " + Durations.shown(lockTimeout)
                            + " (from code); leave it out for " + Durations.format(LOCK_TIMEOUT));
        }
    }

    /**
     * The directory that the environment names, without a quota.
     *
     * @return the settings
     */
    public static DirectorySettings standard() {
        return new DirectorySettings(null, Surroundings.system(), null, null, LOCK_TIMEOUT);
    }

    /**
     * The same in a directory that code names.
     *
     * @param directory the directory
     * @return the new settings
     */
    public DirectorySettings at(Path directory) {
        return new DirectorySettings(
                Objects.requireNonNull(
                        directory, "directory must not be null; leave it out for the user's cache directory"),
                surroundings,
                quota,
                listener,
                lockTimeout);
    }

    /**
     * The same in other surroundings.
     *
     * @param other the environment and the platform
     * @return the new settings
     */
    public DirectorySettings within(Surroundings other) {
        return new DirectorySettings(given, other, quota, listener, lockTimeout);
    }

    /**
     * The same with a quota.
     *
     * @param limit what all caches may hold together
     * @return the new settings
     */
    public DirectorySettings bounded(Quota limit) {
        return new DirectorySettings(given, surroundings, limit, listener, lockTimeout);
    }

    /**
     * The same with somebody who is told at 80 % of the quota.
     *
     * @param told who is told
     * @return the new settings
     */
    public DirectorySettings telling(QuotaListener told) {
        return new DirectorySettings(given, surroundings, quota, told, lockTimeout);
    }

    /**
     * The same with another time to wait for the directory's lock.
     *
     * @param time longer than zero
     * @return the new settings
     */
    public DirectorySettings waiting(Duration time) {
        return new DirectorySettings(given, surroundings, quota, listener, time);
    }

    /**
     * Where the directory is, or would be. Touches no file.
     *
     * @return the absolute path
     * @throws ConfigurationException when the path names a variable that is not set, or a home that is not known
     */
    public Path path() {
        return location().path();
    }

    /**
     * What is wrong with what {@code TWAT_CACHE_DIR} and code say, the former also where it gives way to the latter: what
     * cannot be expanded, what is no path, and what a file is in the way of. Makes nothing.
     *
     * @return the faults; none where nothing is known to be wrong
     */
    public List<ConfigurationFault> faults() {
        return Location.faults(given, surroundings);
    }

    Location location() {
        return Location.of(given, surroundings);
    }
}
