package io.github.twatcache.disk.diskcache;

/** How a value stands in a row: the numbers of Python's core.py. */
final class Mode {
    static final int NONE = 0;
    static final int RAW = 1;
    static final int BINARY = 2;
    static final int TEXT = 3;
    static final int PICKLE = 4;

    private Mode() {}

    static String words(int mode) {
        return switch (mode) {
            case NONE -> "mode 0 (MODE_NONE)";
            case RAW -> "mode 1 (MODE_RAW)";
            case BINARY -> "mode 2 (MODE_BINARY)";
            case TEXT -> "mode 3 (MODE_TEXT)";
            case PICKLE -> "mode 4 (MODE_PICKLE)";
            default -> "mode " + mode;
        };
    }
}
