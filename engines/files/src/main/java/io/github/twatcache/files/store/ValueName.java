package io.github.twatcache.files.store;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The names of value files: each is given once, so that a file which a name leads to is whole, or gone. */
final class ValueName {
    private static final Pattern NAME = Pattern.compile("value-[0-9a-f]{32}\\.(bin|txt|npy|npz)(\\.[a-z0-9-]{1,32})?");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;

    private ValueName() {}

    /** A new name with an ending, such as {@code "npy"}. */
    static String made(String ending) {
        byte[] nonce = new byte[BYTES];
        RANDOM.nextBytes(nonce);
        return "value-" + HexFormat.of().formatHex(nonce) + "." + ending;
    }

    /** Whether a name is such, and so cannot lead out of its folder. */
    static boolean known(String name) {
        return NAME.matcher(name).matches();
    }
}
