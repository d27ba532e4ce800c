package io.github.twatcache.files;

/** When what was stored is made to survive a loss of power, on the engine {@code files}. */
public enum Sync {
    /**
     * When the operating system comes to it. What was lost or cut off is found by its checksum, and computed anew. A process
     * that is killed loses nothing.
     */
    NONE,
    /** Before the entry is found: its files and their folder are written to the disk with each write. */
    COMMIT
}
