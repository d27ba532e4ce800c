package io.github.twatcache.disk.diskcache;

/** Half characters, which Java's strings may hold and UTF-8 cannot. */
final class Surrogates {
    private Surrogates() {}

    /** Whether a text has none. */
    static boolean paired(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}
