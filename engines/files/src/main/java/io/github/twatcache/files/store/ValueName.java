package io.github.twatcache.files.store;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** The names of value files: each is given once, so that a file which a name leads to is whole, or gone. */
final class ValueName {
    private static final String START = "value-";
    private static final Set<String> ENDINGS = Set.of("bin", "txt", "npy", "npz");
    private static final int LONGEST_COMPRESSOR = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;

    private ValueName() {}

    /** A new name with an ending, such as {@code "npy"}. */
    static String made(String ending) {
        byte[] nonce = new byte[BYTES];
        RANDOM.nextBytes(nonce);
        return START + HexFormat.of().formatHex(nonce) + "." + ending;
    }

    /** Whether a name is such, and so cannot lead out of its folder. */
    static boolean known(String name) {
        int dot = START.length() + 2 * BYTES;
        if (!name.startsWith(START) || name.length() <= dot || name.charAt(dot) != '.') {
            return false;
        }
        for (int i = START.length(); i < dot; i++) {
            char c = name.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        int second = name.indexOf('.', dot + 1);
        return ENDINGS.contains(second < 0 ? name.substring(dot + 1) : name.substring(dot + 1, second))
                && (second < 0 || compressor(name, second + 1));
    }

    private static boolean compressor(String name, int from) {
        int length = name.length() - from;
        boolean known = length > 0 && length <= LONGEST_COMPRESSOR;
        for (int i = from; known && i < name.length(); i++) {
            char c = name.charAt(i);
            known = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        }
        return known;
    }
}
