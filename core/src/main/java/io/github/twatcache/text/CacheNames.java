package io.github.twatcache.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which names a cache can have, and which of them a directory of a cache. */
public final class CacheNames {
    /** The longest name, in UTF-16 units: a fully qualified method is shorter. */
    public static final int LONGEST = 255;

    /** How much of a longer one is shown. */
    private static final int SHOWN = 40;

    private static final String LEADS_OUT = "would lead out of the directory: '.', '..', '/' and '\\' are not allowed";

    private static final Pattern LEVELS = Pattern.compile("[/\\\\]");

    /** Devices of Windows, whatever follows a dot. */
    private static final Set<String> RESERVED = Set.of(
            "con", "prn", "aux", "nul", "conin$", "conout$", "com0", "com1", "com2", "com3", "com4", "com5", "com6",
            "com7", "com8", "com9", "com¹", "com²", "com³", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6",
            "lpt7", "lpt8", "lpt9", "lpt¹", "lpt²", "lpt³");

    private CacheNames() {}

    /**
     * A name in Unicode's composed form (NFC), in which names are compared.
     *
     * @param name the name
     * @return the same or an equivalent one
     */
    public static String composed(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    /**
     * What is wrong with a name whatever the engine. A cache on the heap may have names that no directory can have, but none
     * that would lead out of one.
     *
     * @param name the name
     * @return a sentence with what to do; empty where a cache can have it
     */
    public static Optional<String> refused(String name) {
        if (name.isBlank()) {
            return Optional.of(
                    "a cache's name must not be blank, but was '" + name + "'; name it, as in memory(\"users\")");
        }
        boolean out = name.equals(".") || LEVELS.splitAsStream(name).anyMatch(".."::equals);
        return out
                ? Optional.of("a cache cannot be named '" + name
                        + "': '..' in it would lead out of the directory of the" + " caches; choose another name")
                : Optional.empty();
    }

    /**
     * What is wrong with a name, where the cache is to have a directory.
     *
     * @param name the name
     * @return a sentence with what to do; empty where a directory can have it
     */
    public static Optional<String> fault(String name) {
        String composed = composed(name);
        if (composed.isBlank()) {
            return fault(name, "is blank");
        }
        if (composed.length() > LONGEST) {
            return fault(
                    printable(composed.substring(0, SHOWN)) + "…",
                    "has " + composed.length() + " characters, and at most " + LONGEST + " are allowed");
        }
        if (composed.equals(".") || composed.equals("..")) {
            return fault(name, LEADS_OUT);
        }
        Optional<String> character = faultOfCharacters(composed);
        if (character.isPresent()) {
            return character;
        }
        String stem = composed.toLowerCase(Locale.ROOT).split("\\.", 2)[0].strip();
        return RESERVED.contains(stem) ? fault(name, "is the name of a device on Windows") : Optional.empty();
    }

    private static Optional<String> faultOfCharacters(String part) {
        if (part.indexOf('/') >= 0 || part.indexOf('\\') >= 0) {
            return fault(part, LEADS_OUT);
        }
        return part.codePoints().anyMatch(CacheNames::unprintable)
                ? fault(printable(part), "holds control characters or half of a surrogate pair")
                : Optional.empty();
    }

    private static String printable(String name) {
        return name.codePoints()
                .map(point -> unprintable(point) ? '?' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean unprintable(int point) {
        return Character.isISOControl(point) || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    private static Optional<String> fault(String name, String why) {
        return Optional.of(
                "a cache named '" + name + "' cannot have a directory: its name " + why + "; choose another name");
    }
}
