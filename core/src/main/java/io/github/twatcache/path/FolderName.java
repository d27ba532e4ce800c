package io.github.twatcache.path;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.text.CacheNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The folder of a cache's name. A plain name is its own folder; any other keeps what can be kept of it, in lower case, and
 * 80 bits of its SHA-256 after a {@code ~}, which no plain name holds. So names that differ have folders that differ, on
 * file systems that are blind to case or to Unicode's forms too.
 */
final class FolderName {
    private static final int LONGEST_PLAIN = 64;
    private static final int KEPT = 40;
    private static final int DIGEST_BYTES = 10;
    private static final Pattern PLAIN = Pattern.compile("[a-z0-9][a-z0-9_-]*");
    private static final Pattern FOLDER = Pattern.compile("[a-z0-9][a-z0-9_-]*(~[0-9a-f]{20})?");
    private static final Pattern UNKEPT = Pattern.compile("[^a-z0-9_-]+");

    private FolderName() {}

    /** The name in Unicode's composed form (NFC), if a directory can have it. */
    static String checked(String name) {
        Objects.requireNonNull(name, "a cache's name must not be null");
        CacheNames.fault(name).ifPresent(fault -> {
            throw new ConfigurationException(fault);
        });
        return CacheNames.composed(name);
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
}
