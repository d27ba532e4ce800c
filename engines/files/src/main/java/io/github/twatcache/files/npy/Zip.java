package io.github.twatcache.files.npy;

/** The numbers of the zip format that are needed for files of arrays. */
final class Zip {
    static final int LOCAL = 0x04034b50;
    static final int CENTRAL = 0x02014b50;
    static final int END = 0x06054b50;
    static final int END_64 = 0x06064b50;
    static final int LOCATOR_64 = 0x07064b50;

    static final int LOCAL_BYTES = 30;
    static final int CENTRAL_BYTES = 46;
    static final int END_BYTES = 22;
    static final int END_64_BYTES = 56;
    static final int LOCATOR_64_BYTES = 20;

    static final int STORED = 0;
    static final int DEFLATED = 8;

    static final int ENCRYPTED_FLAG = 1;
    static final int UTF_8_FLAG = 1 << 11;

    /** The extra field that holds the sizes and the offset that do not fit into four bytes. */
    static final int EXTRA_64 = 1;

    /** Stands where the number is in the extra field, or in the end record for zip64. */
    static final long ELSEWHERE = 0xFFFF_FFFFL;

    static final int COUNT_ELSEWHERE = 0xFFFF;

    /** What reads plain files, and what reads those with large numbers. */
    static final int VERSION = 20;

    static final int VERSION_64 = 45;

    /** 1 January 1980, as NumPy has it: the same arrays give the same bytes. */
    static final int DATE = 1 << 5 | 1;

    private Zip() {}
}
