package io.github.twatcache;

import io.github.twatcache.text.Nearest;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which names engines can have: words as they stand in configurations, and in names of artifacts. */
final class EngineNames {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");
    private static final Pattern OTHERS = Pattern.compile("[^a-z0-9-]+");

    /** What the builders understand otherwise. */
    private static final Set<String> TAKEN = Set.of(Engines.MEMORY, Engines.AUTO);

    private EngineNames() {}

    /** What is wrong with the name of an engine that somebody brings, and what to do; empty where nothing is. */
    static Optional<String> fault(String name) {
        if (TAKEN.contains(name)) {
            return Optional.of("an engine cannot be named '" + name + "', since that word lets engines be chosen among;"
                    + " name it otherwise");
        }
        return unfit(name)
                .map(wrong -> wrong + "; name it otherwise"
                        + like(name).map(near -> ", such as '" + near + "'").orElse(""));
    }

    /** What is wrong with a name by which somebody asks for an engine, and which was meant; empty where it may be one. */
    static Optional<String> fault(String name, Collection<String> known) {
        return unfit(name)
                .map(wrong -> wrong + "; "
                        + like(name)
                                .flatMap(near -> Nearest.of(near, known))
                                .map(near -> "did you mean '" + near + "'?")
                                .orElseGet(() -> "choose one of " + String.join(", ", known)));
    }

    private static Optional<String> unfit(String name) {
        return NAME.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("an engine's name is of lower-case letters, digits and dashes, and does not begin with a"
                        + " dash, but was '" + name + "' (from code)");
    }

    private static Optional<String> like(String name) {
        String near = OTHERS.matcher(name.toLowerCase(Locale.ROOT))
                .replaceAll(" ")
                .strip()
                .replace(' ', '-');
        return Optional.of(near).filter(some -> NAME.matcher(some).matches());
    }
}
