package io.github.twatcache.disk;

import io.github.twatcache.CacheBuilder;
import io.github.twatcache.config.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

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
            .otherwise(16_384L)
            .needing("front", spec -> spec.get(FRONT, true));

    /** How many bytes they take. */
    public static final Setting<Long> FRONT_BYTES = Setting.bytes(
                    "front-bytes", 1, "Keeps entries of about so many bytes in all on the heap at most.")
            .otherwise(64L << 20)
            .needing("front", spec -> spec.get(FRONT, true));

    /** In which format entries are kept. */
    public static final Setting<Format> FORMAT = Setting.choice(
                    "format",
                    Format.class,
                    "Keeps entries in the engine's own format, or in that of Python's diskcache, which Python programs then"
                            + " share at the same time.")
            .otherwise(Format.NATIVE);

    /** Where the directory of a cache in the format of diskcache is. */
    public static final Setting<String> DIRECTORY = Setting.word(
                    "directory",
                    "the path of a directory",
                    path -> !path.isBlank(),
                    "Keeps the entries of format = diskcache in this directory: the one that is given to Python's Cache or"
                            + " FanoutCache.")
            .unset("a folder of the cache directory");

    /** Over how many databases a new cache is spread. */
    public static final Setting<Long> SHARDS = Setting.count(
                    "shards",
                    1,
                    1_000,
                    "Spreads a new cache over so many databases, which are written to at the same time, each with its part of the"
                            + " maximum; with format = diskcache it is one of Python's FanoutCache.")
            .unset("as the directory says; a new cache has one, and with format = diskcache is one of Python's Cache");

    /** Whether keys and values are JSON. */
    public static final Setting<Boolean> JSON_DISK = Setting.flag(
                    "json-disk",
                    "Writes the keys and values of format = diskcache as Python's JSONDisk does: as compressed JSON.")
            .unset("as the directory says; a new one is not");

    /** How many entries a write takes away at most where there are too many. */
    public static final Setting<Long> CULL_LIMIT = Setting.count(
                    "cull-limit",
                    0,
                    Integer.MAX_VALUE,
                    "Lets each write to format = diskcache take away so many entries at most: Python's cull_limit.")
            .unset("as the directory says; 10 in a new one");

    /** All of them. */
    static final List<Setting<?>> ALL = List.of(
            CULL_LIMIT,
            DIRECTORY,
            FILE_THRESHOLD,
            FORMAT,
            FRONT,
            FRONT_BYTES,
            FRONT_ENTRIES,
            JSON_DISK,
            LOCK_TIMEOUT,
            OVERRIDE_SETTINGS,
            READ_ONLY,
            SHARDS);

    private DiskSettings() {}

    /**
     * Shares a directory with Python's diskcache.
     *
     * <pre>{@code
     * Cache<String, String> pages = twat.disk("pages").with(DiskSettings.diskcache(Path.of("/var/cache/pages")))
     *         .types(String.class, String.class)
     *         .build();                              // in Python: diskcache.Cache("/var/cache/pages")
     * }</pre>
     *
     * @param directory what Python's {@code Cache} or {@code FanoutCache} is given; made where it is not there
     * @return a preset for {@link CacheBuilder#with}
     */
    public static UnaryOperator<CacheBuilder> diskcache(Path directory) {
        String path = directory.toString();
        return builder -> builder.set(FORMAT, Format.DISKCACHE).set(DIRECTORY, path);
    }
}
