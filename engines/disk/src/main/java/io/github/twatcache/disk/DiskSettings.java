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

    /** Whether nothing is ever written. */
    public static final Setting<Boolean> READ_ONLY = Setting.flag(
            "read-only",
            "Reads what is there and writes nothing, on a disk that cannot be written to as well; changes are refused.");

    /** Whether entries that were read stay on the heap until a process changes them. */
    public static final Setting<Boolean> FRONT = Setting.flag(
                    "front",
                    "Keeps entries that were read on the heap until any process changes them, and answers from there.")
            .otherwise(true);

    /** How many entries stay on the heap. */
    public static final Setting<Long> FRONT_ENTRIES = Setting.count(
                    "front-entries", 1, 1 << 24, "Keeps about so many entries on the heap at most.")
            .otherwise(16_384L);

    /** How many bytes they take. */
    public static final Setting<Long> FRONT_BYTES = Setting.bytes(
                    "front-bytes", 1, "Keeps entries of about so many bytes in all on the heap at most.")
            .otherwise(64L << 20);

    /** All of them. */
    static final List<Setting<?>> ALL =
            List.of(FILE_THRESHOLD, FRONT, FRONT_BYTES, FRONT_ENTRIES, LOCK_TIMEOUT, OVERRIDE_SETTINGS, READ_ONLY);

    private DiskSettings() {}
}
