package io.github.twatcache.path;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a process is told of where it runs. Immutable; a test hands in another platform's.
 *
 * @param osName the operating system's name, as {@code os.name} has it
 * @param userHome the user's home as {@code user.home} has it; blank or {@code "?"} when unknown
 * @param environment the environment variables
 */
public record Surroundings(String osName, String userHome, Map<String, String> environment) {
    /** Copies the variables. */
    public Surroundings {
        Objects.requireNonNull(osName, "osName");
        Objects.requireNonNull(userHome, "userHome");
        environment = Map.copyOf(environment);
    }

    /**
     * Those of this process, as they are now.
     *
     * @return the surroundings
     */
    public static Surroundings system() {
        return new Surroundings(
                System.getProperty("os.name", ""), System.getProperty("user.home", ""), System.getenv());
    }

    /**
     * The same where {@code TWAT_CACHE_DIR} says something else.
     *
     * @param directory what it says, or empty for unset
     * @return the new surroundings
     */
    public Surroundings directory(Optional<String> directory) {
        Map<String, String> other = new HashMap<>(environment);
        other.remove(Location.VARIABLE);
        directory.ifPresent(value -> other.put(Location.VARIABLE, value));
        return new Surroundings(osName, userHome, other);
    }

    /**
     * A variable that is set to something.
     *
     * @param name its name
     * @return its value, or empty when it is unset or blank
     */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    boolean windows() {
        return osName.toLowerCase(Locale.ROOT).startsWith("windows");
    }

    boolean mac() {
        String name = osName.toLowerCase(Locale.ROOT);
        return name.startsWith("mac") || name.startsWith("darwin");
    }

    /** What {@code ~} stands for: the shell's word first, since {@code user.home} is unknown to users without an account. */
    Optional<String> home() {
        Optional<String> known = Optional.of(userHome).filter(home -> !home.isBlank() && !home.equals("?"));
        return windows()
                ? variable("USERPROFILE").or(() -> known)
                : variable("HOME").or(() -> known);
    }

    /** Without the variables, some of which may be secret. */
    @Override
    public String toString() {
        return "Surroundings[" + osName + ", " + userHome + "]";
    }
}
