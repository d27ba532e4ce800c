package io.github.twatcache.path;

import io.github.twatcache.error.ConfigurationException;
import java.util.Objects;

/**
 * How many bytes all caches of a directory may hold together, and who makes room. It binds the process that sets it: its
 * writes make room, or are refused.
 *
 * @param bytes at least 1
 * @param policy who makes room
 */
public record Quota(long bytes, QuotaPolicy policy) {
    /** A fraction of a quota in percent: at this much, listeners are told. */
    static final int ALARM_PERCENT = 80;

    /** After it was told, usage must have fallen below this much before it is told again. */
    static final int CALM_PERCENT = 70;

    /**
     * Checks the bytes.
     *
     * @throws ConfigurationException when there are none
     */
    public Quota {
        Objects.requireNonNull(policy, "policy must not be null; leave the quota out for none");
        if (bytes < 1) {
            throw new ConfigurationException(
                    "quota must be 1 byte or more, but was " + bytes + " (from code); leave it out for none");
        }
    }

    boolean alarmed(long used) {
        return used >= percent(ALARM_PERCENT);
    }

    /** How much may be added to so much before something happens. */
    long left(long used) {
        long alarm = percent(ALARM_PERCENT);
        return (used < alarm ? alarm : bytes) - used;
    }

    boolean calm(long used) {
        return used < percent(CALM_PERCENT);
    }

    private long percent(int percent) {
        // The smallest number of bytes that is at least so many percent, without overflow.
        return bytes / 100 * percent + (bytes % 100 * percent + 99) / 100;
    }
}
