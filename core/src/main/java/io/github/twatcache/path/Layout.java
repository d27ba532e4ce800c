package io.github.twatcache.path;

/** What the files of a cache's folder are, which decides who may delete them. */
public enum Layout {
    /** Files that only the engine understands, such as a database: nobody else deletes one of them. */
    OPAQUE,
    /** Each file is an entry of its own. To make room another process may delete any, those written longest ago first. */
    FILE_PER_ENTRY,
    /**
     * Each folder with an {@code entry.json} in it is an entry, which that file makes one. To make room another process may
     * delete any, those written longest ago first: of each {@code entry.json} and then all else, and before it a file called
     * {@code changes} that lies two folders above, so that who has the cache open looks anew at what there is.
     */
    FOLDER_PER_ENTRY
}
