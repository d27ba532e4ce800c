package io.github.twatcache.path;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What this process has open of a directory.
 *
 * @param ledger the count
 * @param key which file the ledger is: another may be in its place by now
 * @param process the folder of this process
 */
record Open(Ledger ledger, Object key, ProcessFolder process) {
    /** Which file that is; its path where the file system has no numbers; equal to nothing when there is none. */
    static Object key(Path file) throws IOException {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
            return key == null ? file : key;
        } catch (NoSuchFileException e) {
            return new Object();
        }
    }
}
