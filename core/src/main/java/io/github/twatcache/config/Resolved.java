package io.github.twatcache.config;

import java.util.List;

/**
 * The settings of one cache after all sources have had their say.
 *
 * @param spec the settings, each with its source
 * @param notes what gave way to what, a sentence each
 */
public record Resolved(CacheSpec spec, List<String> notes) {
    /** Copies the list. */
    public Resolved {
        notes = List.copyOf(notes);
    }
}
