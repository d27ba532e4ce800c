package io.github.twatcache.config;

import io.github.twatcache.text.Durations;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;

/** The settings that core defines. An engine may add its own. */
public final class Settings {
    private static final String MAXIMUM = "maximum";
    private static final String CODE = "code";
    private static final String EARLY = "early refresh";

    /** The engine; not among {@link #ALL}, since a spec has it apart. */
    public static final Setting<String> ENGINE = Setting.word(
                    "engine",
                    "the name of an engine, or memory for the first heap engine that honours every setting",
                    name -> !name.isBlank(),
                    "Chooses where results live.")
            .unset("memory");

    /** At most so many entries. */
    public static final Setting<Long> MAXIMUM_SIZE = Setting.count(
                    "maximum-size", 1, Long.MAX_VALUE, "Keeps at most this many entries.")
            .unset("no limit")
            .in(MAXIMUM);

    /** At most so many bytes, by the estimate that {@code ByteEstimate} documents. */
    public static final Setting<Long> MAXIMUM_BYTES = Setting.bytes(
                    "maximum-bytes",
                    1,
                    "Keeps at most this many bytes: keys, values and a fixed overhead for each entry.")
            .unset("no limit")
            .in(MAXIMUM);

    /** At most so much weight, by the cache's weigher. */
    public static final Setting<Long> MAXIMUM_WEIGHT = Setting.count(
                    "maximum-weight", 1, Long.MAX_VALUE, "Keeps entries whose weights add up to at most this.")
            .unset("no limit")
            .in(MAXIMUM)
            .needing("a weigher, which code gives");

    /** Who leaves a full cache. */
    public static final Setting<Policy> POLICY = Setting.choice(
                    "policy", Policy.class, "Decides which entry leaves a full cache.")
            .unset("the engine's own")
            .in("victims")
            .needing("a maximum");

    /** How long an entry lives from its storing. */
    public static final Setting<Duration> EXPIRE_AFTER_WRITE = Setting.duration(
                    "expire-after-write", "An entry dies this long after it was stored.")
            .unset("never");

    /** How long an entry lives from its last use. */
    public static final Setting<Duration> EXPIRE_AFTER_ACCESS = Setting.duration(
                    "expire-after-access", "An entry dies this long after it was last stored or used.")
            .unset("never");

    /** How often an entry is found. */
    public static final Setting<Long> EXPIRE_AFTER_READS = Setting.count(
                    "expire-after-reads", 1, Integer.MAX_VALUE, "An entry dies when it has been found this often.")
            .unset("never");

    /** Shortens each lifetime by a random part of up to this fraction. */
    public static final Setting<Double> EXPIRY_JITTER = Setting.fraction(
                    "expiry-jitter",
                    "Shortens each entry's lifetime by a random part of up to this fraction, so that entries stored"
                            + " together do not die together.")
            .unset("no jitter")
            .needing("a lifetime");

    /** Entries may have lifetimes of their own. */
    public static final Setting<Boolean> PER_ENTRY_EXPIRY =
            Setting.flag("per-entry-expiry", "Lets entries have lifetimes of their own.");

    /** Entries may carry tags. */
    public static final Setting<Boolean> TAGS =
            Setting.flag("tags", "Lets entries carry tags by which they are invalidated together.");

    /** What the cache does for now. */
    public static final Setting<Mode> MODE = Setting.choice(
                    "mode",
                    Mode.class,
                    "Switches a cache off, or makes it find only or store only; can be changed at run time.")
            .otherwise(Mode.ON);

    /** Counts hits. */
    public static final Setting<Boolean> STATISTICS =
            Setting.flag("statistics", "Counts hits too, and remembers why entries have left.");

    /** Hands out copies of arrays and JDK collections. */
    public static final Setting<Boolean> COPY_ON_READ = Setting.flag(
            "copy-on-read",
            "Hands out copies of arrays and JDK collections, so that callers cannot change what is kept.");

    /** Entries may be kept past their freshness. */
    public static final Setting<Boolean> KEEP_STALE =
            Setting.flag("keep-stale", "Lets entries be kept past their freshness, for calls that compute them anew.");

    /** How long after its storing a value is computed anew in the background. */
    public static final Setting<Duration> REFRESH_AFTER_WRITE = Setting.duration(
                    "refresh-after-write",
                    "The first call this long after a value was stored is answered with it, and has it computed anew in"
                            + " the background.")
            .unset("never")
            .in(EARLY);

    /** At which part of its lifetime a value is computed anew in the background. */
    public static final Setting<Double> REFRESH_AHEAD = Setting.fraction(
                    "refresh-ahead",
                    "The first call after this fraction of an entry's lifetime is answered with its value, and has it"
                            + " computed anew in the background.")
            .unset("never")
            .in(EARLY)
            .needing("a lifetime");

    /** How eagerly values are computed anew before they expire, by chance. */
    public static final Setting<Double> EARLY_RECOMPUTATION = Setting.decimal(
                    "early-recomputation",
                    1_000,
                    "Has values computed anew in the background before they expire, by chance: the likelier, the longer"
                            + " that takes and the sooner they do; 1 suits most, more is more eager.")
            .unset("never")
            .in(EARLY)
            .needing("a lifetime");

    /** How often values are computed anew that nobody asks for. */
    public static final Setting<Duration> REFRESH_UNREAD = Setting.duration(
                    "refresh-unread",
                    "Looks this often for values that are due to be computed anew and that nobody has asked for, and"
                            + " has them computed in the background.")
            .unset("waits for a call")
            .needing(
                    "a setting that computes anew before the end, such as refresh-after-write",
                    spec -> spec.get(Settings.REFRESH_AFTER_WRITE) != null
                            || spec.get(Settings.REFRESH_AHEAD) != null
                            || spec.get(Settings.EARLY_RECOMPUTATION) != null);

    /** How long a value outlives its lifetime, for when it cannot be computed. */
    public static final Setting<Duration> FAIL_SAFE = Setting.duration(
                    "fail-safe",
                    "Keeps a value this long after it has expired, and answers calls with it whose computation fails.")
            .unset("not at all");

    /** How long a value is not tried to be computed anew after that has failed. */
    public static final Setting<Duration> FAIL_SAFE_THROTTLE = Setting.duration(
                    "fail-safe-throttle",
                    "While a value is kept that could not be computed anew, that is tried no sooner than this long after"
                            + " the last failure; with failover only where it is given.")
            .otherwise(Duration.ofSeconds(10))
            .needing("a setting that keeps values, such as fail-safe", spec -> spec.on(Settings.KEEP_STALE));

    /** Always computes, and serves what is stored when that fails. */
    public static final Setting<Boolean> FAILOVER =
            Setting.flag("failover", "Computes at each call, and answers with what is stored only when that fails.");

    /** How long a computation must take for its value to be stored. */
    public static final Setting<Duration> STORE_IF_SLOWER_THAN = Setting.duration(
                    "store-if-slower-than", "Stores only values that took longer than this to compute.")
            .unset("stores all");

    /** How long a caller waits where there is another answer. */
    public static final Setting<Duration> SOFT_TIMEOUT = Setting.duration(
                    "soft-timeout",
                    "A caller waits this long for a value to be computed, and is then answered with the one that is kept;"
                            + " the computation goes on in the background.")
            .unset("as long as it takes")
            .needing("a setting that keeps values, such as fail-safe", spec -> spec.on(Settings.KEEP_STALE));

    /** How long a caller waits where there is none. */
    public static final Setting<Duration> HARD_TIMEOUT = Setting.duration(
                    "hard-timeout",
                    "A caller waits at most this long for a value to be computed, and then gets an error, or the value that"
                            + " is kept; the computation goes on in the background.")
            .unset("as long as it takes");

    /** How many values are computed at a time. */
    public static final Setting<Long> MAX_CONCURRENT_LOADS = Setting.count(
                    "max-concurrent-loads",
                    1,
                    Integer.MAX_VALUE,
                    "At most so many values are computed at a time; further calls wait, or are answered with a value that is"
                            + " kept.")
            .unset("no limit");

    /** How many values are computed in a period. */
    public static final Setting<Long> LOAD_RATE = Setting.count(
                    "load-rate",
                    1,
                    1_000_000,
                    "At most so many values begin to be computed within any load-rate-period; further calls fail, or are"
                            + " answered with a value that is kept.")
            .unset("no limit");

    /** The period of {@link #LOAD_RATE}. */
    public static final Setting<Duration> LOAD_RATE_PERIOD = Setting.duration(
                    "load-rate-period", "The period that load-rate counts in.")
            .otherwise(Duration.ofSeconds(1))
            .needing("load-rate", spec -> spec.get(Settings.LOAD_RATE) != null);

    /** How many failures in a row close the way to the source. */
    public static final Setting<Long> SOURCE_BREAKER_FAILURES = Setting.count(
                    "source-breaker-failures",
                    1,
                    1_000_000,
                    "A source that fails this often in a row is left alone for a while; calls fail at once, or are"
                            + " answered with a value that is kept.")
            .unset("never left alone");

    /** For how long a source is left alone. */
    public static final Setting<Duration> SOURCE_BREAKER_DELAY = Setting.duration(
                    "source-breaker-delay",
                    "A source that was left alone is probed, by one computation at a time, this long after its last"
                            + " failure.")
            .otherwise(Duration.ofSeconds(10))
            .needing("source-breaker-failures", spec -> spec.get(Settings.SOURCE_BREAKER_FAILURES) != null);

    /** How often a computation is tried. */
    public static final Setting<Long> LOAD_ATTEMPTS = Setting.count(
                    "load-attempts",
                    1,
                    1_000,
                    "A computation that fails with an exception is tried this often in all: the function must bear"
                            + " that.")
            .otherwise(1L);

    /** The pause before the second attempt at a computation. */
    public static final Setting<Duration> LOAD_RETRY_DELAY = Setting.duration(
                    "load-retry-delay",
                    "The longest pause before the second attempt at a computation, doubled for each further one; each"
                            + " pause is drawn from zero to its longest.")
            .otherwise(Duration.ofMillis(100))
            .needing("load-attempts", spec -> spec.get(Settings.LOAD_ATTEMPTS, 1L) > 1);

    /** How long a caller waits for another thread's load. */
    public static final Setting<Duration> LOAD_TIMEOUT = Setting.duration(
                    "load-timeout", "A caller waits at most this long for another thread's load of the same key.")
            .unset("as long as it takes");

    /** What becomes of an asynchronous load that nobody waits for any more. */
    public static final Setting<Boolean> CANCEL_ABANDONED = Setting.flag(
                    "cancel-abandoned",
                    "Cancels an asynchronous load, and stores nothing, when all who asked for it have cancelled.")
            .otherwise(true);

    /** Entries outlive the process. */
    public static final Setting<Boolean> PERSISTENT = Setting.flag(
                    "persistent", "Takes only an engine whose entries outlive the process; false prefers the heap.")
            .unset("either");

    /** Processes of one machine share the entries. */
    public static final Setting<Boolean> SHARED =
            Setting.flag("shared", "Takes only an engine whose entries several processes share.");

    /** Machines share the entries. */
    public static final Setting<Boolean> DISTRIBUTED =
            Setting.flag("distributed", "Takes only an engine whose entries several machines share.");

    /** How large a value is expected to be. */
    public static final Setting<Long> EXPECTED_VALUE_SIZE = Setting.bytes(
                    "expected-value-size",
                    1,
                    "How many bytes a value is expected to take: a hint for the choice of the engine.")
            .unset("not known");

    /** How many entries are expected. */
    public static final Setting<Long> EXPECTED_ENTRIES = Setting.count(
                    "expected-entries",
                    1,
                    Long.MAX_VALUE,
                    "How many entries are expected: a hint for the choice of the engine.")
            .unset("not known");

    /** How the cache is expected to be used. */
    public static final Setting<AccessPattern> ACCESS_PATTERN = Setting.choice(
                    "access-pattern",
                    AccessPattern.class,
                    "How the cache is expected to be used: a hint for the choice of the engine.")
            .unset("not known");

    /** What the values are. */
    public static final Setting<ValueKind> VALUE_KIND = Setting.choice(
                    "value-kind",
                    ValueKind.class,
                    "What the values are, where the function's return type does not tell: a hint for the choice of the"
                            + " engine.")
            .unset("what the return type tells");

    /** What to do where the engine cannot be had. */
    public static final Setting<OnUnavailable> ON_UNAVAILABLE = Setting.choice(
                    "on-unavailable",
                    OnUnavailable.class,
                    "What to do where the engine that was asked for is missing or cannot be opened.")
            .otherwise(OnUnavailable.FALL_BACK);

    /** What the engine must be able to do. */
    public static final Setting<Requirements> REQUIRES =
            Setting.traits("requires", "Takes only an engine that has these traits, and never another instead.");

    /** The size above which a value goes to the second engine of a split. */
    public static final Setting<Long> SPLIT = Setting.bytes(
                    "split", 1, "Keeps values of up to this many bytes on one engine and larger ones on another.")
            .unset("not split");

    /** The engine of a split's small values. */
    public static final Setting<String> SPLIT_SMALL = Setting.word(
                    "split-small",
                    "an engine's name",
                    name -> !name.isBlank(),
                    "The engine of the small values of a split.")
            .unset("the cache's engine")
            .needing("split", spec -> spec.get(Settings.SPLIT) != null);

    /** The engine of a split's large values. */
    public static final Setting<String> SPLIT_LARGE = Setting.word(
                    "split-large",
                    "an engine's name",
                    name -> !name.isBlank(),
                    "The engine of the large values of a split.")
            .unset("auto")
            .needing("split", spec -> spec.get(Settings.SPLIT) != null);

    /** How long one attempt at an operation of the engine may take. */
    public static final Setting<Duration> OPERATION_TIMEOUT = Setting.duration(
                    "operation-timeout",
                    "One attempt at an operation of the engine may keep its caller for this long; what it does after"
                            + " that is undone.")
            .unset("as long as it takes");

    /** What a change does that the engine has not taken. */
    public static final Setting<OnFailure> ON_FAILURE = Setting.choice(
                    "on-failure",
                    OnFailure.class,
                    "Decides what an invalidation or another change does that a failing engine has not taken.")
            .unset("THROW, or SERVE with a fallback");

    /** How often an operation is tried. */
    public static final Setting<Long> RETRY_ATTEMPTS = Setting.count(
                    "retry-attempts",
                    1,
                    1_000,
                    "An operation of which the engine says that trying again may help is tried this often in all.")
            .otherwise(3L);

    /** The pause before the second attempt. */
    public static final Setting<Duration> RETRY_DELAY = Setting.duration(
                    "retry-delay",
                    "The longest pause before the second attempt, doubled for each further one; each pause is drawn"
                            + " from zero to its longest.")
            .otherwise(Duration.ofMillis(10));

    /** How long an operation may be tried. */
    public static final Setting<Duration> RETRY_TIME = Setting.duration(
                    "retry-time", "No attempt begins later than this after the first.")
            .otherwise(Duration.ofMillis(500));

    /** How many failures in a row open the breaker. */
    public static final Setting<Long> BREAKER_FAILURES = Setting.count(
                    "breaker-failures",
                    1,
                    1_000_000,
                    "An engine that fails this often in a row is left alone for a while.")
            .otherwise(5L);

    /** For how long an engine is left alone. */
    public static final Setting<Duration> BREAKER_DELAY = Setting.duration(
                    "breaker-delay",
                    "An engine that was left alone is probed, by one operation at a time, this long after its last"
                            + " failure.")
            .otherwise(Duration.ofSeconds(10));

    /** The engine that takes over. */
    public static final Setting<String> FALLBACK = Setting.word(
                    "fallback",
                    "the name of an engine",
                    name -> !name.isBlank(),
                    "This engine takes over, empty, while the cache's own is left alone.")
            .unset("none");

    /** The format of stored values. */
    public static final Setting<String> CODEC = Setting.word(
                    "codec",
                    "canonical, or the name of a codec that is present, such as fory or jackson",
                    name -> !name.isBlank(),
                    "Chooses the format in which values are stored.")
            .otherwise("canonical");

    /** The type of the values, where a class does not say enough. */
    public static final Setting<Type> VALUE_TYPE =
            Setting.object("value-type", Type.class, "What the values are, with their type arguments.");

    /** The classes that a codec may write and read beside those that it knows by itself. */
    public static final Setting<Classes> ALLOW = Setting.object(
            "allow",
            Classes.class,
            "Lets the codec write and read these classes, beside those that it knows by itself.");

    /** How stored values are compressed. */
    public static final Setting<String> COMPRESS = Setting.word(
                    "compress",
                    "none, auto, or the name of a compressor that is present, such as zstd, lz4 or gzip",
                    name -> !name.isBlank(),
                    "Compresses stored values; auto measures on the first megabyte of each whether that is worth it."
                            + " What is stored already is read whatever this says.")
            .otherwise("none");

    /** The size from which values are compressed. */
    public static final Setting<Long> COMPRESS_ABOVE = Setting.bytes(
                    "compress-above", 0, "Compresses values of more than this many bytes.")
            .otherwise(4096L)
            .needing("compress", spec -> !spec.get(Settings.COMPRESS, "none").equals("none"));

    /** How hard values are compressed. */
    public static final Setting<Long> COMPRESS_LEVEL = Setting.count(
                    "compress-level",
                    1,
                    22,
                    "Compresses to less in more time, the higher it is: 1 to 22 for zstd, 1 to 9 for gzip; lz4 has no levels.")
            .unset("the compressor's own")
            .needing("compress", spec -> !spec.get(Settings.COMPRESS, "none").equals("none"));

    /** The size up to which values are compressed. */
    public static final Setting<Long> DECOMPRESS_LIMIT = Setting.bytes(
                    "decompress-limit",
                    1,
                    "Leaves larger values uncompressed, and refuses to decompress to more: such a value is a miss.")
            .otherwise(256L << 20);

    /** The key of the tags that prove who wrote a value. */
    public static final Setting<Secret> HMAC_KEY = Setting.secret(
                    "hmac-key", "Signs stored values with HMAC-SHA-256; a value without a valid tag is a miss.")
            .unset("not signed");

    /** What stands for the code of a function. */
    public static final Setting<String> VERSION = Setting.word(
                    "version",
                    "a text that is not blank",
                    text -> !text.isBlank(),
                    "Stands for the function's code where results outlive the process: those of other versions are not"
                            + " found.")
            .unset("a digest of the function's byte code")
            .in(CODE);

    /** Classes whose code counts beside the function's own. */
    public static final Setting<Classes> DEPENDS_ON = Setting.object(
                    "depends-on",
                    Classes.class,
                    "Where results outlive the process, those from before one of these classes was changed are not"
                            + " found.")
            .in(CODE);

    /** All but {@link #ENGINE}, in the order in which they are documented. */
    public static final List<Setting<?>> ALL = List.of(
            MAXIMUM_SIZE,
            MAXIMUM_BYTES,
            MAXIMUM_WEIGHT,
            POLICY,
            EXPIRE_AFTER_WRITE,
            EXPIRE_AFTER_ACCESS,
            EXPIRE_AFTER_READS,
            EXPIRY_JITTER,
            PER_ENTRY_EXPIRY,
            TAGS,
            MODE,
            STATISTICS,
            COPY_ON_READ,
            KEEP_STALE,
            REFRESH_AFTER_WRITE,
            REFRESH_AHEAD,
            EARLY_RECOMPUTATION,
            REFRESH_UNREAD,
            FAIL_SAFE,
            FAIL_SAFE_THROTTLE,
            FAILOVER,
            STORE_IF_SLOWER_THAN,
            SOFT_TIMEOUT,
            HARD_TIMEOUT,
            MAX_CONCURRENT_LOADS,
            LOAD_RATE,
            LOAD_RATE_PERIOD,
            SOURCE_BREAKER_FAILURES,
            SOURCE_BREAKER_DELAY,
            LOAD_ATTEMPTS,
            LOAD_RETRY_DELAY,
            LOAD_TIMEOUT,
            CANCEL_ABANDONED,
            PERSISTENT,
            SHARED,
            DISTRIBUTED,
            EXPECTED_VALUE_SIZE,
            EXPECTED_ENTRIES,
            ACCESS_PATTERN,
            VALUE_KIND,
            ON_UNAVAILABLE,
            REQUIRES,
            SPLIT,
            SPLIT_SMALL,
            SPLIT_LARGE,
            OPERATION_TIMEOUT,
            ON_FAILURE,
            RETRY_ATTEMPTS,
            RETRY_DELAY,
            RETRY_TIME,
            BREAKER_FAILURES,
            BREAKER_DELAY,
            FALLBACK,
            CODEC,
            VALUE_TYPE,
            ALLOW,
            COMPRESS,
            COMPRESS_ABOVE,
            COMPRESS_LEVEL,
            DECOMPRESS_LIMIT,
            HMAC_KEY,
            VERSION,
            DEPENDS_ON);

    private Settings() {}

    /**
     * Writes a value for a message, as {@link Setting#shown} does, where only the key is at hand.
     *
     * @param key the key; of one that is not among {@link #ALL}, sizes cannot be told from other numbers
     * @param value the value
     * @return the words
     */
    public static String shown(String key, Object value) {
        return ALL.stream()
                .filter(setting -> setting.key().equals(key) && setting.type().isInstance(value))
                .findFirst()
                .map(setting -> setting.shown(value))
                .orElseGet(() -> Durations.shown(value));
    }
}
