package io.github.twatcache.disk;

import io.github.twatcache.config.Setting;
import java.time.Duration;
import java.util.List;

/** The settings that only the engine {@code disk} knows. */
public final class DiskSettings {
    /** Values of more bytes than this go to files of their own. */
    public static final Setting<Long> FILE_THRESHOLD = Setting.bytes(
                    "file-threshold", 0, "Keeps values of more bytes than this in files beside the database.")
            .otherwise(64L << 10);

    /** How long to wait for a lock that another process holds. */
    public static final Setting<Duration> LOCK_TIMEOUT = Setting.duration(
                    "lock-timeout", "Waits at most this long for the database's lock, which other processes may hold.")
            .otherwise(Duration.ofSeconds(60));

    /** Changes the limits for all processes. */
    public static final Setting<Boolean> OVERRIDE_SETTINGS = Setting.flag(
            "override-settings",
            "Changes the limits and the policy that the database says, for all processes, to those given here.");

    /** All of them. */
    static final List<Setting<?>> ALL = List.of(FILE_THRESHOLD, LOCK_TIMEOUT, OVERRIDE_SETTINGS);

    private DiskSettings() {}
}
