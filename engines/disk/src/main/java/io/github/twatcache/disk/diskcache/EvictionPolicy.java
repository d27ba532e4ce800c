package io.github.twatcache.disk.diskcache;

import io.github.twatcache.config.Policy;
import io.github.twatcache.error.EngineUnavailableException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who leaves a full directory, by Python's names: {@code EVICTION_POLICY} of its core.py. */
enum EvictionPolicy {
    NONE("none", null),
    LEAST_RECENTLY_STORED("least-recently-stored", "store_time"),
    LEAST_RECENTLY_USED("least-recently-used", "access_time"),
    LEAST_FREQUENTLY_USED("least-frequently-used", "access_count");

    private final String word;
    private final @Nullable String column;

    EvictionPolicy(String word, @Nullable String column) {
        this.word = word;
        this.column = column;
    }

    /** The word in the table of settings. */
    String word() {
        return word;
    }

    /** The column whose least leaves first; null where nobody leaves. */
    @Nullable String column() {
        return column;
    }

    /** Whether reads write what they have used. */
    boolean notesUses() {
        return this == LEAST_RECENTLY_USED || this == LEAST_FREQUENTLY_USED;
    }

    static EvictionPolicy named(String word, Object where) {
        return Arrays.stream(values())
                .filter(policy -> policy.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new EngineUnavailableException("eviction_policy of " + where + " is '" + word
                        + "', which only the Python program that added it to EVICTION_POLICY knows; open the directory in"
                        + " Python with one of "
                        + Arrays.stream(values()).map(EvictionPolicy::word).collect(Collectors.joining(", "))));
    }

    /** The policy that core names; null for those that Python has not. */
    static @Nullable EvictionPolicy of(Policy policy) {
        return switch (policy) {
            case NONE -> NONE;
            case FIFO -> LEAST_RECENTLY_STORED;
            case LRU -> LEAST_RECENTLY_USED;
            case LFU -> LEAST_FREQUENTLY_USED;
            case MRU, RR -> null;
        };
    }
}
