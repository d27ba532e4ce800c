package io.github.twatcache.cli;

import java.util.List;

/**
 * An engine of ours, present or not.
 *
 * @param name the word that chooses it
 * @param artifact what to depend on to have it
 */
record KnownEngine(String name, String artifact) {
    /** Those that are not part of core. */
    static final List<KnownEngine> ALL =
            List.of(new KnownEngine("caffeine", "io.github.twatcache:twat-cache-caffeine"));

    /** What to do where it is missing. */
    String mend() {
        return "add " + artifact;
    }
}
