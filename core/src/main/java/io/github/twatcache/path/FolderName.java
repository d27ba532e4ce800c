package io.github.twatcache.path;

import io.github.twatcache.error.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The folder of a cache's name. A plain name is its own folder; any other keeps what can be kept of it, in lower case, and
 * 80 bits of its SHA-256 after a {@code ~}, which no plain name holds. So names that differ have folders that differ, on
 * file systems that are blind to case or to Unicode's forms too.
 */
final class FolderName {
    /** The longest name, in UTF-16 units: a fully qualified method is shorter. */
    static final int LONGEST = 255;

    private static final int LONGEST_PLAIN = 64;
    private static final int KEPT = 40;
    private static final int DIGEST_BYTES = 10;
    private static final Pattern PLAIN = Pattern.compile("[a-z0-9][a-z0-9_-]*");
    private static final Pattern FOLDER = Pattern.compile("[a-z0-9][a-z0-9_-]*(~[0-9a-f]{20})?");
    private static final Pattern UNKEPT = Pattern.compile("[^a-z0-9_-]+");

    /** Devices of Windows, whatever follows a dot. */
    private static final Set<String> RESERVED = Set.of(
            "con", "prn", "aux", "nul", "conin$", "conout$", "com0", "com1", "com2", "com3", "com4", "com5", "com6",
            "com7", "com8", "com9", "com¹", "com²", "com³", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6",
            "lpt7", "lpt8", "lpt9", "lpt¹", "lpt²", "lpt³");

    private FolderName() {}

    /** The name in Unicode's composed form (NFC), if a directory can have it. */
    static String checked(String name) {
        Objects.requireNonNull(name, "a cache's name must not be null");
        String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
        if (composed.isBlank()) {
            throw refused(name, "is blank");
        }
        if (composed.length() > LONGEST) {
            throw refused(
                    composed.substring(0, KEPT) + "…",
                    "has " + composed.length() + " characters, and at most " + LONGEST + " are allowed");
        }
        if (composed.equals(".")
                || composed.equals("..")
                || composed.indexOf('/') >= 0
                || composed.indexOf('\\') >= 0) {
            throw refused(name, "would lead out of the directory: '.', '..', '/' and '\\' are not allowed");
        }
        if (composed.codePoints().anyMatch(FolderName::unprintable)) {
            throw refused(
                    composed.codePoints()
                            .map(point -> unprintable(point) ? '?' : point)
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                            .toString(),
                    "holds control characters or half of a surrogate pair");
        }
        String stem = composed.toLowerCase(Locale.ROOT).split("\\.", 2)[0].strip();
        if (RESERVED.contains(stem)) {
            throw refused(name, "is the name of a device on Windows");
        }
        return composed;
    }

    /** The folder of a name. */
    static String of(String name) {
        String checked = checked(name);
        if (checked.length() <= LONGEST_PLAIN && PLAIN.matcher(checked).matches()) {
            return checked;
        }
        String kept = UNKEPT.matcher(checked.toLowerCase(Locale.ROOT)).replaceAll("-");
        String start = kept.substring(0, Math.min(kept.length(), KEPT));
        return (start.startsWith("-") || start.startsWith("_") ? "x" + start : start) + "~" + digest(checked);
    }

    /** Whether a folder of that name may be one of a cache's. */
    static boolean possible(String folder) {
        return folder.length() <= LONGEST_PLAIN && FOLDER.matcher(folder).matches();
    }

    private static String digest(String name) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static boolean unprintable(int point) {
        return Character.isISOControl(point) || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    private static ConfigurationException refused(String name, String why) {
        return new ConfigurationException(
                "a cache named '" + name + "' cannot have a directory: its name " + why + "; choose another name");
    }
}
