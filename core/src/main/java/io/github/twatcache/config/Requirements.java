package io.github.twatcache.config;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an engine must be able to do, beyond what settings say.
 *
 * @param traits the names of the traits, as {@code Trait} has them
 */
public record Requirements(Set<String> traits) {
    /** Copies and sorts the names. */
    public Requirements {
        traits = Collections.unmodifiableSet(new TreeSet<>(traits));
    }

    @Override
    public String toString() {
        return String.join(", ", traits);
    }
}
