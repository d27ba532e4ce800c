package io.github.twatcache.path;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.ConfigurationFault;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the cache directory is: what code says, else {@code TWAT_CACHE_DIR}, else the platform's place for caches.
 * Touches no file.
 *
 * @param path absolute and normalised
 * @param source who says so, in words
 */
record Location(Path path, String source) {
    static final String VARIABLE = "TWAT_CACHE_DIR";

    private static final String OWN = "twat-cache";
    private static final String CODE = "code";
    private static final String FROM_VARIABLE = "environment variable " + VARIABLE;
    private static final Pattern BRACED = Pattern.compile("\\$\\{([^}]*)}");

    /** What people write who are used to a shell: it would be a folder's name here. */
    private static final Pattern SHELL = Pattern.compile("(?:^|[/\\\\])\\$([A-Za-z_][A-Za-z0-9_]*)|\\$\\{[^}]*$");

    private static final String MEND =
            "; name a directory with TwatCache.builder().directory(path), or set " + VARIABLE + " to one";

    static Location of(@Nullable Path given, Surroundings here) {
        if (given != null) {
            return expanded(given.toString(), CODE, here);
        }
        return here.variable(VARIABLE)
                .map(value -> expanded(value, FROM_VARIABLE, here))
                .orElseGet(() -> platform(here));
    }

    /** What is wrong with the directories that somebody names, as far as that can be told without making anything. */
    static List<ConfigurationFault> faults(@Nullable Path given, Surroundings here) {
        List<ConfigurationFault> faults = new ArrayList<>();
        here.variable(VARIABLE)
                .flatMap(value -> fault(value, FROM_VARIABLE, VARIABLE, here))
                .ifPresent(faults::add);
        if (given != null) {
            fault(given.toString(), CODE, "directory", here).ifPresent(faults::add);
        }
        return faults;
    }

    private static Optional<ConfigurationFault> fault(String value, String source, String key, Surroundings here) {
        String problem;
        try {
            problem = expanded(value, source, here).obstacle();
        } catch (ConfigurationException refused) {
            String said = String.valueOf(refused.getMessage());
            String known = words(value, source);
            problem = said.startsWith(known) ? "it " + said.substring(known.length()) : said;
        }
        return Optional.ofNullable(problem).map(words -> new ConfigurationFault(source, key, value, words));
    }

    /** What is where the directory should be, or one of those above it; null where nothing is in the way. */
    private @Nullable String obstacle() {
        Path there = path;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there == null || Files.isDirectory(there)
                ? null
                : (there.equals(path) ? "it" : there.toString())
                        + " is no directory; name one, or a path where one can be made";
    }

    private static String words(String value, String source) {
        return "the cache directory '" + value + "' (from " + source + ") ";
    }

    private static Location platform(Surroundings here) {
        if (here.windows()) {
            String local = here.variable("LOCALAPPDATA")
                    .orElseGet(() -> below(home(here, "the platform's directory for caches"), "AppData", "Local"));
            return plain(below(local, OWN, "cache"), "LOCALAPPDATA", here);
        }
        if (here.mac()) {
            return plain(
                    below(home(here, "the platform's directory for caches"), "Library", "Caches", OWN),
                    "the user's Library/Caches",
                    here);
        }
        // The XDG specification: a relative path is invalid and to be ignored.
        return here.variable("XDG_CACHE_HOME")
                .filter(value -> value.startsWith("/"))
                .map(value -> plain(below(value, OWN), "XDG_CACHE_HOME", here))
                .orElseGet(() -> plain(
                        below(home(here, "the platform's directory for caches"), ".cache", OWN),
                        "the user's .cache",
                        here));
    }

    private static String below(String first, String... more) {
        return first + File.separator + String.join(File.separator, more);
    }

    private static Location expanded(String value, String source, Surroundings here) {
        return plain(tilde(variables(value, source, here), source, here), source, here);
    }

    private static String variables(String value, String source, Surroundings here) {
        Matcher shell = SHELL.matcher(value);
        // A path in code is one: a folder may be called $x. In a variable it is somebody's hope for a shell.
        if (shell.find() && (shell.group(1) == null || !source.equals(CODE))) {
            String name = shell.group(1);
            throw new ConfigurationException(words(value, source)
                    + (name == null
                            ? "has a ${ that nothing closes; write ${NAME}"
                            : "names $" + name + ", which would be a folder of that name; write ${" + name + "}"));
        }
        Matcher braced = BRACED.matcher(value);
        StringBuilder expanded = new StringBuilder();
        while (braced.find()) {
            String name = braced.group(1);
            String meant = here.variable(name)
                    .orElseThrow(() -> new ConfigurationException(words(value, source) + "names ${" + name
                            + "}, which is not set; set it, or write the path in full"));
            braced.appendReplacement(expanded, Matcher.quoteReplacement(meant));
        }
        return braced.appendTail(expanded).toString();
    }

    private static String tilde(String value, String source, Surroundings here) {
        if (!value.startsWith("~")) {
            return value;
        }
        String rest = value.substring(1);
        if (rest.isEmpty() || rest.startsWith("/") || rest.startsWith(File.separator) || rest.startsWith("\\")) {
            return home(here, "'~' in the cache directory '" + value + "' (from " + source + ")") + rest;
        }
        throw new ConfigurationException(words(value, source)
                + "names another user's home, which is not looked up; write the path in full, or './" + value
                + "' for a directory of that name");
    }

    private static String home(Surroundings here, String what) {
        return here.home()
                .orElseThrow(() -> new ConfigurationException(
                        what + " is below the user's home, and neither the environment nor user.home says where"
                                + " that is" + MEND));
    }

    private static Location plain(String value, String source, Surroundings here) {
        try {
            Path path = Path.of(value);
            // Another platform's absolute path, which only a test hands in, is relative here: it stays as it is.
            boolean foreign = here.windows() && File.separatorChar == '/';
            return new Location(foreign ? path : path.toAbsolutePath().normalize(), source);
        } catch (InvalidPathException e) {
            throw new ConfigurationException(words(value, source) + "is no path: " + e.getReason() + MEND, e);
        }
    }
}
