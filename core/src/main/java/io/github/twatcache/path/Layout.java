package io.github.twatcache.path;

/** What the files of a cache's folder are, which decides who may delete them. */
public enum Layout {
    /** Files that only the engine understands, such as a database: nobody else deletes one of them. */
    OPAQUE,
    /** Each file is an entry of its own. To make room another process may delete any, those written longest ago first. */
    FILE_PER_ENTRY
}
