package io.github.twatcache.files;

/** Whether the processes that share a directory of the engine {@code files} agree on who computes what they miss. */
public enum Leasing {
    /** Where the directory does not lie on a network's file system, whose locks other hosts may not see. */
    AUTO,
    /** Always: the locks of the file system hold for all who use the directory. */
    ON,
    /** Never: each computes what it misses, and the first result stays that is not older than a change. */
    OFF
}
