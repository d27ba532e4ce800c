package io.github.twatcache.config;

import io.github.twatcache.text.CacheNames;
import io.github.twatcache.text.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a key of a configuration means: the setting is its last segment, a cache's name everything before. */
sealed interface ConfigurationKey {
    /** What every key begins with. */
    String PREFIX = "twat.cache.";

    /** What environment variables begin with. */
    String VARIABLE_PREFIX = "TWAT_CACHE_";

    /** The switch for the whole program. */
    String ENABLED = PREFIX + "enabled";

    /** The system property that names a file. */
    String CONFIG = PREFIX + "config";

    /** What follows the prefix. */
    List<String> HEADS = List.of("defaults", "caches", "override", "enabled");

    /** Caching on or off, for the whole program. */
    record Enabled() implements ConfigurationKey {}

    /** A setting for some caches. */
    record ForCaches(Target target, String setting) implements ConfigurationKey {}

    /** A key that means nothing, with what to do. */
    record Unknown(String problem) implements ConfigurationKey {}

    /** Reads a key such as {@code twat.cache.caches.users.maximum-size}. */
    static ConfigurationKey of(String key, Collection<String> settings) {
        if (key.equals(ENABLED)) {
            return new Enabled();
        }
        if (!key.startsWith(PREFIX)) {
            return new Unknown("unknown key; keys begin with " + PREFIX + nearestHead(key));
        }
        String rest = key.substring(PREFIX.length());
        int dot = rest.indexOf('.');
        String head = dot < 0 ? rest : rest.substring(0, dot);
        String tail = dot < 0 ? "" : rest.substring(dot + 1);
        return switch (head) {
            case "defaults" -> forAll(false, tail, settings);
            case "caches" -> named(false, tail);
            case "override" -> override(tail, settings);
            default -> new Unknown(strayed(rest, head, tail, settings));
        };
    }

    private static ConfigurationKey override(String tail, Collection<String> settings) {
        if (tail.startsWith("caches.")) {
            return named(true, tail.substring("caches.".length()));
        }
        if (tail.startsWith("defaults.")) {
            return forAll(true, tail.substring("defaults.".length()), settings);
        }
        return forAll(true, tail, settings);
    }

    private static ConfigurationKey forAll(boolean override, String tail, Collection<String> settings) {
        int dot = tail.lastIndexOf('.');
        if (dot >= 0) {
            String setting = settings.contains(tail.substring(dot + 1)) ? tail : "<name>.<setting>";
            return new Unknown("unknown key: a setting for all caches has no dot; did you mean " + PREFIX
                    + (override ? "override." : "") + "caches." + setting + "?");
        }
        return tail.isEmpty()
                ? new Unknown("no setting is named; such a key ends in one, as in " + PREFIX
                        + (override ? "override" : "defaults") + ".maximum-size")
                : new ForCaches(new Target(override, null), tail);
    }

    private static ConfigurationKey named(boolean override, String tail) {
        int dot = tail.lastIndexOf('.');
        if (dot <= 0 || dot == tail.length() - 1) {
            return new Unknown("the name of a cache and a setting must follow, as in " + PREFIX
                    + (override ? "override." : "") + "caches.users.maximum-size");
        }
        return new ForCaches(
                new Target(override, new NamePattern(CacheNames.composed(tail.substring(0, dot)))),
                tail.substring(dot + 1));
    }

    private static String strayed(String rest, String head, String tail, Collection<String> settings) {
        if (tail.isEmpty() && settings.contains(head)) {
            return "unknown key; did you mean " + PREFIX + "defaults." + rest + "?";
        }
        Optional<String> near = Nearest.of(head, HEADS);
        return near.isPresent()
                ? "unknown key; did you mean " + PREFIX + near.get() + (tail.isEmpty() ? "" : "." + tail) + "?"
                : "unknown key; after " + PREFIX + " follows one of " + String.join(", ", HEADS);
    }

    private static String nearestHead(String key) {
        for (String head : HEADS) {
            int at = key.indexOf(head + ".");
            if (at >= 0 && at <= "twat-cache.".length()) {
                return "; did you mean " + PREFIX + key.substring(at) + "?";
            }
        }
        return "";
    }

    /** What follows the name of a cache, which may hold anything, or the whole. */
    private static String nearestSetting(String typed, boolean afterAName, Collection<String> settings) {
        for (int at = afterAName ? typed.indexOf('_') + 1 : 0; at >= 0 && at < typed.length(); ) {
            Optional<String> near = Nearest.of(typed.substring(at).replace('_', '-'), settings);
            if (near.isPresent()) {
                return "; did you mean the setting " + near.get() + "?";
            }
            int next = typed.indexOf('_', at);
            at = afterAName && next >= 0 ? next + 1 : typed.length();
        }
        return "";
    }

    /** The nearest variable that there could be: a word that stands alone, or what others follow. */
    private static String nearestVariable(String rest) {
        String override = rest.startsWith("override_") ? "override_" : "";
        String place = rest.substring(override.length());
        int end = place.indexOf('_');
        List<String> words = end < 0
                ? override.isEmpty() ? List.of("enabled", "config", "dir") : List.of()
                : override.isEmpty() ? List.of("defaults", "caches", "override") : List.of("defaults", "caches");
        String word = end < 0 ? place : place.substring(0, end);
        return Nearest.of(word, words)
                .filter(near -> !near.equals(word))
                .map(near -> "; did you mean " + VARIABLE_PREFIX
                        + (override + near + place.substring(word.length())).toUpperCase(Locale.ROOT) + "?")
                .orElse("");
    }

    /**
     * Reads the name of an environment variable such as {@code TWAT_CACHE_CACHES_USERS_MAXIMUM_SIZE}. Where it splits two
     * ways, the longest known setting wins.
     */
    static ConfigurationKey ofVariable(String variable, Collection<String> settings) {
        String rest = variable.substring(VARIABLE_PREFIX.length()).toLowerCase(Locale.ROOT);
        if (rest.equals("enabled")) {
            return new Enabled();
        }
        boolean override = rest.startsWith("override_");
        String place = override ? rest.substring("override_".length()) : rest;
        String names = place.startsWith("caches_") ? place.substring("caches_".length()) : "";
        String plain = place.startsWith("defaults_") ? place.substring("defaults_".length()) : override ? place : "";
        String longest = "";
        for (String setting : settings) {
            String end = setting.replace('-', '_');
            boolean fits = end.equals(plain) || (names.endsWith("_" + end) && names.length() > end.length() + 1);
            if (fits && setting.length() > longest.length()) {
                longest = setting;
            }
        }
        if (longest.isEmpty()) {
            String meant = nearestSetting(names.isEmpty() ? plain : names, !names.isEmpty(), settings);
            return new Unknown("unknown variable" + (meant.isEmpty() ? nearestVariable(rest) : meant));
        }
        return new ForCaches(
                new Target(
                        override,
                        longest.replace('-', '_').equals(plain)
                                ? null
                                : new NamePattern(names.substring(0, names.length() - longest.length() - 1))),
                longest);
    }
}
