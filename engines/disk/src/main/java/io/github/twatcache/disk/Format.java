package io.github.twatcache.disk;

/** In which format a cache on the engine {@code disk} keeps its entries. */
public enum Format {
    /** The engine's own: fast, coherent over processes, with exact limits. Python's diskcache does not open it. */
    NATIVE,
    /**
     * That of Python's diskcache 5: Python programs read and write the same entries at the same time. Keys are
     * {@link String}, {@link Long} or {@code byte[]}.
     */
    DISKCACHE
}
