package io.github.twatcache.config;

import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What an engine must be able to do, beyond what settings say.
 *
 * @param traits the names of the traits, as {@code Trait} has them
 */
public record Requirements(Set<String> traits) {
    /**
     * Copies and sorts the names.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Requirements {
        if (traits.isEmpty()) {
            throw new IllegalArgumentException("requirements without a trait require nothing; leave them out");
        }
        traits = Collections.unmodifiableSet(new TreeSet<>(traits));
    }

    /** Reads names with commas between them, in any case, with {@code -} or {@code _}. */
    static Requirements parse(String text) {
        Set<String> names = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            String name = part.strip().toUpperCase(Locale.ROOT).replace('-', '_');
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a name is missing");
            }
            names.add(name);
        }
        return new Requirements(names);
    }

    /** As a configuration says it. */
    String written() {
        return traits.stream().map(Syntax::word).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return String.join(", ", traits);
    }
}
