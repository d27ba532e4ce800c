package io.github.twatcache.spi;

import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import java.util.List;

/**
 * What an engine can do. A setting that needs a trait which the engine has not is refused, naming the engines that have.
 */
public enum Trait {
    /** Keeps values on the heap and hands them out by reference. */
    BY_REFERENCE("values by reference"),
    /** Keeps values as bytes, which a {@link ValueCodec} writes and reads. */
    BYTES(
            "values as bytes",
            Settings.CODEC,
            Settings.VALUE_TYPE,
            Settings.ALLOW,
            Settings.COMPRESS,
            Settings.COMPRESS_ABOVE,
            Settings.COMPRESS_LEVEL,
            Settings.DECOMPRESS_LIMIT,
            Settings.HMAC_KEY),
    /** Outlives the process. */
    PERSISTENT("outlives the process", Settings.PERSISTENT),
    /** One store serves several processes. */
    MULTI_PROCESS("shared by processes", Settings.SHARED),
    /** One store serves several machines. */
    DISTRIBUTED("shared by machines", Settings.DISTRIBUTED),
    /** May let go of the value just stored, because it judges it less useful than the others. */
    ADMISSION("admission policy"),
    /** Bounds the number of entries. */
    MAXIMUM_SIZE("bounded by entries", Settings.MAXIMUM_SIZE),
    /** Bounds the sum of weights, or of bytes. */
    MAXIMUM_WEIGHT("bounded by weight", Settings.MAXIMUM_WEIGHT, Settings.MAXIMUM_BYTES),
    /** The limit holds exactly after each write. */
    EXACT_LIMIT("limit exact after each write"),
    /** Lets the user choose who leaves. */
    POLICY("choice of policy", Settings.POLICY),
    /** One lifetime for all entries, from their storing. */
    EXPIRE_AFTER_WRITE("expires after write", Settings.EXPIRE_AFTER_WRITE),
    /** One lifetime for all entries, from their last use. */
    EXPIRE_AFTER_ACCESS("expires after access", Settings.EXPIRE_AFTER_ACCESS),
    /** So many reads for each entry. */
    EXPIRE_AFTER_READS("expires after reads", Settings.EXPIRE_AFTER_READS),
    /** A lifetime for each entry. */
    PER_ENTRY_EXPIRY("expiry per entry", Settings.PER_ENTRY_EXPIRY, Settings.EXPIRY_JITTER),
    /** Keeps entries past their freshness: the store is a {@link StaleStore}. */
    STALE(
            "stale values",
            Settings.KEEP_STALE,
            Settings.REFRESH_AFTER_WRITE,
            Settings.REFRESH_AHEAD,
            Settings.EARLY_RECOMPUTATION,
            Settings.REFRESH_UNREAD,
            Settings.FAIL_SAFE,
            Settings.FAILOVER),
    /** Finds entries by tag: the store is a {@link TagStore}. */
    TAGS("tags", Settings.TAGS),
    /** Reports removals with their cause. */
    REMOVALS("reports removals"),
    /** Counts in one atomic step: the store is a {@link CounterStore}. */
    COUNTERS("counters"),
    /** Lends locks: the store is a {@link CellStore}. */
    LOCKS("locks"),
    /** Keeps queues: the store is a {@link QueueStore}. */
    QUEUES("queues"),
    /** Changes several entries in one atomic step: the store is a {@link TransactionStore}. */
    TRANSACTIONS("transactions"),
    /** Takes and gives large values as streams: the store is a {@link StreamStore}. */
    STREAMS("streams"),
    /** Walks in order: the store is an {@link OrderedStore}. */
    ORDERED("walks in order"),
    /** Lets one process compute while the others wait: the store has {@link Leases}. */
    LEASES("one computation over processes"),
    /** Can be examined and mended in use: the store is a {@link MaintenanceStore}. */
    MAINTENANCE("maintenance");

    private final String words;
    private final List<Setting<?>> settings;

    Trait(String words, Setting<?>... settings) {
        this.words = words;
        this.settings = List.of(settings);
    }

    /**
     * The trait in words, as {@code ./twat-cache engines} prints it.
     *
     * @return a few lower-case words
     */
    public String words() {
        return words;
    }

    /**
     * The settings that only engines with this trait honour.
     *
     * @return the settings, possibly none
     */
    public List<Setting<?>> settings() {
        return settings;
    }
}
